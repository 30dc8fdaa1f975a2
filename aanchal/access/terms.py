"""The trail in words."""

from django.utils.translation import gettext_lazy as _

READINGS = ("people.identity.read", "registers.entry.opened", "registers.names.searched", "registers.register.exported")
"""Names and closed texts that someone saw or took out."""

VERBS = {
    "access.device.enrolled": _("enrolled a phone"),
    "access.device.revoked": _("revoked a phone"),
    "access.password.changed": _("changed the password"),
    "access.password.given": _("gave a one-time password"),
    "access.posting.began": _("gave a posting"),
    "access.posting.continued": _("continued a posting"),
    "access.posting.ended": _("ended a posting"),
    "access.second_factor.forgotten": _("had the second step forgotten"),
    "access.user.created": _("created a user"),
    "access.user.deactivated": _("closed an account"),
    "access.user.reactivated": _("reopened an account"),
    "field.form.published": _("published a form"),
    "inbox.submission.accepted": _("accepted a submission"),
    "inbox.submission.corrected": _("corrected a submission"),
    "inbox.submission.flagged": _("sent a submission that was flagged"),
    "inbox.submission.received": _("sent a submission"),
    "inbox.submission.returned": _("returned a submission"),
    "people.consent.withdrawn": _("noted that consent was withdrawn"),
    "people.household.recorded": _("recorded a family"),
    "people.household.revisited": _("visited a family again"),
    "people.identity.read": _("read a name"),
    "people.person.recognised": _("recognised a person"),
    "people.person.recorded": _("recorded a person"),
    "registers.entry.corrected": _("corrected a line"),
    "registers.entry.opened": _("opened a line with its names"),
    "registers.entry.recorded": _("wrote a line"),
    "registers.names.searched": _("searched a name"),
    "registers.register.exported": _("took a register out"),
    "risk.definition.loaded": _("loaded an index"),
    "risk.household.assessed": _("had a family assessed"),
    "risk.village.assessed": _("had a village assessed"),
    "villages.roadmap.adopted": _("adopted a roadmap"),
    "villages.roadmap_action.added": _("added an action"),
    "villages.roadmap_action.completed": _("completed an action"),
    "villages.roadmap_action.dropped": _("dropped an action"),
    "villages.roadmap_action.reopened": _("reopened an action"),
    "villages.safety_point.recorded": _("put a place on the map"),
    "villages.safety_point.restored": _("put a place back on the map"),
    "villages.safety_point.withdrawn": _("took a place off the map"),
    "villages.situation.recorded": _("recorded a situation analysis"),
}
