"""Joins numbers and nouns into quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.records import Evidence, PilotKecamatan, Quantity
from extract.article.context import Context
from extract.article.view import View
from extract.claims.quantities.counted_areas import TELL, CountedAreas, Memory, Scene, build_area_rules
from extract.claims.quantities.counted_cells import RULE, read_cells
from extract.claims.quantities.counts import Count, CountFinder
from extract.claims.quantities.measures import build_quantity_tables
from extract.claims.quantities.regions import Region, Regions
from extract.claims.quantities.surroundings import Surroundings
from extract.claims.quantities.taken_up import ListReader
from extract.claims.quantities.totals import Reading, Totals
from extract.claims.quantities.units import UnitReader

#: A measure's id and a value, which every mention of a figure shares.
Figure = tuple[str, int]
Mention = tuple[Region, Evidence]


class Reader:
    """Reads counts as measures of regions, in the order of the text."""

    def __init__(self, view: View, context: Context, pilots: Iterable[PilotKecamatan]) -> None:
        tables = view.vocabulary.compiled(build_quantity_tables)
        around, regions = Surroundings(view, tables), Regions(view, context)
        lists = ListReader(around, regions, pilots)
        self.view = view
        self.tables = tables
        self.finder = CountFinder(view, tables)
        self.scene = Scene(around, regions, lists, Totals(around, regions), Memory())
        self.units = UnitReader(around, regions)
        self.rules = view.vocabulary.compiled(build_area_rules)

    def read(self) -> Iterator[tuple[Count, Reading]]:
        """What each count of the text tells."""
        cells = list(read_cells(self.view, self.tables))
        yield from ((count, (measure, region, RULE)) for count, measure, region in cells)
        told = {count.number.start for count, _, _ in cells}
        for count in (*self.finder.counts(), *self.finder.wholes()):
            for reading in self.read_count(count) if count.number.start not in told else ():
                yield count, reading

    def read_count(self, count: Count) -> list[Reading]:
        """(measure, region, rule) of a count; none where it is none of the measures'."""
        if count.number.label_ == "MINIMUM" or not count.measures:
            return []
        kind = self.tables.measures[count.measures[0]].kind
        if kind not in ("money", "units"):
            return self._areas(count)
        found = self.units.money(count) if kind == "money" else self.units.units(count)
        return [found] if found else []

    def _areas(self, count: Count) -> list[Reading]:
        counted = CountedAreas(self.scene, count)
        decision = self.rules.decide(counted)
        if not counted.is_whole_word() or decision.answers["known"]:
            self.scene.memory.seen[counted.sentence] = count.value
        return TELL[decision.rule.then](counted) if decision.rule and decision.rule.then else []


def link_quantities(
    view: View, context: Context, pilots: Iterable[PilotKecamatan] = ()
) -> tuple[Quantity, ...]:
    """One claim a measure, region and value, with every count as evidence.

    A region that only the passage suggests gives way to one that a sentence names for the same figure.
    """
    found: dict[Figure, list[Mention]] = {}
    for count, (measure, region, rule) in Reader(view, context, pilots).read():
        first = min(count.number.start, count.noun[0])
        last = max(count.number.end, count.noun[1])
        evidence = view.evidence(first, last, rule)
        found.setdefault((measure.id, count.value), []).append((region, evidence))
    _join_headlines(found)
    return tuple(claim for figure, mentions in found.items() for claim in _claims(view, figure, mentions))


def _join_headlines(found: dict[Figure, list[Mention]]) -> None:
    """Gives what a headline rounds to the figure of the text."""
    for figure in [f for f, mentions in found.items() if all(e.field == "title" for _, e in mentions)]:
        if exact := _exact(figure, found):
            found[exact].extend(found.pop(figure))


def _exact(figure: Figure, found: Iterable[Figure]) -> Figure | None:
    """The figure of the text that a headline rounds: "25 ribu" for 25.072."""
    measure, rounded = figure
    if rounded < 1000 or rounded % 1000:
        return None
    return next((f for f in found if f[0] == measure and 0 < f[1] - rounded < 1000), None)


def _claims(view: View, figure: Figure, mentions: list[Mention]) -> Iterator[Quantity]:
    """A figure's claims, one for each region that a sentence names, else for each that a passage suggests."""
    measure, value = figure
    areas = view.vocabulary.areas
    named = [(region.name(areas), region.explicit, e) for region, e in _placed(mentions)]
    explicit = dict.fromkeys(name for name, sure, _ in named if sure)
    for place in explicit or dict.fromkeys(name for name, _, _ in named):
        shown = tuple(e for name, sure, e in named if name == place or (explicit and not sure))
        yield Quantity(measure=measure, region=place, value=value, evidence=shown)


def _placed(mentions: list[Mention]) -> list[Mention]:
    """The mentions, those of a headline in the text's region where none is told: it says least of where."""
    in_text = [region for region, e in mentions if e.field == "text"]
    if not in_text or any(region.explicit for region, _ in mentions):
        return mentions
    return [(region if e.field == "text" else in_text[0], e) for region, e in mentions]
