"""The processes of `aanchal serve`: started together, watched, stopped together."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

ASKED = (signal.SIGTERM, signal.SIGINT)
PATIENCE = 30.0
PR_SET_PDEATHSIG = 1  # prctl(2): Linux tells a child when its parent dies, however it dies


class Stopped(Exception):
    """Somebody asked this process to stop."""


@dataclass
class Children:
    """Named pieces of work, each in a process of its own. `vital` ones end the rest; others are started again."""

    work: dict[str, Callable[[], None]]
    vital: frozenset[str]
    running: dict[int, str] = field(default_factory=dict)

    def run(self) -> int:
        """Until asked to stop, or until a vital one ends; returns the exit code."""
        try:
            for asked in ASKED:
                signal.signal(asked, _stop)
            for name in self.work:
                self._start(name)
            return self._watch()
        except Stopped:
            return 0
        finally:
            for asked in ASKED:
                signal.signal(asked, signal.SIG_IGN)
            self._stop_all()

    def _watch(self) -> int:
        while True:
            pid, status = os.wait()
            name = self.running.pop(pid, "")
            if name in self.vital:
                print(f"{name} ended: {os.waitstatus_to_exitcode(status)}", file=sys.stderr, flush=True)
                return 1
            if name:
                print(f"{name} ended and is started again", file=sys.stderr, flush=True)
                time.sleep(2)
                self._start(name)

    def _start(self, name: str) -> None:
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, ASKED)  # until each side knows what it is
        pid = os.fork()
        if not pid:
            os._exit(_child(self.work[name], parent))
        self.running[pid] = name
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED)

    def _stop_all(self) -> None:
        for pid in self.running:
            os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while self.running:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            self.running.pop(pid, None)
            if not pid and time.monotonic() > end:
                for late in self.running:
                    os.kill(late, signal.SIGKILL)
            time.sleep(0.02)


def _child(work: Callable[[], None], parent: int) -> int:
    """Runs the work; never returns into the parent's code."""
    for asked in ASKED:
        signal.signal(asked, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED)
    end_with(parent)
    try:
        work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return 0
    except BaseException as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)
        return 1
    return 0


def end_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)


def _stop(signal_number, frame) -> None:
    raise Stopped
