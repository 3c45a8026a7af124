"""Buildings in the cells of a table, whose column names them: "Kecamatan | RPPA | Sport center"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from extract.article.layout.listings import Cell, Row, read_listings
from extract.claims.facilities.buildings import BuildingFinder

#: A pillar, the places of its building, and the tokens that tell it.
Told = tuple[str, list[Span], int, int]


def read_cells(finder: BuildingFinder) -> Iterator[Told]:
    """The buildings that a cell says to be there, each in its row's kecamatan."""
    for listing in read_listings(finder.view):
        for row in listing.rows:
            for cell in row.cells:
                pillars = {b.pillar for b in finder.find(*cell.column)} if cell.column[1] else set()
                if len(pillars) == 1:
                    yield from _read_cell(finder, row, cell, pillars.pop())


def _read_cell(finder: BuildingFinder, row: Row, cell: Cell, pillar: str) -> Iterator[Told]:
    if cell.first >= cell.last or not _stands(finder, cell):
        return
    here = finder.places.within(cell.first, cell.last)
    kecamatan = [p for p in finder.places.within(row.first, row.last) if p.label_ == "KECAMATAN"][:1]
    if spans := [*here, *(p for p in kecamatan if p not in here)]:
        yield pillar, spans, min(s.start for s in spans), max(cell.last, *(s.end for s in spans))


def _stands(finder: BuildingFinder, cell: Cell) -> bool:
    """Whether a cell says that what its column names is there: "Ada", "✓", "2 unit", "Desa Meteseh"."""
    words, lower = finder.words, finder.lower
    if lower[cell.first] in words.absent_cells or finder.unreal(cell.first, cell.last):
        return False
    numbers = finder.view.spans_in("numbers", cell.first, cell.last)
    if numbers and numbers[0].start == cell.first and numbers[0].label_ == "COUNT":
        return int(numbers[0].kb_id_) > 0
    named = bool(finder.places.within(cell.first, cell.last))
    return named or lower[cell.first] in words.present_cells
