"""Hands the templates what they show beside Datasette's own: headline figures, choices, both languages."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from jinja2 import Environment
from markupsafe import Markup

from db.describe import Words

_HEADLINE = """
SELECT (SELECT count(*) FROM pilots) AS pilots,
       (SELECT count(DISTINCT code) FROM coverage WHERE articles > 0) AS covered,
       (SELECT count(*) FROM regencies) AS regencies,
       (SELECT count(DISTINCT story) FROM relevant_articles) AS stories,
       (SELECT count(DISTINCT article) FROM relevant_articles) AS articles,
       (SELECT count(DISTINCT outlet) FROM relevant_articles) AS outlets,
       (SELECT max(published_on) FROM relevant_articles) AS last_reported,
       (SELECT substr(max(finished_at), 1, 10) FROM crawls) AS last_crawl
"""

#: What an input of a canned query may suggest: its `choices` in metadata.yml -> (value, label).
_CHOICES = {
    "regencies": "SELECT name, name FROM regencies ORDER BY name",
    "pillars": "SELECT id, name FROM pillars ORDER BY name",
}

_LINK = re.compile(r"https?://(?:www\.)?([^/?#\s]+)")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def find_site(datasette: Datasette) -> str:
    """The name of the one database that is served."""
    names: list[str] = [name for name in datasette.databases if not name.startswith("_")]
    return names[0]


def write_date(iso: str | None) -> str:
    """ "2025-10-30" -> "30 Okt 2025"; whatever is no date stays as it is."""
    parts = (iso or "").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso or "–"
    return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def write_number(value: int) -> str:
    """1234567 -> "1.234.567", as Indonesian has it."""
    return f"{value:,}".replace(",", ".")


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    # Globals, since Datasette hands error pages nothing else.
    site = find_site(datasette)
    block = datasette.metadata("databases")[site]

    async def headline() -> dict[str, Any]:
        return dict((await datasette.execute(site, _HEADLINE)).rows[0])

    async def choices(kind: str) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in (await datasette.execute(site, _CHOICES[kind])).rows]

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

    env.globals.update(
        references=references,
        site=site,
        site_title=Words.read(datasette.metadata("title")),
        site_tables=block["tables"],
        site_queries=block["queries"],
        site_has_text="text" in block["tables"]["articles"]["columns"],
        words=Words.read,
        write_date=write_date,
        write_number=write_number,
        headline=headline,
        choices=choices,
    )


def escape_search(query: str) -> str:
    """What a visitor types, for FTS5: every word must occur, quoted words together; no syntax error."""
    parts = [phrase or word.replace('"', "") for phrase, word in re.findall(r'"([^"]+)"|(\S+)', query)]
    # A phrase without any letter finds nothing, where an empty query would be an error.
    return " ".join(f'"{part}"' for part in parts if part) or '"."'


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    # Datasette's own escaping answers a lone quotation mark with an error page.
    conn.create_function("escape_fts", 1, escape_search, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str) -> str | None:
    """Links as the site that they lead to; lists and objects that are kept as JSON without their brackets."""
    if not isinstance(value, str):
        return None
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
