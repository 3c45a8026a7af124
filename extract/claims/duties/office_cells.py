"""Offices in a table's cells, or alone in the line below a pillar alone: "RPPA | Dinsos"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extract.article.layout.listings import Cell, Row, read_listings
from extract.claims.duties.scene import Mention, Scene
from extract.claims.duties.sentence import Claim
from extract.vocabulary.tokens import Segment

#: Tokens of a line that is a pillar's name or an office's.
LINE = 14
RULE = "responsibilities.row"


def read_cells(scene: Scene) -> Iterator[Claim]:
    """The offices of tables with the pillars of their row or its columns, and those below subheads."""
    for listing in read_listings(scene.view):
        for row in listing.rows:
            for cell in row.cells:
                yield from _read_cell(scene, row, cell)
    yield from _read_subheads(scene)


def _read_cell(scene: Scene, row: Row, cell: Cell) -> Iterator[Claim]:
    """The office of a cell whose column is that of whoever is in charge."""
    doers = scene.doers_in(cell.first, cell.last)
    if len(doers) != 1 or scene.words.in_charge.isdisjoint(scene.lower[slice(*cell.column)]):
        return
    for pillar in _pillars(scene, row, cell):
        first, last = min(pillar.first, doers[0].first), max(pillar.last, doers[0].last)
        if row.first <= pillar.first < row.last:
            yield Claim(doers[0].agency, pillar.pillar, first, last, RULE)
        else:
            yield Claim(doers[0].agency, pillar.pillar, doers[0].first, doers[0].last, RULE)


def _pillars(scene: Scene, row: Row, cell: Cell) -> list[Mention]:
    """The pillars that a row names; where it names none, the one of its columns if they name one alone."""
    if named := scene.pillars_in(row.first, row.last):
        return named
    columns = [m for other in row.cells if other != cell for m in scene.pillars_in(*other.column)]
    return columns if len({m.pillar for m in columns}) == 1 else []


def _read_subheads(scene: Scene) -> Iterator[Claim]:
    """An office alone in the line below a pillar alone."""
    for above, below in pairwise(scene.view.reading.segments):
        if above.kind == "title" or max(above.last - above.first, below.last - below.first) > LINE:
            continue
        pillars = scene.pillars_in(above.first, above.last)
        doers = scene.doers_in(below.first, below.last)
        if len({p.pillar for p in pillars}) != 1 or len(doers) != 1:
            continue
        places = scene.view.spans_in("places", below.first, below.last)
        named = [(p.first, p.last) for p in pillars]
        offices = [(doers[0].first, doers[0].last), *((s.start, s.end) for s in places)]
        if _is_all(scene, above, named) and _is_all(scene, below, offices):
            yield Claim(doers[0].agency, pillars[0].pillar, doers[0].first, doers[0].last, RULE)


def _is_all(scene: Scene, line: Segment, names: list[tuple[int, int]]) -> bool:
    """Whether a line says no more than some names."""
    named = {t for first, last in names for t in range(first, last)}
    return all(
        t in named or scene.lower[t] in scene.words.of_pillar or not scene.lower[t][0].isalpha()
        for t in range(line.first, line.last)
    )
