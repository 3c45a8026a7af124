"""Sizes of cells in the workbook."""

from __future__ import annotations

import math

from db.export.columns import Column

#: Characters of width: by column, then by kind.
_WIDTHS = {
    "quote": 34,
    "sentence": 60,
    "title": 40,
    "url": 48,
    "agency_type_name": 26,
    "agency_name": 32,
    "agency_names": 36,
    "pillar_name": 30,
    "measure_name": 28,
    "regency": 24,
    "region": 24,
    "role": 32,
    "name": 30,
    "outlet_name": 20,
    "event": 20,
    "status": 20,
    "warc_file": 40,
    "warc_digest": 38,
    "rule": 24,
    "article": 28,
    "story": 28,
    "id": 28,
    "authors": 24,
    "tags": 28,
    "confidence": 11,
}
_WIDTH_OF_KIND = {"date": 13, "moment": 18, "integer": 11, "number": 11}

_MAX_HEIGHT = 409


def count_lines(text: str, width: int) -> int:
    """Lines that a text needs in a column of this many characters: a bit many rather than too few."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def height(lines: int) -> float:
    """Points of a row with so many lines of the workbook's font; a sheet has a bound for them."""
    return min(4 + 13 * lines, _MAX_HEIGHT)


def find_width(column: Column) -> int:
    """Characters of a table's column."""
    return _WIDTHS.get(column.name) or _WIDTH_OF_KIND.get(column.kind, 18)
