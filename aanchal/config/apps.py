"""Connects the story of the system when it starts."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "aanchal.config"

    def ready(self):
        from aanchal.config.flow import FLOW
        from aanchal.core import facts

        facts.connect(FLOW)
