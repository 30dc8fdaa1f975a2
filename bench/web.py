"""The web server under the bench's settings."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from aanchal.config.web import Web  # noqa: E402

Web().run()
