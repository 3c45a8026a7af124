"""What can go wrong with a database file, each as one line that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """The database can't do what was asked. Its message is one line: what is wrong and what to do."""


class RefusedError(StoreError):
    """What was given can't be stored. Nothing is wrong with the database: it takes whatever comes next."""


class OlderSchemaError(StoreError):
    """A file that was opened for reading alone would have to be migrated first."""


#: Primary result code of SQLite (https://www.sqlite.org/rescode.html) -> what to tell the operator.
_ADVICE = {
    sqlite3.SQLITE_NOTADB: "{path} is not an SQLite database: move it away or name another file with --db",
    sqlite3.SQLITE_BUSY: "{path} is locked by another program: let that one finish, then try again",
    sqlite3.SQLITE_LOCKED: "{path} is locked by another program: let that one finish, then try again",
    sqlite3.SQLITE_READONLY: "{path} cannot be written: file or folder is read-only, check permissions",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that the folder exists and may be written",
    sqlite3.SQLITE_PERM: "{path} cannot be opened: no permission",
    sqlite3.SQLITE_AUTH: "{path} cannot be opened: no permission",
    sqlite3.SQLITE_FULL: "no space left for {path}: free some and run again, nothing half-written was kept",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({error}): put a backup in its place",
    sqlite3.SQLITE_IOERR: "{path} cannot be read or written ({error}): check the disk and its free space",
}


def explain(error: Exception, path: Path | str) -> str:
    """One line for an error of SQLite or of its Python module; never empty, never a traceback."""
    code = getattr(error, "sqlite_errorcode", None)
    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(code, int) and code & 0xFF in _ADVICE:
        return _ADVICE[code & 0xFF].format(path=path, error=text)
    if isinstance(error, sqlite3.IntegrityError) and "FOREIGN KEY" in text:
        return (
            f"{path}: a row refers to an outlet, area, pillar, agency type or article that is not stored: "
            "save those first"
        )
    if isinstance(error, UnicodeError):
        return f"{path}: a text cannot be stored as UTF-8 ({text}): repair its encoding first"
    return f"{path}: {text}"


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn errors of SQLite and of binding values into `StoreError`; into `RefusedError` those of a value."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError, UnicodeError) as error:
        raise RefusedError(explain(error, path)) from error
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error
