"""python -m aanchal.config.reference"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanchal.config.settings")
django.setup()

from aanchal.config.reference import pages  # noqa: E402

for path in pages.write():
    print(path)
