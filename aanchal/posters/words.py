"""Why there is no notice, said kindly, and what to do instead."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_looked_for": _("No open report looks for this person any more."),
    "may_be_found": _("Someone who was rescued or found may be this person. Look at that pair first, under Finding her."),
    "age_unknown": _("The age is not on record. Ask the family and correct the report; a guess is enough."),
    "protected": _(
        "What is on record elsewhere protects this person's identity: no notice may show it. The search goes on without one."
    ),
    "trafficking": _(
        "The report says that trafficking is suspected, and not for what: a notice could mark her for life and warn who holds her."
    ),
    "circumstance_unknown": _("The report does not say what the family thinks has happened. Ask, and correct the report."),
    "sexual": _("There is a sign of a sexual offence. The law forbids to show who she is."),
    "sexual_unknown": _("Whether there is a sign of a sexual offence is not known. Ask at the police station first."),
    "marriage": _("A child's marriage or a forced marriage is on record or feared. A notice would lead those who arranged it to her."),
    "marriage_unknown": _("Whether a marriage was arranged is not known. Ask the worker of the village first, not the family alone."),
    "home": _("Someone at home may be the danger. A notice would help them find her."),
    "home_unknown": _("Whether there is danger at home is not known. Ask the worker of the village first, not the family alone."),
    "own_will": _("She or he is an adult and may have left by own will. Whoever wants to stay away may."),
    "own_will_unknown": _("Whether she or he left by own will is not known. For an adult this has to be asked first."),
    "fir": _("No FIR is known. For a missing child the police must write one at once; note it in the search, then ask again."),
    "consent_none": _("Nobody of the family has agreed in writing to this notice. A consent to something else does not count."),
    "consent_withdrawn": _("The family took its consent back."),
    "consent_giver": _(
        "For a child a parent or guardian agrees; for an adult the wife or husband, a parent, a grown child, sister or brother."
    ),
    "consent_day": _("The consent bears a day before the person was missed, or one that has not come yet."),
    "consent_old": _("The consent is older than thirty days. Ask the family again."),
    "consent_same": _("The family has to be asked again: the new consent must be of a later day than the last."),
    "clothes_long": _("At most 120 letters."),
    "clothes_number": _("No telephone number, address or link here."),
    "own_work": _("You asked for it. Another person has to release it."),
    "decided": _("That was decided meanwhile."),
    "there_is_one": _("A notice of this person is out or waits already."),
    "no_words": _("Say why you send it back."),
    "no_number": _("No notice bears this number. Look at it again, or call 112; for a child 1098."),
    "too_many": _("Much was told about this notice today. Please call 112; for a child 1098."),
}
