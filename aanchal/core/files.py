"""Files that the command line reads and writes: what is wrong with one in words, and a result that is whole or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORDS = {
    FileNotFoundError: "there is no such file or folder",
    IsADirectoryError: "this is a folder, not a file",
    NotADirectoryError: "this is a file, not a folder",
    PermissionError: "this user may not read or write it",
    FileExistsError: "there is a file of this name already",
}


def in_words(problem: OSError) -> str:
    """Which file, and what is wrong with it."""
    words = WORDS.get(type(problem)) or problem.strerror or " ".join(str(problem).split())
    return f"{problem.filename}: {words}." if problem.filename else f"{words}."


def unreadable(*paths: Path | None) -> str:
    """In words, for the first of these that is no file to read; empty when all are."""
    for path in filter(None, paths):
        try:
            with path.open("rb"):
                pass
        except OSError as problem:
            return in_words(problem)
    return ""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file or folder to write beside; it has its name only once it is whole, and nothing is left of one that failed."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.rename(path)
    except FileNotFoundError as problem:
        raise FileNotFoundError(problem.errno, problem.strerror, str(path)) from problem if problem.filename == str(draft) else None
    finally:
        if draft.is_dir():
            shutil.rmtree(draft)
        else:
            draft.unlink(missing_ok=True)
