"""Whole lists as CSV, XLSX or JSON: every row, whatever the pages show, streamed or written to disk first."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from datasette.app import Datasette
from datasette.filters import FilterArguments, Filters, search_filters
from datasette.utils import InvalidSql, derive_named_parameters, validate_sql_select
from datasette.utils.asgi import BadRequest, NotFound, Request, Response

from db.describe import Words
from db.export.cells import neutralise
from db.export.words import find_heading as find_words
from db.export.workbook import MAX_ROWS
from db.file.read_only import Readable
from db.guard.limits import limit_connection
from db.pages.parts.ask import find_site
from db.pages.parts.language import find_heading, pick, say, say_term, write_date
from db.pages.parts.list_book import About, ListBook
from db.pages.search import escape_search, search_rows
from db.public.hiding import Gate

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: Rows fetched at a time.
_BATCH = 500
_BATCH_OF_VISITORS = 20

#: Seconds within which a query must give its first row.
_PATIENCE = 20.0

#: Codes of areas, which look like numbers: "33.10", "33.10.02".
_CODE = re.compile(r"\d{2}(\.\d{2}){1,2}(\.\d{4})?")

#: Downloads at a time; more wait for their turn.
_AT_ONCE = 4
_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


class Rows:
    """An open query on a connection of its own: columns now, rows as they are asked for."""

    def __init__(
        self,
        path: Path,
        immutable: bool,
        side_files: Sequence[Any],
        sql: str,
        values: Mapping[str, Any],
        seconds: float | None = None,
    ) -> None:
        self.conn = sqlite3.connect(Readable(path, immutable).uri, uri=True, check_same_thread=False)
        # A query of a visitor's own may make rows of any size.
        self.at_a_time = _BATCH if seconds is None else _BATCH_OF_VISITORS
        limit_connection(self.conn, visitors=seconds is not None, public=immutable)
        self.gate = Gate(self.conn)
        self.conn.create_function("escape_fts", 1, escape_search, deterministic=True)
        for side_file in side_files:
            side_file.attach(self.conn)
        deadline = time.monotonic() + (seconds or _PATIENCE)
        self.conn.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
        try:
            self.cursor = self.conn.execute(sql, values)
            self.columns = [column[0] for column in self.cursor.description]
            self.first = self.cursor.fetchmany(self.at_a_time)
        except BaseException:
            self.conn.close()
            raise
        if seconds is None:
            self.conn.set_progress_handler(None, 0)

    def batches(self) -> Any:
        batch = self.first
        while batch:
            yield [self.gate.hide(self.columns, row) for row in batch]
            batch = self.cursor.fetchmany(self.at_a_time)


def write_workbook(rows: Rows, target: Path, about: About) -> None:
    """All rows into an XLSX file; no formula and no link in it."""
    book = ListBook(target, about, MAX_ROWS)
    for batch in rows.batches():
        book.write(batch)
    book.close()


class Download:
    """Answers with one file; Datasette sends it."""

    def __init__(self, rows: Rows, name: str, kind: str, about: About, *, for_excel: bool = False) -> None:
        self.rows, self.name, self.kind, self.about, self.for_excel = rows, name, kind, about, for_excel

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
        if self.for_excel:
            text.write("\ufeff")
        writer = csv.writer(text, delimiter=";" if self.for_excel else ",")
        writer.writerow(self.rows.columns)
        async for batch in self._batches():
            writer.writerows([self._cell(value) for value in row] for row in batch)
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
        yield text.getvalue().encode()

    def _cell(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        # A spreadsheet would read 33.10 as the number 33.1; a formula whose value is a text stays a text.
        return f'="{value}"' if self.for_excel and _CODE.fullmatch(value) else neutralise(value)

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
                await asyncio.to_thread(write_workbook, self.rows, target, self.about)
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
    return await _open(datasette, request, sql, values | found.params, name, kind)


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
    return await _open(datasette, request, query["sql"], values, name, kind)


async def download_sql(datasette: Datasette, request: Request) -> Download:
    """`/unduh/sql.xlsx?sql=SELECT…&NAME=…`: all rows of a question of the reader's own, within its time."""
    site, sql = find_site(datasette), (request.args.get("sql") or "").strip()
    await datasette.ensure_permissions(request.actor, [("execute-sql", site)])
    try:
        validate_sql_select(sql)
    except InvalidSql as error:
        raise BadRequest(str(error)) from error
    names = await derive_named_parameters(datasette.get_database(site), sql)
    values = {name: request.args.get(name) or "" for name in names}
    kind = request.url_vars["format"]
    return await _open(datasette, request, sql, values, "sql", kind, bounded=True)


async def column_guide(datasette: Datasette, request: Request) -> Response:
    """`/unduh/pilots.kolom.csv`: what each column of a list is called, holds and means."""
    name = request.url_vars["name"]
    block = datasette.metadata("databases")[find_site(datasette)]["tables"].get(name)
    if block is None:
        raise NotFound(f"list {name}")
    details = await datasette.get_database(find_site(datasette)).table_column_details(name)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["column", "judul", "heading", "type", "arti", "meaning"])
    for column in details:
        meaning = Words.read(block["columns"].get(column.name, ""))
        heading = find_words(name, column.name)
        writer.writerow([column.name, *heading, _type_of(column), *meaning])
    return Response(
        text.getvalue(),
        headers={"content-disposition": f'attachment; filename="pantau-{name}.kolom.csv"'},
        content_type=TYPES["csv"],
    )


def _type_of(column: Any) -> str:
    """How a program should read a column: a code is text, since 33.10 is not 33.1."""
    if column.name == "code" or column.name.endswith("_code"):
        return "text (code)"
    if column.name.endswith(("_reported", "_on")):
        return "date"
    return {"INTEGER": "integer", "REAL": "number"}.get(column.type, "text")


async def _about(
    datasette: Datasette, request: Request, name: str, columns: Sequence[str], sql: str
) -> About:
    """What a workbook says of itself: where it is from, of which day, what was chosen, what columns mean."""
    site = find_site(datasette)
    block = datasette.metadata("databases")[site]
    entry = block["tables"].get(name) or block["queries"].get(name) or {}
    meanings = entry.get("columns", {})
    as_of = await datasette.execute(
        site,
        "SELECT coalesce((SELECT max(finished_at) FROM crawls), (SELECT max(published_on) FROM articles))",
    )
    chosen = request.query_string if name != "sql" else ""
    lines = [
        (say("book.what"), f"{pick(entry['description'])}." if entry.get("description") else sql),
        (say("book.source"), str(datasette.absolute_url(request, request.full_path))),
        (say("book.chosen"), unquote_plus(chosen)),
        (say("book.as_of"), write_date((as_of.first()[0] or "")[:10])),
        (say("book.licence"), pick(datasette.metadata("license"))),
        (say("book.codes"), say("book.codes_how")),
    ]
    return About(
        title=pick(entry["title"]) if entry.get("title") else "SQL",
        lines=[(label, text) for label, text in lines if text],
        columns=[
            (
                find_heading(name, column) if name in block["tables"] else say_term("column", column),
                pick(meanings.get(column, "")),
                column,
            )
            for column in columns
        ],
    )


async def _open(
    datasette: Datasette,
    request: Request,
    sql: str,
    values: Mapping[str, Any],
    name: str,
    kind: str,
    *,
    bounded: bool = False,
) -> Download:
    """`bounded` holds all rows to the time that a first one may take: the question is a stranger's."""
    database = datasette.get_database(find_site(datasette))
    try:
        rows = await asyncio.to_thread(
            Rows,
            Path(database.path),
            not database.is_mutable,
            [file for file in (datasette.summary_file, datasette.search_file) if file is not None],
            sql,
            values,
            datasette.setting("sql_time_limit_ms") / 1000 if bounded else None,
        )
    except sqlite3.Error as error:
        raise BadRequest(f"{name}: {error}") from error
    about = await _about(datasette, request, name, rows.columns, sql)
    return Download(rows, name, kind, about, for_excel=bool(request.args.get("_excel")))
