"""The web server: gunicorn, set up from our settings."""

import gc

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication


class Web(BaseApplication):
    """Loaded once, then forked: processes share the program's memory. No connection is open when they part."""

    def load_config(self) -> None:
        choices = {
            "bind": settings.BIND,
            "workers": settings.WEB_PROCESSES,
            "threads": settings.WEB_THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "proc_name": "aanchal",
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "logconfig_dict": settings.LOGGING,
            "control_socket_disable": True,
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self):
        from aanchal.config.wsgi import application

        connections.close_all()
        gc.collect()
        gc.freeze()  # what is loaded stays: the collector does not walk it again, and forked processes keep sharing its pages
        gc.set_threshold(10_000, 20, 20)  # a form makes thousands of objects and no cycles: looking for them was 7 % of its cost
        return application
