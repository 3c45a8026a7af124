"""Short words of the exports: headings, table names, what a key means, units of figures."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from db.describe import Words, load_descriptions

#: Where a column that comes from a joined table is described, in this order.
_JOINED = ("all_claims", "quantity_reports", "responsibility_matrix", "pilot_kecamatan", "articles")


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))


def find_title(table: str) -> Words:
    """What a table is called."""
    return Words.read(load_descriptions()[table]["title"])


def find_description(table: str) -> Words:
    """What one row of an exported table is."""
    return Words.read(_load()["tables"].get(table) or load_descriptions()[table]["description"])


def find_meaning(table: str, column: str) -> Words:
    """The long description of a column, from `db/site/metadata.yml`; empty for one that nobody described."""
    described = load_descriptions()
    for name in (table, *_JOINED):
        if text := described.get(name, {}).get("columns", {}).get(column):
            return Words.read(text)
    return Words("", "")


def find_heading(table: str, column: str) -> Words:
    """A column's title for people: a few words."""
    columns = _load()["columns"]
    if text := columns.get(f"{table}.{column}") or columns.get(column):
        return Words.read(text)
    return Words(*(_first_words(text) or column for text in find_meaning(table, column)))


def find_values(table: str, column: str) -> dict[str, str]:
    """Key -> what a spreadsheet shows for it; empty where the column holds no keys."""
    values = _load()["values"]
    found: dict[str, str] = values.get(f"{table}.{column}", values.get(column, {}))
    return found


def find_notes() -> list[Words]:
    """What a reader of the workbook must know before trusting a cell."""
    return [Words.read(text) for text in _load()["notes"]]


def find_unit(column: str) -> Words:
    """The unit of a figure; empty where it has none."""
    return Words.read(_load()["units"].get(column, ""))


def _first_words(text: str) -> str:
    return re.split(r"[;,(:.]", text, maxsplit=1)[0].strip()
