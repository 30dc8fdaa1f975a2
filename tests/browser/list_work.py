"""What the worker does with lists from files, in the site of the tests, which has no worker: `python -m tests.browser.list_work`."""

import os


def work() -> None:
    """Until no file waits."""
    from aanchal.access.acting import SYSTEM, acting
    from aanchal.network import tasks
    from aanchal.network.models import ImportFile

    steps = {"WAITING": tasks.unpack, "CHECKING": tasks.check, "RUNNING": tasks.write}
    while True:
        with acting(SYSTEM):
            file = ImportFile.objects.filter(state__in=[*steps, "UNDOING"]).order_by("pk").first()
        if file is None:
            return
        if file.state == "UNDOING":
            tasks.take_back(str(file.pk), str(file.sent_by_id))
        else:
            steps[file.state](str(file.pk))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aanchal.config.settings"
    import django

    django.setup()
    work()
