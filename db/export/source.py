"""Reads the rows of an export from one moment of a database, private or public, in flat memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.errors import StoreError, explained
from db.export.columns import Schema, Table
from db.export.filters import Filters, describe, prepare, resolve
from db.export.tables import build_strongest, build_tables
from db.file.connection import PUBLIC_ID, open_database, open_published
from db.file.migrations import check_schema
from db.file.read_only import find_readable
from db.public.excerpts import cut_sentence
from db.public.hiding import Gate

#: A cell: lists are lists of words, dates are ISO 8601.
Value = str | int | float | list[str] | None

#: Kilobytes that SQLite may keep of what it reads and of what it sorts; the rest goes to temporary files.
_CACHE = 16_000

#: Seconds to wait for another program's lock.
_PATIENCE = 30.0


class Source:
    """A database as it is at one moment, and the tables that the filters leave of it."""

    def __init__(self, db: sqlite3.Connection, path: Path, filters: Filters) -> None:
        self.path = path
        self._db = db
        # All that follows sees one state, whatever a crawl writes meanwhile.
        db.execute("BEGIN")
        schema = Schema(db)
        filters = resolve(filters, db)
        prepare(filters, db, schema.claims)
        self.chosen = describe(filters, db)
        self.tables = build_tables(schema, filters)
        self._strongest = build_strongest(schema, filters)
        self._gate = Gate(db)
        self.outlets: list[tuple[str, str]] = [
            (str(name), str(home))
            for name, home in db.execute("SELECT name, home FROM outlets ORDER BY slug")
        ]
        # The moment of the newest change, so that the same database gives the same files.
        self.as_of: str = self._find_newest("extractions", "extracted_at") or self._find_newest(
            "crawls", "finished_at"
        )

    def _find_newest(self, table: str, column: str) -> str:
        newest = self._db.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]
        return str(newest or "")

    def read(self, table: Table) -> Iterator[list[Value]]:
        """Rows of a table in the order of its columns; long sentences are cut around their quotes."""
        with explained_reading(self.path):
            if self._strongest and table.name == "articles":
                self._db.execute(self._strongest)
                self._db.execute("CREATE UNIQUE INDEX temp.strongest_of ON strongest(article, programme)")
                self._strongest = ""
            names = table.names
            at = (names.index("sentence"), names.index("quote")) if "sentence" in names else None
            lists = [i for i, column in enumerate(table.columns) if column.kind == "list"]
            for row in self._db.execute(table.rows):
                *shown, room = row
                if not self._gate.admits(table.name, names, shown):
                    continue
                values = list(self._gate.hide(names, tuple(shown)))
                if at and room is not None and len(values[at[0]]) > room:
                    values[at[0]] = cut_sentence(values[at[0]], values[at[1]], room)
                for i in lists:
                    values[i] = json.loads(values[i] or "[]")
                yield values


@contextmanager
def open_source(path: Path, filters: Filters) -> Iterator[Source]:
    """Open a database of either kind for reading; `StoreError` when it is missing, damaged or none."""
    with closing(_open(path)) as db, explained_reading(path):
        check_schema(db, path)
        conn: sqlite3.Connection = db.conn
        conn.row_factory = None
        conn.execute(f"PRAGMA cache_size = -{_CACHE}")
        conn.execute("PRAGMA temp_store = FILE")
        conn.execute(f"PRAGMA temp.cache_size = -{_CACHE}")
        yield Source(conn, path, filters)


def _open(path: Path) -> Database:
    if path.is_file() and path.stat().st_size:
        with explained(path), closing(sqlite3.connect(find_readable(path).uri, uri=True)) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] == PUBLIC_ID:
                return open_published(path)
    # Not through a session: what is read here is in every schema, so an older file need not be migrated.
    return open_database(path, timeout=_PATIENCE, read_only=True)


@contextmanager
def explained_reading(path: Path) -> Iterator[None]:
    """As `explained`; a full disk while only reading is the one of the temporary files."""
    try:
        with explained(path):
            yield
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise StoreError(
                "no space left for temporary files: free some, or name another folder in SQLITE_TMPDIR"
            ) from error
        raise
