"""Keeps the views of a database file as `views.sql` has them: they hold no data, so they follow the code."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

from sqlite_utils import Database

_VIEW = re.compile(r"CREATE VIEW (\w+) AS\b")


@cache
def load_views() -> dict[str, str]:
    """Name -> its CREATE statement, in the order in which they build on each other."""
    views: dict[str, str] = {}
    statement = ""
    for line in (Path(__file__).parent / "views.sql").read_text("utf-8").splitlines(keepends=True):
        statement += "" if not statement and not line.startswith("CREATE") else line
        if statement and sqlite3.complete_statement(statement):
            found = _VIEW.match(statement)
            if found is None:
                raise ValueError(f"views.sql holds more than views: {statement[:60]!r}")
            views[found[1]] = statement.strip().rstrip(";")
            statement = ""
    return views


def apply_views(db: Database) -> bool:
    """Create, replace and drop views until they are those of `views.sql`; True when any differed."""
    wanted = load_views()
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid").fetchall()
    stored = dict(rows)
    if stored == wanted:
        return False
    for name in stored:
        db.execute(f'DROP VIEW "{name}"')
    for statement in wanted.values():
        db.execute(statement)
    return True
