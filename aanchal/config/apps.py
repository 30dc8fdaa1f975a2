"""Connects the story of the system when it starts."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "aanchal.config"

    def ready(self):
        from aanchal.activities import lists as activities
        from aanchal.cases import finding
        from aanchal.config.flow import FLOW
        from aanchal.core import facts
        from aanchal.insight import measures
        from aanchal.matching import naming
        from aanchal.network import lists as network
        from aanchal.network import rowwise
        from aanchal.nodal import measures as nodal

        facts.connect(FLOW)
        measures.register(nodal.MEASURES)
        rowwise.LISTS.update({one.key: one for one in (*network.LISTS, *activities.LISTS)})
        finding.hear_by(naming.sound)
