"""Whole lists as CSV, XLSX or JSON: every row, whatever the pages show, streamed or written to disk first."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from datasette.app import Datasette
from datasette.filters import FilterArguments, Filters, search_filters
from datasette.utils.asgi import BadRequest, NotFound, Request

from db.export.cells import neutralise
from db.export.workbook import MAX_CHARS, MAX_ROWS
from db.file.read_only import Readable
from db.pages.parts.ask import find_site
from db.pages.parts.language import say
from db.pages.parts.text import strip_control
from db.pages.search import escape_search, search_rows
from db.public.hiding import Gate

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: Rows fetched at a time.
_BATCH = 500

#: Seconds within which a query must give its first row.
_PATIENCE = 20.0

#: Downloads at a time; more wait for their turn.
_AT_ONCE = 4
_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


class Rows:
    """An open query on a connection of its own: columns now, rows as they are asked for."""

    def __init__(
        self, path: Path, immutable: bool, side_files: Sequence[Any], sql: str, values: Mapping[str, Any]
    ) -> None:
        self.conn = sqlite3.connect(Readable(path, immutable).uri, uri=True, check_same_thread=False)
        self.gate = Gate(self.conn)
        self.conn.create_function("escape_fts", 1, escape_search, deterministic=True)
        for side_file in side_files:
            side_file.attach(self.conn)
        deadline = time.monotonic() + _PATIENCE
        self.conn.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
        try:
            self.cursor = self.conn.execute(sql, values)
            self.columns = [column[0] for column in self.cursor.description]
            self.first = self.cursor.fetchmany(_BATCH)
        except BaseException:
            self.conn.close()
            raise
        self.conn.set_progress_handler(None, 0)

    def batches(self) -> Any:
        batch = self.first
        while batch:
            yield [self.gate.hide(self.columns, row) for row in batch]
            batch = self.cursor.fetchmany(_BATCH)


def write_workbook(rows: Rows, target: Path, name: str) -> None:
    """All rows into an XLSX file, on further sheets where one is full; no formula and no link in it."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        bold = book.add_format({"bold": True})
        sheet, line = None, MAX_ROWS
        for batch in rows.batches() if rows.first else [()]:
            for row in batch or [None]:
                if line >= MAX_ROWS:
                    sheet = book.add_worksheet(f"{name[:24]} {len(book.worksheets()) + 1}")
                    sheet.freeze_panes(1, 0)
                    for column, title in enumerate(rows.columns):
                        sheet.write_string(0, column, title, bold)
                    line = 1
                if row is None:
                    continue
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(line, column, strip_control(value)[:MAX_CHARS])  # type: ignore[union-attr]
                    elif value is not None:
                        sheet.write_number(line, column, value)  # type: ignore[union-attr]
                line += 1


class Download:
    """Answers with one file; Datasette sends it."""

    def __init__(self, rows: Rows, name: str, kind: str) -> None:
        self.rows, self.name, self.kind = rows, name, kind

    async def asgi_send(self, send: Callable[..., Any]) -> None:
        headers = [
            (b"content-type", TYPES[self.kind].encode()),
            (b"content-disposition", f'attachment; filename="pantau-{self.name}.{self.kind}"'.encode()),
        ]
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            async for chunk in self._chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.rows.conn.close()

    def _chunks(self) -> AsyncIterator[bytes]:
        return {"csv": self._csv, "json": self._json, "xlsx": self._xlsx}[self.kind]()

    async def _batches(self) -> AsyncIterator[list[tuple[Any, ...]]]:
        batches = self.rows.batches()
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch

    async def _csv(self) -> AsyncIterator[bytes]:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self.rows.columns)
        async for batch in self._batches():
            writer.writerows(
                [neutralise(value) if isinstance(value, str) else value for value in row] for row in batch
            )
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
        yield text.getvalue().encode()

    async def _json(self) -> AsyncIterator[bytes]:
        between = "["
        async for batch in self._batches():
            parts = []
            for row in batch:
                parts.append(
                    between + json.dumps(dict(zip(self.rows.columns, row, strict=True)), ensure_ascii=False)
                )
                between = ",\n"
            yield "".join(parts).encode()
        yield b"]\n" if between != "[" else b"[]\n"

    async def _xlsx(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "list.xlsx"
            async with _turns.setdefault(loop, asyncio.Semaphore(_AT_ONCE)):
                await asyncio.to_thread(write_workbook, self.rows, target, self.name)
            with target.open("rb") as file:
                while chunk := await asyncio.to_thread(file.read, 1 << 16):
                    yield chunk


async def download(datasette: Datasette, request: Request) -> Download:
    """`/unduh/pilots.csv?regency_code=33.03`: a table or view, filtered, searched and sorted as its own page.

    What that page says to its filters (`stories__gt=2`), `_search`, `_sort` and `_sort_desc` holds here;
    what only concerns how a page looks (`_facet`, `_size`, `_next`) is passed over.
    """
    site, name, kind = find_site(datasette), request.url_vars["name"], request.url_vars["format"]
    if name not in datasette.metadata("databases")[site]["tables"]:
        raise NotFound(f"list {name}")
    columns_in_order = await datasette.get_database(site).table_columns(name)
    columns = set(columns_in_order)
    given = [(key, value) for key in request.args for value in request.args.getlist(key) if key[0] != "_"]
    chosen = Filters(sorted(given))
    known = {lookup for lookup, *_ in chosen.lookups()}
    for _, lookup, _ in chosen.selections():
        if lookup not in known:
            raise BadRequest(f"there is no filter {lookup[:60]!r}")
    descending = request.args.get("_sort_desc")
    order = descending or request.args.get("_sort")
    for column in (*(column for column, _, _ in chosen.selections()), *([order] if order else [])):
        if column not in columns:
            raise BadRequest(f"{name} has no column {column[:60]!r}")
    clauses, values = chosen.build_where_clauses(name)
    found = await find_rows(datasette, request, name, columns_in_order)
    where = " AND ".join([*clauses, *found.where_clauses]) or "1"
    sql = f'SELECT * FROM "{name}" WHERE {where}'
    if order:
        sql += f' ORDER BY "{order}"{" DESC" if descending else ""}'
    return await _open(datasette, sql, values | found.params, name, kind)


async def find_rows(
    datasette: Datasette, request: Request, table: str, columns: Sequence[str]
) -> FilterArguments:
    """What `_search` says to a table or view, on its page and in its downloads."""
    site = find_site(datasette)
    if await datasette.get_database(site).fts_table(table):
        return await search_filters(request, site, table, datasette)()
    if not (words := request.args.get("_search")):
        return FilterArguments([])
    where, values = search_rows(words, columns)
    return FilterArguments([where], values, [f'{say("search.go")}: "{words[:60]}"'])


async def download_answer(datasette: Datasette, request: Request) -> Download:
    """`/unduh/tanya/percontohan.xlsx?wilayah=Purbalingga`: all rows of a canned question."""
    site, name, kind = find_site(datasette), request.url_vars["name"], request.url_vars["format"]
    query = datasette.metadata("databases")[site]["queries"].get(name)
    if query is None:
        raise NotFound(f"question {name}")
    values = {key: request.args.get(key) or "" for key in query.get("inputs") or {}}
    return await _open(datasette, query["sql"], values, name, kind)


async def _open(datasette: Datasette, sql: str, values: Mapping[str, Any], name: str, kind: str) -> Download:
    database = datasette.get_database(find_site(datasette))
    try:
        rows = await asyncio.to_thread(
            Rows,
            Path(database.path),
            not database.is_mutable,
            [file for file in (datasette.summary_file, datasette.search_file) if file is not None],
            sql,
            values,
        )
    except sqlite3.OperationalError as error:
        raise BadRequest(f"{name}: {error}") from error
    return Download(rows, name, kind)
