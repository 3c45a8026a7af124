"""Tables among a text's lines: rows on a line ("Weru | Sukoharjo | Ada"), or one cell a line.

Sites flatten tables when they hand on their text: each cell becomes a line. What makes such a run of short
lines a table is a header with the names of columns, and that below it each column holds things of one kind.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from extract.article.layout.lines import Line
from extract.vocabulary.tokens import CELL, TERMINAL, TextRules

#: Characters; a longer line is no cell that stands alone, and a longer cell of a ruled line is prose.
LONGEST_CELL, LONGEST_RULED = 80, 200
#: Columns of a table that is written one cell a line, and rows below its header.
COLUMNS, FEWEST_ROWS = range(2, 9), 2
#: Columns of rows on a line.
MOST_COLUMNS = 12
#: From this share of its cells on a column is one of places, from this mean share of one kind on columns are
#: those of a table.
OF_PLACES, ALIKE = 0.75, 0.75
#: Cells that a search for a table looks at: a longer table is read in parts.
MOST_CELLS = 600

_NUMBER = re.compile(r"(?:Rp\.? ?)?\d[\d.,]*(?: (?:\w{1,9}|%))?\.?|\d+\.")
_NAME_SPLIT = re.compile(r"\s*(?:,|;|/|&|\bdan\b|\bserta\b)\s*")
_NAME_KIND = re.compile(r"(?:kecamatan|kec|kabupaten|kab|kota)\b\.?\s*", re.IGNORECASE)
#: What parts cells, and what the line under a header of typewriter's tables consists of.
_PARTS, _RULING = ("\t", "¦", "|"), frozenset(" |:+-=\t")

#: Kinds of cells that hold names of places.
_PLACES = frozenset(("place", "regency", "kecamatan"))

#: (start, end) of a cell in the text.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines `first` to `last` (exclusive) as rows of cells; the first row names the columns if `headed`."""

    first: int
    last: int
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool


def find_tables(text: str, lines: Sequence[Line], rules: TextRules) -> Iterator[Table]:
    """The tables of a text, in order; they share no line."""
    behind = 0
    for first, last in _ruled_runs(text, lines):
        yield from _cell_tables(text, lines, behind, first, rules)
        yield _ruled(text, lines, first, last, rules)
        behind = last
    yield from _cell_tables(text, lines, behind, len(lines), rules)


# --- rows on a line -----------------------------------------------------------------------------------


def _cut(text: str, line: Line) -> list[Cell]:
    """The cells of a line that has bars or tabs between them; one alone for any other line."""
    printed = text[line.start : line.end]
    barred = f" {printed} "  # the first or the last cell may be empty
    mark = next((m for m in _PARTS if (CELL if m == "|" else m) in barred), "")
    if not mark:
        return [(line.start, line.end)]
    cuts = [at for at, letter in enumerate(printed, line.start) if letter == mark]
    framed = mark == "|" and cuts[0] == line.start and cuts[-1] == line.end - 1
    ends = cuts if framed else [line.start - 1, *cuts, line.end]
    return [_trim(text, before + 1, after) for before, after in itertools.pairwise(ends)]


def _trim(text: str, start: int, end: int) -> Cell:
    """A range without the blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(end - len(piece) + len(piece.rstrip()), start)


def _ruled_runs(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """(first, last) of two lines and more with cells; a single one is prose with a bar in it."""

    def is_ruled(line: Line) -> bool:
        cells = _cut(text, line)
        return 1 < len(cells) <= MOST_COLUMNS and all(b - a <= LONGEST_RULED for a, b in cells)

    at = 0
    for ruled, group in itertools.groupby(lines, key=is_ruled):
        size = sum(1 for _ in group)
        if ruled and size > 1:
            yield at, at + size
        at += size


def _ruled(text: str, lines: Sequence[Line], first: int, last: int, rules: TextRules) -> Table:
    kept = [line for line in lines[first:last] if not _RULING.issuperset(text[line.start : line.end])]
    rows = tuple(tuple(_cut(text, line)) for line in kept)
    kinds = {_kind(text, cell, rules) for cell in rows[0]} if rows else _PLACES
    return Table(first, last, rows, kinds.isdisjoint(_PLACES) and _is_header(text, rows[0], rules))


def _is_header(text: str, cells: Sequence[Cell], rules: TextRules) -> bool:
    return any(rules.columns.fullmatch(text, *cell) for cell in cells)


# --- one cell a line ----------------------------------------------------------------------------------


def _kind(text: str, cell: Cell, rules: TextRules) -> str:
    """What a cell holds: "number", "state", "other", or names: "regency", "kecamatan", "place" of either."""
    printed = text[slice(*cell)]
    if _NUMBER.fullmatch(printed):
        return "number"
    if rules.states.fullmatch(printed):
        return "state"
    names = [_NAME_KIND.sub("", name) for name in _NAME_SPLIT.split(printed) if name]
    folded = {"".join(name.split()).lower() for name in names}
    if not folded or not folded <= rules.regencies | rules.kecamatan:
        return "other"
    if folded <= rules.regencies:
        return "place" if folded <= rules.kecamatan else "regency"
    return "kecamatan"


def _is_cell(text: str, line: Line, rules: TextRules) -> bool:
    """Whether a line may be a cell: short, and neither a sentence nor an announcement nor an item."""
    if line.end - line.start > LONGEST_CELL:
        return False
    last = text[line.end - 1]
    if last in TERMINAL:
        return bool(_NUMBER.fullmatch(text, line.start, line.end)) or bool(
            rules.columns.fullmatch(text, line.start, line.end)
        )
    return last not in ":;,"


def _cell_tables(
    text: str, lines: Sequence[Line], first: int, last: int, rules: TextRules
) -> Iterator[Table]:
    at = first
    for short, group in itertools.groupby(lines[first:last], key=lambda line: _is_cell(text, line, rules)):
        size = sum(1 for _ in group)
        if short and size > 2 * COLUMNS.start:
            found = _find_period(text, lines, at, min(at + size, at + MOST_CELLS), rules)
            if found is not None:
                yield found
        at += size


def _find_period(text: str, lines: Sequence[Line], first: int, last: int, rules: TextRules) -> Table | None:
    """The table that begins at the first line with a column's name; None where columns hold no one kind."""
    cells = [(line.start, line.end) for line in lines[first:last]]
    named = [bool(rules.columns.fullmatch(text, *cell)) for cell in cells]
    if not any(named):
        return None
    begin = named.index(True)
    kinds = [_kind(text, cell, rules) for cell in cells[begin:]]
    named = named[begin:]
    rated = ((_rate(kinds, named, width), -width) for width in COLUMNS)
    best, width = max(rated)
    if best < ALIKE:
        return None
    width = -width
    end = len(kinds) // width * width
    end = _own_end(kinds, width, end)
    rows = tuple(tuple(cells[begin + i : begin + i + width]) for i in range(0, end, width))
    return Table(first + begin, first + begin + end, rows, True)


def _own_end(kinds: Sequence[str], width: int, end: int) -> int:
    """Where the last row ends whose places stand in the columns of places."""
    columns = [kinds[at:end:width][1:] for at in range(width)]
    of_places = [at for at, column in enumerate(columns) if _share(column, _PLACES) >= OF_PLACES]
    rows = range(width, end, width)
    return next((at for at in rows if any(kinds[at + c] not in _PLACES for c in of_places[:1])), end)


def _share(column: Sequence[str], kinds: Container[str]) -> float:
    return sum(kind in kinds for kind in column) / len(column)


def _likeness(column: Sequence[str]) -> tuple[float, str]:
    """The largest share of a column's cells that are of one kind, and that kind."""
    kinds = {kind: _share(column, (kind, "place") if kind in _PLACES else (kind,)) for kind in set(column)}
    kind = max(kinds, key=lambda one: (kinds[one], one != "place"))
    return kinds[kind], kind


def _rate(kinds: Sequence[str], named: Sequence[bool], width: int) -> float:
    """How well cells fall into columns of one kind: 0 to 1; 0 where no column is one of places."""
    rows = len(kinds) // width
    if rows < FEWEST_ROWS or not {*_PLACES, "number"}.isdisjoint(kinds[:width]):
        return 0.0
    if sum(named[:width]) < min(2, width - 1):
        return 0.0
    columns = [kinds[at : rows * width : width][1:] for at in range(width)]
    likeness = [_likeness(column) for column in columns]
    kinds_told = [kind for _, kind in likeness]
    if kinds_told.count("kecamatan") > 1 and {"regency", "place"}.isdisjoint(kinds_told):
        return 0.0  # the lines of a list, cut at random
    shares = [share for share, _ in likeness]
    placed = any(kind in _PLACES and share >= OF_PLACES for share, kind in likeness)
    all_named = all(named[:width]) and len(kinds) % width == 0
    return sum(shares) / width if placed or all_named else 0.0
