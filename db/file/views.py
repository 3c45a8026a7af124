"""Keeps the views of a database file as `views.sql` has them: they hold no data, so they follow the code."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from db.claim_kinds import select_agency_claims, select_all_claims

#: What stands in `views.sql` for queries that are written by kind of claim.
_KINDS = {"{every kind of claim}": select_all_claims, "{every claim of an agency}": select_agency_claims}
_VIEW = re.compile(r"CREATE VIEW (\w+) AS\b")


@cache
def load_views() -> dict[str, str]:
    """Name -> its CREATE statement, in the order in which they build on each other."""
    views: dict[str, str] = {}
    statement = ""
    for line in (Path(__file__).parent / "views.sql").read_text("utf-8").splitlines(keepends=True):
        for place, select in _KINDS.items():
            line = line.replace(place, select()) if place in line else line
        statement += "" if not statement and not line.startswith("CREATE") else line
        if statement and sqlite3.complete_statement(statement):
            found = _VIEW.match(statement)
            if found is None:
                raise ValueError(f"views.sql holds more than views: {statement[:60]!r}")
            views[found[1]] = statement.strip().rstrip(";")
            statement = ""
    return views


def differing_views(db: Database) -> bool:
    """Whether the file's views are not those of `views.sql`."""
    return _stored(db) != load_views()


def apply_views(db: Database) -> None:
    """Make the file's views those of `views.sql`. Call inside a transaction that holds the write lock."""
    for name in _stored(db):
        db.execute(f'DROP VIEW "{name}"')
    for statement in load_views().values():
        db.execute(statement)


def _stored(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
