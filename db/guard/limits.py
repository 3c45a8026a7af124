"""A served database whose queries have a bound of memory, of result and of how many work at a time.

Visitors' own SQL, and what Datasette's table pages ask, works in threads of its own, so that endless
queries wait for each other and the site's pages are answered by others. Every connection of a file is
opened when the site is made: a file that is replaced meanwhile never shows through on half a page.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

#: Whether the request that is being answered is one of Datasette's own addresses, where visitors choose the
#: query; `db.guard.requests` sets it.
by_visitor: ContextVar[bool] = ContextVar("by_visitor", default=False)

#: Queries at a time: of pages, and of visitors. Each has a thread and a connection.
_PAGES, _VISITORS = 4, 2

#: Visitors' queries that may wait; at two seconds each the last would wait for half a minute.
_WAITING = 24

#: Bytes of one value that a visitor's query may make of a public file, whose longest is a cut sentence. It
#: also bounds what a single call of a function may take, which no time limit can stop: `instr` of two such
#: texts compares half a second.
_LONGEST = 200_000

#: Bytes of one value anywhere else: a working database has whole articles.
_LONGEST_OF_PAGES = 16_000_000

#: Columns of one result; each may be an aggregate that grows to the longest value. The widest table has 40.
_COLUMNS = 200

#: Bytes that SQLite may take in this process, all connections together. One query takes at most
#: `_COLUMNS` times `_LONGEST`, 40 MB.
_HEAP = 160_000_000

#: Bytes of text in the rows of one visitor's query.
_RESULT = 8_000_000


class BusyError(Exception):
    """More visitors' queries wait than may."""


class TooMuchError(sqlite3.OperationalError):
    """A query asks for more memory or a larger result than it may have."""


class _Counted:
    """Makes the rows of a visitor's connection and stops at a result that is too large."""

    def __init__(self, make: Any) -> None:
        self.make = make
        self.left = _RESULT

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Any:
        self.left -= sum(len(value) if isinstance(value, (str, bytes)) else 8 for value in values)
        if self.left < 0:
            raise TooMuchError("the result is too large; ask for fewer rows or columns")
        return self.make(cursor, values)


class LimitedDatabase(Database):  # type: ignore[misc]
    """A file as Datasette asks it, within the bounds of this module; `open` comes before the first query."""

    def __init__(self, ds: Datasette, path: str, is_mutable: bool) -> None:
        super().__init__(ds, path=path, is_mutable=is_mutable)
        self._free: dict[bool, queue.SimpleQueue[sqlite3.Connection]] = {}
        self._threads = {
            visitors: ThreadPoolExecutor(
                number, thread_name_prefix=f"sql-{'visitors' if visitors else 'pages'}"
            )
            for visitors, number in ((False, _PAGES), (True, _VISITORS))
        }
        self._waiting = 0

    def open(self) -> None:
        """Open all connections; raises `sqlite3.Error` where the file can't be read."""
        for visitors, number in ((False, _PAGES), (True, _VISITORS)):
            self._free[visitors] = queue.SimpleQueue()
            for _ in range(number):
                self._free[visitors].put(self._connect(visitors))

    def _connect(self, visitors: bool) -> sqlite3.Connection:
        conn: sqlite3.Connection = self.connect()
        limit_connection(conn, visitors=visitors, public=not self.is_mutable)
        self.ds._prepare_connection(conn, self.name)
        if visitors:
            conn.row_factory = _Counted(conn.row_factory or sqlite3.Row)
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the file itself
        return conn

    def close(self) -> None:
        """Give threads and connections back once their last query is answered."""
        for threads in self._threads.values():
            threads.shutdown(wait=True)
        super().close()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `fn` gives of a connection. Raises `BusyError`, and `TooMuchError` where memory ends."""
        visitors = by_visitor.get()
        if not self._free:
            self.open()
        if visitors and self._waiting >= _WAITING:
            raise BusyError
        self._waiting += visitors
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads[visitors], self._run, visitors, fn
            )
        finally:
            self._waiting -= visitors

    def _run(self, visitors: bool, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        free = self._free[visitors]
        conn = free.get()
        try:
            if isinstance(conn.row_factory, _Counted):
                conn.row_factory.left = _RESULT
            return fn(conn)
        except MemoryError as error:
            raise TooMuchError("the query takes too much memory") from error
        except sqlite3.DataError as error:  # "string or blob too big"
            raise TooMuchError(str(error)) from error
        finally:
            free.put(conn)

    async def execute(self, sql: str, *args: Any, **options: Any) -> Any:
        """As Datasette's own; what a visitor's query has wrong is told to the visitor, not to the log."""
        if by_visitor.get():
            options["log_sql_errors"] = False
        return await super().execute(sql, *args, **options)


def limit_connection(conn: sqlite3.Connection, *, visitors: bool, public: bool) -> None:
    """Bound what any query of a connection to a served file may take of the memory."""
    longest = _LONGEST if visitors and public else _LONGEST_OF_PAGES
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    if visitors:
        conn.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _COLUMNS)


def bound_heap() -> None:
    """Bound what SQLite may take in this process, for good and for every connection: of a server alone."""
    conn = sqlite3.connect(":memory:")
    conn.execute(f"PRAGMA hard_heap_limit = {_HEAP}")
    conn.close()
