"""A file beside a working database that holds what its site reads faster than the database itself gives it.

It holds nothing of its own, may be deleted at any time, and is filled anew, in one transaction, some time
after the database has changed.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from db.file.connection import make_private
from db.file.read_only import Readable
from db.file.views import load_views

logger = logging.getLogger(__name__)

#: Seconds between two looks at whether the database has changed.
_LOOK = 15.0

#: How many times the time that filling takes has to pass before the next: at most a tenth of one core.
_SPARING = 10.0

#: Seconds to wait for another site on the same database that is filling the file.
_PATIENCE = 1800.0


class SideFile:
    """A file for the working database `store`. A kind of such files says what it is called and holds."""

    ending = ""
    #: Tables without which the file is filled again.
    tables: Sequence[str] = ()
    #: What else its content depends on, beside the database.
    version = ""

    def __init__(self, store: Path, path: Path | None = None, readable: Readable | None = None) -> None:
        self.store = store.resolve()
        self.path = path or self.store.with_name(f".{self.store.name}.{self.ending}")
        self._uri = (readable or Readable(self.store)).uri
        self.seconds = 0.0  # that filling took

    def fill(self, db: Database) -> None:
        """Make the tables in `main` of what the attached `store` holds."""
        raise NotImplementedError

    def attach(self, conn: sqlite3.Connection) -> None:
        """Let a connection to the database, opened with `uri=True`, read the file."""
        conn.execute(f"ATTACH ? AS {self.ending}", [f"{self.path.resolve().as_uri()}?mode=ro"])

    def refresh(self) -> bool:
        """Fill the file unless it holds what the database is now; returns whether it did.

        Raises what SQLite raises when the file can't be written; it then holds what it held.
        """
        make_private(self.path)
        with closing(
            sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=rwc", uri=True, timeout=_PATIENCE, isolation_level=None
            )
        ) as conn:
            conn.row_factory = sqlite3.Row
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = OFF")  # what a power cut damages is filled again
            conn.execute("ATTACH ? AS store", [self._uri])
            db = Database(conn)
            if self._holds(db, self._state()):
                return False
            conn.execute("BEGIN IMMEDIATE")
            # Noted before anything is read: what comes meanwhile makes the next look fill it again.
            state = self._state()
            if self._holds(db, state):  # another site has filled it while this one waited
                conn.execute("ROLLBACK")
                return False
            started = time.monotonic()
            _drop_tables(conn)
            self.fill(db)
            conn.execute("CREATE TABLE main.filled_from (state TEXT NOT NULL)")
            conn.execute("INSERT INTO main.filled_from VALUES (?)", [state])
            conn.execute("ANALYZE main")
            conn.execute("COMMIT")
            self.seconds = time.monotonic() - started
            conn.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchall()
        logger.info("%s: %s filled in %.0f s", self.store, self.ending, self.seconds)
        return True

    def keep_fresh(self, stop: threading.Event) -> None:
        """Look every now and then, until `stop` is set. Runs in a thread of its own."""
        while not stop.wait(max(_LOOK, self.seconds * _SPARING)):
            try:
                self.refresh()
            except sqlite3.Error as error:
                logger.warning("%s: it stays as it is: %s", self.path, error)

    def _holds(self, db: Database, state: str) -> bool:
        names = {row[0] for row in db.execute("SELECT name FROM main.sqlite_master").fetchall()}
        return (
            "filled_from" in names
            and not set(self.tables) - names
            and db.execute("SELECT state FROM main.filled_from").fetchone()[0] == state
        )

    def as_of(self) -> str:
        """What else its content depends on, such as the day; "" where on nothing."""
        return ""

    def _state(self) -> str:
        """What tells one state of the database from the next: size and time of its files, and the views."""
        parts = []
        for path in (self.store, self.store.with_name(f"{self.store.name}-wal")):
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            if found.st_size:
                parts.append(f"{found.st_size}:{found.st_mtime_ns}")
        made_by = "".join([*load_views().values(), self.version, self.as_of()])
        return f"{' '.join(parts)} {zlib.crc32(made_by.encode())}"


def _drop_tables(conn: sqlite3.Connection) -> None:
    """Drop all tables of the file; those that belong to a full-text index go with it."""
    tables = conn.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY sql NOT LIKE 'CREATE VIRTUAL %'"
    ).fetchall()
    for (name,) in tables:
        conn.execute(f'DROP TABLE IF EXISTS main."{name}"')
