"""The installation's settings with the bench's one extra address."""

from aanchal.config.settings import *  # noqa: F403, TID251

ROOT_URLCONF = "bench.urls"
