"""Opens a database file: the right one, with the pragmas that the rest relies on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from db.errors import StoreError, explained
from db.file.read_only import find_readable

#: Marks a file as ours (`PRAGMA application_id`), so that nothing else is ever migrated: "PBDY".
APPLICATION_ID = 0x50424459

#: Marks a published file, which is for reading: "PBDP".
PUBLIC_ID = 0x50424450

#: Generated columns, `RETURNING`, `DROP COLUMN` and built-in JSON functions are all in 3.38.
MIN_SQLITE = (3, 38, 0)


def open_database(path: Path, *, timeout: float, read_only: bool = False) -> Database:
    """Open `path`, creating file and folder unless `read_only`; waits up to `timeout` seconds for a lock.

    Raises `StoreError` when the file is no SQLite database, belongs to another program, or can't be
    opened. The schema is left as it is: see `db.file.migrations`.
    """
    if sqlite3.sqlite_version_info < MIN_SQLITE:
        wanted = ".".join(map(str, MIN_SQLITE))
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: Python needs one of {wanted} or newer")
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file inside it")
    if read_only and not path.exists():
        raise StoreError(f"{path} does not exist: crawl first, or name another file with --db")
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # SQLite tells what is in the way
                make_private(path)
    except OSError as error:
        raise StoreError(f"{path.parent} cannot be created: {error.strerror or error}") from error
    uri = find_readable(path).uri if read_only else f"{path.resolve().as_uri()}?mode=rwc"
    with explained(path):
        conn = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
        try:
            return _prepare(conn, path, read_only=read_only)
        except BaseException:
            conn.close()
            raise


def read_owner(path: Path) -> int:
    """The mark of the program that a file belongs to; 0 where it has none or is no database."""
    with path.open("rb") as file:
        head = file.read(72)
    # https://www.sqlite.org/fileformat.html: offset 68, four bytes, big-endian
    return int.from_bytes(head[68:72], "big") if head.startswith(b"SQLite format 3\0") else 0


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone can read, unless there is one; raises OSError.

    SQLite gives what it keeps beside a file (`-wal`, `-shm`) the permissions of the file.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def open_published(path: Path) -> Database:
    """Open a public database for reading; `StoreError` when it is missing or none."""
    if not path.is_file():
        raise StoreError(f"{path} does not exist: run 'pantau publish' first")
    with explained(path):
        conn = sqlite3.connect(find_readable(path).uri, uri=True, isolation_level=None)
        try:
            conn.row_factory = sqlite3.Row
            owner = conn.execute("PRAGMA application_id").fetchone()[0]
            if owner == APPLICATION_ID:
                raise StoreError(f"{path} is a working database, not a published one: name another file")
            if owner != PUBLIC_ID:
                raise StoreError(
                    f"{path} is no published database: run 'pantau publish', or name another file"
                )
            return Database(conn)
        except BaseException:
            conn.close()
            raise


def _prepare(conn: sqlite3.Connection, path: Path, *, read_only: bool) -> Database:
    conn.row_factory = sqlite3.Row
    # The first read tells whether this is a database at all, before anything is written to it.
    tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    owner = conn.execute("PRAGMA application_id").fetchone()[0]
    if owner == PUBLIC_ID:
        raise StoreError(
            f"{path} is a published database, which is for reading: name the working one with --db"
        )
    if owner != APPLICATION_ID and (tables or owner or read_only):
        raise StoreError(f"{path} is a database of another program: name another file with --db")
    if not read_only:
        conn.execute("PRAGMA journal_mode = WAL")
        # With a write-ahead log a killed process loses nothing either way, and a power cut at most the last
        # transactions, whole: pages that the next crawl fetches again. FULL would wait for the disk at each.
        conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA cache_size = -64000")  # kB; SQLite's own 2 MB make large tables slow to write
    return Database(conn)
