"""One run at a time on one database.

The lock is the operating system's (`flock`) on a file beside the database: it ends with the
process that holds it, so a run that crashed or was killed never blocks the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from db.records import WIB


class LockHeldError(Exception):
    """Another run holds the lock; the message says which, in one line."""


@contextmanager
def hold_lock(database: Path, *, verb: str) -> Iterator[None]:
    """Hold the lock of `database` while the block runs; `LockHeldError` at once where another run has it."""
    lock_path = database.with_name(database.name + ".lock")
    # Beside the lock and not in it: what opens a lock file may truncate it, and then nobody is named.
    holder_path = database.with_name(database.name + ".lock.json")
    lock = FileLock(lock_path)
    try:
        lock.acquire(timeout=0)
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


def _read_holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"pantau {holder['verb']}, process {holder['pid']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        # It has just taken the lock and not yet written its name, or has just ended.
        return "it has not said which"
