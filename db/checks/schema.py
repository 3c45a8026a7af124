"""Whether a file has every table, index, trigger and view of its release, and its full-text indexes fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from db.checks.damage import RESTORE, Tally
from db.errors import explained
from db.file.migrations import NAMES, apply_migrations
from db.file.read_only import copy_aside, may_write
from db.file.views import apply_views
from db.public.publish import create_tables
from db.public.summaries import build_summaries, differing_summaries
from db.search.index import create_index

_SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_FOREIGN = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_fts' ESCAPE '\\'"


def _working(db: Database) -> None:
    apply_migrations(db)
    apply_views(db)


def _public(db: Database) -> None:
    create_tables(db)
    # What a publication sums up and leaves behind stands in the attached store.
    db.execute("ATTACH ':memory:' AS store")
    for left_behind in ("fetches", "article_versions"):
        table = _expected(_working)[f"table {left_behind}"]
        db.execute(table.replace("CREATE TABLE ", "CREATE TABLE store.", 1))
    build_summaries(db)
    create_index(db)


@cache
def _expected(build: Callable[[Database], None]) -> dict[str, str]:
    with closing(Database(memory=True)) as db:
        db.conn.row_factory = sqlite3.Row
        build(db)
        return dict(db.execute(_SCHEMA).fetchall())


def check_schema(conn: sqlite3.Connection, tally: Tally, *, public: bool) -> bool:
    """What a new file of this release would have and this one lacks, or has in another form.

    False where that are tables or views, so that nothing can be asked of their rows.
    """
    expected = _expected(_public if public else _working)
    found = dict(conn.execute(_SCHEMA).fetchall())
    for name, sql in expected.items():
        if name not in found:
            tally.add("the schema lacks something", name, RESTORE)
        elif found[name] != sql:
            tally.add("the schema has something in another form", name, RESTORE)
    for name in found.keys() - expected.keys():
        if name.startswith("trigger "):  # one that nobody knows changes what others write
            tally.add("a trigger that no release made", name, RESTORE)
    complete = not any(
        found.get(name) != sql for name, sql in expected.items() if name.startswith(("table ", "view "))
    )
    if not public and complete:
        recorded = [name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
        if recorded != list(NAMES):
            tally.add("the record of migrations is not that of the schema", ", ".join(recorded[-1:]), RESTORE)
    return complete


def check_search(path: Path, tally: Tally) -> None:
    """Whether the full-text indexes fit their tables. Asks in a transaction that is taken back.

    SQLite asks with a statement that writes: what may not be written is asked of a copy.
    """
    path = path if may_write(path) else copy_aside(path)
    advice = "run 'pantau extract --all' on a copy, or put a backup in its place"
    with (
        explained(path),
        closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
        ) as conn,
    ):
        for (index,) in conn.execute(_FOREIGN).fetchall():
            conn.execute("BEGIN")
            try:
                conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.OperationalError:
                raise  # locked: not the index's fault
            except sqlite3.DatabaseError:
                tally.add(f"the full-text index {index} does not fit its table", "", advice)
            finally:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")


def check_summaries(conn: sqlite3.Connection, tally: Tally) -> None:
    """Whether the summaries of a public file are what its tables give."""
    for name in differing_summaries(Database(conn)):
        tally.add("a summary differs from what it sums up", name, "run 'pantau publish'")
