"""One run at a time on one database.

The lock is the operating system's (`flock`) on a file beside the database: it ends with the
process that holds it, so a run that crashed or was killed never blocks the next.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from db.records import WIB


class LockHeldError(Exception):
    """Another run holds the lock; the message says which, in one line."""


@contextmanager
def hold_lock(database: Path, *, verb: str) -> Iterator[None]:
    """Hold the lock of `database` while the block runs; `LockHeldError` where another run has it."""
    lock_path, holder_path = _paths(database)
    lock = FileLock(lock_path)
    try:
        # Not at once: `read_running` takes the lock for a moment to see whether it is free.
        lock.acquire(timeout=0.2, poll_interval=0.02)
    except Timeout:
        raise LockHeldError(
            f"another run works on {database} ({_read_holder(holder_path)}); wait until it has ended"
        ) from None
    try:
        holder = {"pid": os.getpid(), "since": datetime.now(WIB).isoformat(timespec="seconds"), "verb": verb}
        holder_path.write_text(json.dumps(holder) + "\n", encoding="utf-8")
        yield
    finally:
        holder_path.unlink(missing_ok=True)
        lock.release()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The run that holds the lock; "" and None where it has not said (yet) who it is."""

    verb: str = ""
    pid: int | None = None
    since: datetime | None = None

    def __str__(self) -> str:
        if self.pid is None or self.since is None:
            return "it has not said which"
        return f"pantau {self.verb}, process {self.pid}, since {self.since.isoformat()}"


def read_running(database: Path) -> Holder | None:
    """The run that works on `database` at the moment; writes nothing, so that a reader may ask."""
    lock_path, holder_path = _paths(database)
    try:
        handle = os.open(lock_path, os.O_RDONLY)
    except OSError:
        return None  # never locked, or not ours to read
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_holder(holder_path)
    except OSError:
        return None  # a file system without locks, on which no run holds any
    else:
        return None
    finally:
        os.close(handle)


def _paths(database: Path) -> tuple[Path, Path]:
    """The lock, and who holds it: beside it, as what opens a lock file may truncate it."""
    return database.with_name(f"{database.name}.lock"), database.with_name(f"{database.name}.lock.json")


def _read_holder(path: Path) -> Holder:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return Holder(
            verb=holder["verb"], pid=int(holder["pid"]), since=datetime.fromisoformat(holder["since"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        # It has just taken the lock and not yet written its name, or has just ended.
        return Holder()
