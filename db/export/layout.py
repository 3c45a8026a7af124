"""Sizes of cells in the workbook."""

from __future__ import annotations

import math

_MAX_HEIGHT = 409


def count_lines(text: str, width: int) -> int:
    """Lines that a text needs in a column of this many characters: a bit many rather than too few."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def height(lines: int) -> float:
    """Points of a row with so many lines of the workbook's font; a sheet has a bound for them."""
    return min(4 + 13 * lines, _MAX_HEIGHT)
