"""Keeps the sums of a large working database in a file beside it, for the site that shows it.

Views are always true and, on a million claims, take seconds. So the site of a large database reads the
same sums as tables from `.NAME.sums`, which a thread fills anew, in one transaction, some time after the
database has changed. The file holds nothing of its own: it may be deleted at any time.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import zlib
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from db.file.connection import make_private
from db.file.views import load_views
from db.public.summaries import SUMMARIES, fill_summaries

logger = logging.getLogger(__name__)

#: Pieces of evidence from which on a database is large: its slowest page then takes a tenth of a second.
LARGE = 20_000

#: Seconds between two looks at whether the database has changed.
_LOOK = 15.0

#: How many times the time that filling takes has to pass before the next: at most a tenth of one core.
_SPARING = 10.0

#: Seconds to wait for another site on the same database that is filling the file.
_PATIENCE = 1800.0


def is_large(db: Database) -> bool:
    """Whether a working database is better served with its sums in a file."""
    found = db.execute(f"SELECT 1 FROM evidence LIMIT 1 OFFSET {LARGE - 1:d}").fetchone()
    return found is not None


class SummaryFile:
    """The sums of the working database `store`."""

    def __init__(self, store: Path) -> None:
        self.store = store.resolve()
        self.path = self.store.with_name(f".{self.store.name}.sums")
        self.seconds = 0.0  # that filling took

    def refresh(self) -> bool:
        """Fill the file unless it holds the sums of what the database is now; returns whether it did.

        Raises what SQLite raises when the file can't be written; it then holds what it held.
        """
        make_private(self.path)
        with closing(
            sqlite3.connect(
                f"{self.path.as_uri()}?mode=rwc", uri=True, timeout=_PATIENCE, isolation_level=None
            )
        ) as conn:
            conn.row_factory = sqlite3.Row
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = OFF")  # what a power cut damages is filled again
            conn.execute("ATTACH ? AS store", [f"{self.store.as_uri()}?mode=ro"])
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
            for row in conn.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
                if not row[0].startswith("sqlite_"):
                    conn.execute(f'DROP TABLE main."{row[0]}"')
            fill_summaries(db)
            conn.execute("CREATE TABLE main.filled_from (state TEXT NOT NULL)")
            conn.execute("INSERT INTO main.filled_from VALUES (?)", [state])
            conn.execute("ANALYZE main")
            conn.execute("COMMIT")
            self.seconds = time.monotonic() - started
            conn.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchall()
        logger.info("%s: summed up in %.0f s", self.store, self.seconds)
        return True

    def attach(self, conn: sqlite3.Connection) -> None:
        """Let a connection to the database, opened with `uri=True`, find the sums under the views' names."""
        conn.execute("ATTACH ? AS sums", [f"{self.path.as_uri()}?mode=ro"])
        for name in SUMMARIES:
            conn.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM sums.{name}")

    def keep_fresh(self, stop: threading.Event) -> None:
        """Look every now and then, until `stop` is set. Runs in a thread of its own."""
        while not stop.wait(max(_LOOK, self.seconds * _SPARING)):
            try:
                self.refresh()
            except sqlite3.Error as error:
                logger.warning("%s: the sums stay as they are: %s", self.path, error)

    def _holds(self, db: Database, state: str) -> bool:
        names = {row[0] for row in db.execute("SELECT name FROM main.sqlite_master").fetchall()}
        return (
            "filled_from" in names
            and not set(SUMMARIES) - names
            and db.execute("SELECT state FROM main.filled_from").fetchone()[0] == state
        )

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
        return f"{' '.join(parts)} {zlib.crc32(''.join(load_views().values()).encode())}"
