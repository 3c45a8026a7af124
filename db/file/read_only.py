"""How a database is read where nothing may be written: a card, a mounted image, a colleague's folder.

In WAL mode SQLite must write beside the file even to read it. Where it may not, a file without a log is
opened as one that does not change, and one with a log (its writer was killed, or it was copied while it was
open) is read from a copy, as what stands in the log alone would be passed over.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.errors import StoreError

#: What SQLite answers where it can't make the files that it shares with other readers.
_REFUSED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

#: Copies of this process, by file and state; they go when it ends.
_copies: dict[tuple[Path, int, int], tempfile.TemporaryDirectory[str]] = {}


@dataclass(frozen=True, slots=True)
class Readable:
    """The file to read, and whether it is to be taken as one that does not change."""

    path: Path
    immutable: bool = False

    @property
    def uri(self) -> str:
        """For `sqlite3.connect(..., uri=True)`, reading only."""
        return f"{self.path.resolve().as_uri()}?{'immutable=1' if self.immutable else 'mode=ro'}"


def find_readable(path: Path) -> Readable:
    """How to read a database where it lies; raises `StoreError` where a copy is needed and can't be made.

    What is wrong with the file itself is left for whoever opens it to tell.
    """
    usual = Readable(path)
    try:
        with closing(sqlite3.connect(usual.uri, uri=True, timeout=0.0)) as conn:
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        refused = error.sqlite_errorcode & 0xFF in _REFUSED
        if not refused or not _may(path, os.R_OK):
            return usual
        log = _log_of(path)
        has_log = log.exists() and log.stat().st_size > 0
        return Readable(copy_aside(path)) if has_log else Readable(path, immutable=True)
    return usual


def may_write(path: Path) -> bool:
    """Whether a database and what SQLite keeps beside it may be written."""
    return _may(path, os.W_OK) and _may(path.resolve().parent, os.W_OK)


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def copy_aside(path: Path) -> Path:
    """A copy with its log in the system's folder for temporary files, made once for a state of the file."""
    original = path.resolve()
    try:
        log = _log_of(original)
        state = (original, original.stat().st_mtime_ns, log.stat().st_mtime_ns if log.exists() else 0)
        if state not in _copies:
            folder = tempfile.TemporaryDirectory(prefix="pantau-")
            for file in (original, log):
                if file.exists():
                    shutil.copyfile(file, Path(folder.name) / file.name)
            _copies[state] = folder
    except OSError as error:
        raise StoreError(
            f"{path} can be read only from a copy, which can't be made: {error.strerror or error}; "
            "copy it with its -wal file to a folder that may be written, and name that with --db"
        ) from error
    return Path(_copies[state].name) / original.name


def _log_of(path: Path) -> Path:
    resolved = path.resolve()
    return resolved.with_name(f"{resolved.name}-wal")
