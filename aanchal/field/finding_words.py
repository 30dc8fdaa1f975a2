"""A finding in words: what was seen, how it is usually here, and what to ask. A flag is a question, not an accusation."""

from django.utils.translation import gettext as _

from aanchal.core.templatetags.aanchal import number, share
from aanchal.field.findings import Finding
from aanchal.field.terms import Sign


def said(found: Finding) -> str:
    """What, and how strong, in one sentence."""
    told = {"count": number(found.count), "of": number(found.of)}
    match found.sign:
        case Sign.FAST:
            told["usual"] = number(max(1, round(found.usual / 60)))
            return _("%(count)s of %(of)s timed visits took less than a third of the usual time here, which is %(usual)s minutes.") % told
        case Sign.DIGITS:
            told |= {"index": number(round(found.value)), "usual": number(round(found.usual))}
            return _("%(count)s of %(of)s ages from 23 to 62 end in 0 or 5. Whipple's index: %(index)s; all workers: %(usual)s.") % told
    what = {
        Sign.IDENTICAL: _("%(count)s of %(of)s families gave in every answer what another family gave."),
        Sign.UNANSWERED: _("In %(count)s of %(of)s surveys more than a fifth of the questions is open."),
        Sign.RATE: _("%(count)s of %(of)s families: %(what)s."),
    }[found.sign]
    compared = _("That is %(share)s; all workers here: %(usual)s.") % {"share": share(found.value), "usual": share(found.usual)}
    return f"{what % (told | {'what': facts().get(found.about, found.about)})} {compared}"


def to_ask(found: Finding) -> str:
    match found.sign:
        case Sign.FAST:
            return _("Were these forms filled in afterwards from paper, or does she know the families well? Go with her on one visit.")
        case Sign.DIGITS:
            return _("Many people do not know their age. Show her how to find it from a card, or from an event the family remembers.")
        case Sign.IDENTICAL:
            return _("Families that live alike may answer alike. Read two of these forms side by side with her.")
        case Sign.UNANSWERED:
            return _("Which questions are hard to ask? She may need time alone with the family, or other words.")
    return _("The village may well be different: ask her what she sees there, and how she understands the question.")


def facts() -> dict[str, str]:
    """The answers that are compared, in words."""
    return {
        "breadwinner_lost": _("the breadwinner was lost"),
        "livelihood_lost": _("crop, livestock or work was lost"),
        "wage_advance": _("a wage advance was taken"),
        "landless": _("the family has no land"),
        "casual_labour_main": _("casual labour is the main work"),
        "ration_card": _("the family has a ration card"),
        "shg_member": _("someone is in a self-help group"),
        "substance_harm": _("alcohol or drugs do harm at home"),
        "single_headed": _("one woman, a child or an aged person heads the family"),
        "parent_absent": _("a parent is away"),
        "girl_out_of_school": _("a girl is out of school"),
        "child_working": _("a child works"),
        "unverified_migrant": _("someone is away with an employer nobody checked"),
        "distress_migration": _("someone had to leave in hardship before"),
        "agent_approach": _("an unknown agent came"),
        "member_missing": _("a member is missing"),
        "contact_lost": _("contact with a member is lost"),
    }
