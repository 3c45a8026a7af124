"""Joins dates and what happened on them into events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.records import Event, EventKind, Evidence
from extract.article.context import Context
from extract.article.view import View
from extract.claims.events.dating import Dated, date_spans
from extract.claims.events.decrees import Decrees
from extract.claims.events.launches import Launches
from extract.claims.events.progress import Reports
from extract.claims.events.subjects import Subjects
from extract.claims.events.targets import REACH, Targets

#: Kind, date, first and last token, rule.
Hit = tuple[EventKind, Dated, int, int, str]


def _find(view: View) -> Iterator[Hit]:
    """Every dated event; a date that tells of one kind is none of the next."""
    every = date_spans(view)
    # what is told from the publication ("bulan depan") is too loose for all but a day and an aim
    dates = [d for d in every if not d.relative or d.kind == "DAY"]
    loose = [d for d in every if d.relative and d.kind != "DAY"]
    subjects = Subjects(view, dates)
    launches = Launches(view, dates, subjects).find()
    for launch in launches:
        yield "launch", *launch
    taken = _firsts(launches)
    decrees = list(Decrees(view, dates, subjects).find(taken))
    for decree in decrees:
        yield "decree", *decree
    taken |= _firsts(decrees)
    reports = Reports(view, dates, subjects)
    told = list(reports.find(taken))
    taken |= _firsts(told)
    for report in told or reports.recap([d for d, *_ in launches]):
        yield "progress-report", *report
    for target in Targets(view, (*dates, *loose), subjects).find(taken):
        yield "target", *target


def _firsts(found: Iterable[tuple[Dated, int, int, str]]) -> set[int]:
    """Where the dates of claims stand."""
    return {dated.first for dated, *_ in found}


def link_events(view: View, context: Context) -> tuple[Event, ...]:
    """One claim a kind and date, with every mention as evidence."""
    found: dict[tuple[EventKind, str], dict[Evidence, None]] = {}  # the inner one is an ordered set
    where: dict[tuple[EventKind, str], str] = {}
    for kind, dated, first, last, rule in _find(view):
        evidence = view.evidence(*_passage(view, dated, first, last), rule)
        found.setdefault((kind, dated.value), {})[evidence] = None
        where.setdefault((kind, dated.value), context.region_at(dated.first))
    coarse = _coarse(found)
    return tuple(
        Event(event=kind, date=value, region=where[kind, value], evidence=tuple(evidence))
        for (kind, value), evidence in found.items()
        if (kind, value) not in coarse
    )


def _passage(view: View, dated: Dated, first: int, last: int) -> tuple[int, int]:
    """The tokens from a date to the words that make it an event's; the date alone where they are far away."""
    first, last = min(first, dated.first), max(last, dated.last)
    apart = view.reading.field(first) != view.reading.field(last - 1)
    return (dated.first, dated.last) if apart or last - first > 2 * REACH else (first, last)


def _coarse(found: dict[tuple[EventKind, str], dict[Evidence, None]]) -> set[tuple[EventKind, str]]:
    """The months that give way to a day in them; of targets both stay, but for a headline's year."""
    known = {(kind, part) for kind, value in found for part in value.split("|")}
    return {
        (kind, value)
        for kind, value in found
        if (kind != "target" or all(e.field == "title" for e in found[kind, value]))
        and any(k == kind and v != value and v.startswith(value) for k, v in known)
    }
