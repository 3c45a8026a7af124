"""Registers with Datasette: the pages, what templates are given, language and policy around answers."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.filters import FilterArguments
from datasette.utils import tilde_encode
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup

from db.describe import Words
from db.file.read_only import Readable
from db.pages import archive, discovery, policy
from db.pages.downloads import find_rows
from db.pages.parts.ask import find_site, is_link, mark_quote, shorten
from db.pages.parts.coverage import describe_period, tell_coverage, tell_watch, write_span
from db.pages.parts.language import (
    find_heading,
    language,
    name_of,
    pick,
    say,
    say_term,
    write_bytes,
    write_date,
    write_dates,
    write_number,
    write_time,
)
from db.pages.parts.links import article_path, claim_path, page_path, term_path
from db.pages.parts.said import join_alternatives, name_terms, write_quantity
from db.pages.routes import build_routes
from db.pages.search import escape_search, mark_words
from db.pages.sql_page import EXAMPLES
from db.public.hiding import Rows, holds_private
from db.public.summaries import SUMMARIES

#: What an input of a canned query may suggest: its `choices` in metadata.yml -> (value, label).
_CHOICES = {
    "regencies": "SELECT name, name FROM regencies ORDER BY name",
    "pillars": "SELECT id, name FROM pillars ORDER BY name",
}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_LINK = re.compile(r"https?://(?:www\.)?([^/?#\s]+)")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[Any]:
    return build_routes()


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Any:
    return partial(policy.wrap, datasette=datasette)


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """What went wrong with a question that a visitor put is the question's fault, not a defect."""
    return policy.explain(datasette, request, exception)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    # Globals, since Datasette hands error pages nothing else.
    site = find_site(datasette)
    block = datasette.metadata("databases")[site]

    async def choices(kind: str) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in (await datasette.execute(site, _CHOICES[kind])).rows]

    async def as_of() -> str | None:
        """The day of the newest finished crawl, or of the newest article where none was ever made."""
        sql = (
            "SELECT coalesce((SELECT max(finished_at) FROM crawls), (SELECT max(published_on) FROM articles))"
        )
        day: str | None = (await datasette.execute(site, sql)).first()[0]
        return day[:10] if day else None

    async def references(table: str, cells: Iterable[dict[str, Any]]) -> dict[str, tuple[str, str]]:
        """Column -> address and label of the row that a cell of a row's own page refers to."""
        values = {cell["column"]: cell["raw"] for cell in cells if cell["raw"] is not None}
        found = {}
        for key in await datasette.get_database(site).foreign_keys_for_table(table):
            column, value = key["column"], values.get(key["column"])
            if value is not None:
                labels = await datasette.expand_foreign_keys(site, table, column, [value])
                address = datasette.urls.row(site, key["other_table"], tilde_encode(str(value)))
                found[column] = (address, str(labels.get((column, value), value)))
        return found

    async def site_period() -> dict[str, Any]:
        """The days that the site speaks of, whether all of it is invented, and whether its data are old."""
        try:
            rows = await datasette.execute(site, "SELECT window_from, window_to, invented FROM headline")
        except QueryInterrupted:
            return {}  # the page that says so is drawn by the same template
        row = rows.first()
        return describe_period(row["window_from"], row["window_to"], invented=bool(row["invented"]))

    env.filters.update(
        json_list=json.loads,
        tilde=tilde_encode,
        origin=lambda address: "/".join(address.split("/", 3)[:3]) if "://" in address else "",
    )
    env.globals.update(
        references=references,
        as_of=as_of,
        site_period=site_period,
        tell_coverage=tell_coverage,
        tell_watch=tell_watch,
        write_span=write_span,
        site=site,
        site_title=Words.read(datasette.metadata("title")),
        site_about=datasette.metadata("description"),
        site_tables=block["tables"],
        site_has_archive=archive.can_open(datasette),
        site_queries=block["queries"],
        site_has_text="text" in block["tables"]["articles"]["columns"],
        sql_examples=EXAMPLES,
        summary_tables=frozenset(SUMMARIES),
        choices=choices,
        language=language.get,
        other_language=policy.other_language,
        here=policy.full_address,
        canonical=policy.canonical_address,
        dataset=lambda figures: discovery.describe_dataset(datasette, figures),
        page=lambda path: page_path(datasette, path),
        article_page=lambda article, claim=None: page_path(datasette, article_path(article, claim)),
        claim_page=lambda claim: page_path(datasette, claim_path(claim["id"])),
        office_page=lambda office: page_path(datasette, f"/instansi/{quote(office, safe='/+')}"),
        site_address=policy.site_address,
        term_page=lambda kind, key: page_path(datasette, term_path(kind, key)),
        words=Words.read,
        pick=pick,
        say=say,
        say_term=say_term,
        heading=find_heading,
        name_of=name_of,
        name_terms=name_terms,
        join_alternatives=join_alternatives,
        write_quantity=write_quantity,
        write_date=write_date,
        write_dates=write_dates,
        write_time=write_time,
        write_number=write_number,
        write_bytes=write_bytes,
        mark_quote=mark_quote,
        mark_found=mark_words,
        shorten=shorten,
        is_link=is_link,
    )


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    # Datasette's own escaping answers a lone quotation mark with an error page.
    if database == find_site(datasette) and holds_private(conn):
        shown = datasette.get_database(database)
        conn.row_factory = Rows(Readable(Path(shown.path), immutable=not shown.is_mutable).uri)
    conn.create_function("escape_fts", 1, escape_search, deterministic=True)
    for side_file in (datasette.summary_file, datasette.search_file):
        if side_file is not None and database == find_site(datasette):
            side_file.attach(conn)


@hookimpl  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, database: str, table: str, datasette: Datasette) -> Any:
    """`_search` for whatever Datasette has no full-text index of."""

    async def search() -> FilterArguments:
        shown = datasette.get_database(database)
        if database != find_site(datasette) or await shown.fts_table(table):
            return FilterArguments([])  # Datasette's own search, where it has one
        return await find_rows(datasette, request, table, await shown.table_columns(table))

    return search


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None) -> str | None:
    """Links as the site that they lead to, lists and objects that are kept as JSON without their brackets.

    Dates of answers to questions are in the reader's form; in tables they stay as filters want them.
    """
    if not isinstance(value, str):
        return None
    if table is None and _DAY.fullmatch(value):
        return Markup('<time datetime="{}">{}</time>').format(value, write_date(value))
    if column in ("url", "tautan") and (link := _LINK.match(value)):
        return Markup('<a href="{}" title="{}">{}</a>').format(value, value, link[1])
    if column not in ("authors", "tags", "problems", "counts"):
        return None
    try:
        data = json.loads(value)
    except ValueError:
        return None
    if isinstance(data, list):
        return ", ".join(map(str, data)) or None
    if isinstance(data, dict):
        return ", ".join(f"{key} {number}" for key, number in data.items()) or None
    return None
