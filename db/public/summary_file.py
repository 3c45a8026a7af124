"""Keeps the sums of a large working database in a file beside it, for the site that shows it.

Views are always true and, on a million claims, take seconds. So the site of a large database reads the
same sums as tables from `.NAME.sums`, see `db.file.side_file`.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sqlite_utils import Database

from db.file.side_file import SideFile
from db.public.summaries import SUMMARIES, fill_summaries
from db.records import WIB

#: Pieces of evidence from which on a database is large: its slowest page then takes a tenth of a second.
LARGE = 4_000


def is_large(db: Database) -> bool:
    """Whether a working database is better served with its sums in a file."""
    found = db.execute(f"SELECT 1 FROM evidence LIMIT 1 OFFSET {LARGE - 1:d}").fetchone()
    return found is not None


class SummaryFile(SideFile):
    """The sums of the working database `store`."""

    ending = "sums"
    tables = tuple(SUMMARIES)

    def fill(self, db: Database) -> None:
        fill_summaries(db)

    def as_of(self) -> str:
        """Today: what is known of a place is told as of it, also where nothing was stored since yesterday."""
        return datetime.now(WIB).date().isoformat()

    def attach(self, conn: sqlite3.Connection) -> None:
        """Let a connection find the sums under the views' names."""
        super().attach(conn)
        for name in SUMMARIES:
            conn.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM sums.{name}")
