"""How a person is told of without a name."""

from django.utils.translation import gettext as _

from aanchal.people.terms import Sex

ADULT = 18
IN_SCHOOL = {"ENROLLED", "IRREGULAR", "BRIDGE_COURSE", "KGBV_HOSTEL", "ASHRAM_SCHOOL"}
OUT_OF_SCHOOL = {"DROPPED_OUT", "NEVER_ENROLLED"}


def kind_of(sex: str, age: int | None) -> str:
    is_child = age is not None and age < ADULT
    match sex:
        case Sex.FEMALE:
            return _("girl") if is_child else _("woman")
        case Sex.MALE:
            return _("boy") if is_child else _("man")
        case Sex.TRANSGENDER:
            return _("transgender child") if is_child else _("transgender person")
        case _:
            return _("child") if is_child else _("person")


def schooling(status: str) -> str:
    """At school, out of school, or nothing where it was not asked."""
    if status in IN_SCHOOL:
        return _("at school")
    return _("out of school") if status in OUT_OF_SCHOOL else ""
