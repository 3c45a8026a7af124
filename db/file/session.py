"""An open database file: schema, transactions and the few forms of SQL that the tables' modules share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from db.errors import OlderSchemaError, explained
from db.file.backup import copy_open_database
from db.file.connection import open_database
from db.file.migrations import NAMES, apply_migrations, check_schema, schema_version
from db.file.rows import Row
from db.file.views import apply_views, differing_views


def is_outdated(db: Database) -> bool:
    """Whether a file lacks a migration of this release or has other views; asks without a write lock."""
    return schema_version(db) < len(NAMES) or differing_views(db)


class Session:
    """A database file, opened and brought to this release's schema; use it as a context manager.

    `timeout` is how many seconds to wait for another program's lock. With `read_only` nothing is
    created or migrated, and saving raises. Every failure is a `StoreError` of one line.
    """

    def __init__(self, path: Path | str, *, timeout: float = 30.0, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self.db: Database = open_database(self.path, timeout=timeout, read_only=read_only)
        try:
            with explained(self.path):
                check_schema(self.db, self.path)
                outdated = is_outdated(self.db)
            if outdated and read_only:
                raise OlderSchemaError(
                    f"{self.path} has an older schema: run 'pantau extract' once to bring it up to date"
                )
            if outdated:
                self._keep_older()
                with self.transaction():
                    apply_migrations(self.db)
                    apply_views(self.db)
        except BaseException:
            self.db.close()
            raise

    def _keep_older(self) -> None:
        """Before a file of an older schema is changed: a copy of it beside it, which nothing removes."""
        version = schema_version(self.db)
        if 0 < version < len(NAMES):
            kept = self.path.with_name(f"{self.path.stem}.before-schema-{len(NAMES)}.db")
            copy_open_database(self.db.conn, self.path, kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Bring the write-ahead log into the file and close. Harmless when another reader holds on to it."""
        with explained(self.path):
            try:
                if not self.read_only:
                    self.db.execute("PRAGMA busy_timeout = 0").fetchall()  # not worth waiting for
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.OperationalError as error:
                # The log stays beside the file and is read from there: nothing is lost.
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
            finally:
                self.db.close()

    @contextmanager
    def sparing_memory(self) -> Iterator[None]:
        """Hold few of the file's pages in memory while the block runs, for rows that come one by one."""
        usual = self._one("PRAGMA cache_size")
        self.db.execute("PRAGMA cache_size = -8000")
        try:
            yield
        finally:
            self.db.execute(f"PRAGMA cache_size = {usual}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Holds the write lock from its start; inside another one it joins that."""
        with explained(self.path):
            if self.db.conn.in_transaction:
                with self.db.atomic():
                    yield
                return
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.conn.execute("COMMIT")
            except BaseException:
                # A full disk or a broken file may have ended the transaction already.
                if self.db.conn.in_transaction:
                    self.db.conn.execute("ROLLBACK")
                raise

    def _all(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
        with explained(self.path):
            return self.db.execute(sql, values).fetchall()

    def _pairs(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, Any]]:
        return [(row[0], row[1]) for row in self._all(sql, values)]

    def _one(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> int:
        return int(self._all(sql, values)[0][0])

    def _insert(self, table: str, row: Row, conflict: str = "") -> None:
        self.db.execute(_insertion(table, row, conflict), list(row.values()))

    def _upsert(self, table: str, rows: Sequence[Row], *, key: str = "") -> None:
        """Insert, or update where something differs, so that what is the same is not even written."""
        if not rows:
            return
        keys = (key or ("code" if "code" in rows[0] else "id")).split(", ")
        others = [name for name in rows[0] if name not in keys]
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
        stored = ", ".join(f'{table}."{name}"' for name in others)
        given = ", ".join(f'excluded."{name}"' for name in others)
        conflict = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets} WHERE ({stored}) IS NOT ({given})"
        with explained(self.path):
            self.db.conn.executemany(
                _insertion(table, rows[0], conflict), ([row[name] for name in rows[0]] for row in rows)
            )

    def _remember_pilots(self, pilots: str, values: Row) -> None:
        """Keep which kecamatan an article's earlier text named as pilots, with the earliest day and moment.

        `pilots` selects article, programme, code, day of publication and moment of the fetch.
        """
        earliest = ", ".join(
            f"{name} = min(coalesce({name}, excluded.{name}), coalesce(excluded.{name}, {name}))"
            for name in ("published_on", "fetched_at")
        )
        self.db.execute(
            f"INSERT INTO earlier_pilots (article, programme, code, published_on, fetched_at) {pilots} "
            f"ON CONFLICT (article, programme, code) DO UPDATE SET {earliest} "
            "WHERE excluded.published_on < published_on OR excluded.fetched_at < fetched_at "
            "OR published_on IS NULL OR fetched_at IS NULL",
            values,
        )


def _insertion(table: str, row: Row, conflict: str) -> str:
    columns = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))}) {conflict}"
