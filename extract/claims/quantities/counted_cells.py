"""Figures in a table's cells, whose column says what they count: "Kabupaten | RPPA | Sport center"."""

from __future__ import annotations

from collections.abc import Iterator

from extract.article.layout.listings import Cell, Row, read_listings
from extract.article.view import View
from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import QuantityTables
from extract.claims.quantities.nouns import Noun, Nouns
from extract.claims.quantities.regions import Region
from extract.vocabulary.load import MeasureTerm

RULE = "quantities.cell"


def read_cells(view: View, tables: QuantityTables) -> Iterator[tuple[Count, MeasureTerm, Region]]:
    """The figure of each cell whose column names a measure, as one of its row's regency.

    Rows of kecamatan and villages give none: a measure is one of a regency or the province.
    """
    nouns = Nouns(view, tables)
    for listing in read_listings(view):
        for row in listing.rows:
            if row.cells and row.regency and not _is_of_inner(view, row):
                for cell in row.cells:
                    yield from _read_cell(view, tables, nouns, row, cell)


def _is_of_inner(view: View, row: Row) -> bool:
    """Whether a row is one of a kecamatan or a village, not of a regency with the names of several."""
    first = next((p for p in view.spans_in("places", row.first, row.last)), None)
    return first is not None and first.label_ in ("KECAMATAN", "VILLAGE")


def _read_cell(
    view: View, tables: QuantityTables, nouns: Nouns, row: Row, cell: Cell
) -> Iterator[tuple[Count, MeasureTerm, Region]]:
    numbers = view.spans_in("numbers", cell.first, cell.last)
    if len(numbers) != 1 or numbers[0].start != cell.first or numbers[0].label_ not in ("COUNT", "MONEY"):
        return
    measure = _named_measure(tables, nouns, *cell.column)
    if measure is None or (tables.measures[measure].kind == "money") != (numbers[0].label_ == "MONEY"):
        return
    number = numbers[0]
    count = Count(
        number=number,
        value=int(number.kb_id_),
        noun=(number.end, number.end),
        measures=(measure,),
        begin=row.first,
        end=row.last,
        cell=True,
    )
    if count.value:
        yield count, tables.measures[measure], Region(row.regency, True)


def _named_measure(tables: QuantityTables, nouns: Nouns, first: int, last: int) -> int | None:
    """The measure that a column's name tells, None where it tells none or several."""
    for at in range(first, last):
        if (noun := nouns.status_at(at) or nouns.at(at)) is not None:
            return _settled(tables, nouns, noun, last)
    return None


def _settled(tables: QuantityTables, nouns: Nouns, noun: Noun, last: int) -> int | None:
    """Which of a noun's measures is meant: that of the status behind it, else the one of all areas."""
    if len(noun.measures) == 1:
        return noun.measures[0]
    for n in noun.measures:
        if noun.last < last and tables.of[n].adjectives.at(nouns.lower, noun.last):
            return n
    whole = [n for n in noun.measures if tables.measures[n].kind == "all"]
    return whole[0] if len(whole) == 1 and noun.last >= last else None
