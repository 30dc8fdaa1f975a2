"""aanchal worker"""

from aanchal.config import cli


def arguments(parser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting and end")


def run(options) -> int:
    server = cli.ready()
    try:
        work(wait=not options.once)
    finally:
        if server:
            server.stop()
    return 0


def work(*, queue: str = "default", wait: bool = True) -> None:
    """Until SIGTERM or SIGINT: a job begun is finished first."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(name=f"aanchal {queue}", queues=[queue], wait=wait, shutdown_graceful_timeout=20)
