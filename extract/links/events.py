"""Joins dates and what happened on them into events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Event, EventKind, Evidence
from extract.context import Context
from extract.links.dating import Dated, date_spans
from extract.links.launches import Launches
from extract.links.ordered import Ordered
from extract.phrases import PhraseTable
from extract.view import View
from extract.vocabulary import Vocabulary

#: Tokens between a decree and its date; a budget or a second decree may lie beyond.
_DECREE = 24
_TARGET = 30
#: Days between a looking-back report and the day that it names.
_RECENT = timedelta(days=10)

Hit = tuple[EventKind, Dated, int, int, str]


@dataclass(frozen=True, slots=True)
class EventTables:
    decrees: PhraseTable
    decree_again: PhraseTable
    other_decrees: PhraseTable
    as_of: PhraseTable
    until: PhraseTable
    other_figures: PhraseTable
    done: PhraseTable
    since: PhraseTable
    recaps: PhraseTable
    accounts: PhraseTable
    targets: PhraseTable
    likely_targets: PhraseTable
    budget_years: PhraseTable
    date_signs: frozenset[str]


def build_event_tables(vocabulary: Vocabulary) -> EventTables:
    keys = [key for key in EventTables.__slots__ if key != "date_signs"]
    return EventTables(
        **{key: PhraseTable({key: vocabulary.cue("events", key)}) for key in keys},
        date_signs=vocabulary.cue_set("dates", "month_signs_before"),
    )


class _Reader:
    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.reading.words
        self.tables = view.vocabulary.compiled(build_event_tables)
        self.dates = date_spans(view)
        self.ordered = Ordered((d.first, d) for d in self.dates)
        self.launches = Launches(view, self.dates)

    def events(self) -> Iterator[Hit]:
        if not self.dates:
            return
        launches = self.launches.find()
        taken = {d.first for d, *_ in launches}
        for dated, first, last, rule in launches:
            yield "launch", dated, first, last, rule
        for hit in self._decrees(set(taken)):
            taken.add(hit[1].first)
            yield hit
        reports = list(self._reports(taken))
        taken.update(hit[1].first for hit in reports)
        yield from reports or self._recap([d for d, *_ in launches])
        yield from self._targets(taken)

    # --- decrees ---------------------------------------------------------------------------------------

    def _decrees(self, taken: set[int]) -> Iterator[Hit]:
        earlier = -9
        for number, (first, last) in enumerate(self.view.sentences):
            hits = [h for h in self.tables.decrees.find(self.lower, first, last) if self._is_decree(*h[:2])]
            again = (
                [] if hits or number - earlier > 1 else self.tables.decree_again.find(self.lower, first, last)
            )
            if hits:
                earlier = number
            best: tuple[tuple[int, int], Hit] | None = None
            for start, end, _ in hits or again:
                low, high = max(first, start - _DECREE - 8), min(last, end + _DECREE + 1)
                for dated in self.ordered.within(low, high):
                    if dated.first in taken or dated.kind == "PART":
                        continue
                    gap = dated.first - end if dated.first >= end else start - dated.last
                    if gap > _DECREE or self._not_of_decree(dated, start, end, first):
                        continue
                    rank = (-len(dated.best), gap + (8 if dated.first < start else 0))
                    hit: Hit = (
                        "decree",
                        dated,
                        min(start, dated.first),
                        max(end, dated.last),
                        "events.decree",
                    )
                    if best is None or rank < best[0]:
                        best = (rank, hit)
            if best:
                yield best[1]

    def _is_decree(self, start: int, end: int) -> bool:
        if end - start == 1 and len(self.lower[start]) <= 3:
            if not self.words[start].isupper():
                return False
            behind = self.words[end] if end < len(self.words) else ""
            opens = self.view.reading.sentence_starts[start]
            if not opens and self.words[start - 1] in ",.":  # an academic title: "Sutopo, SE"
                return False
            if behind in (",", "."):
                return self.lower[start] == "sk"
        window = (max(0, start - 2), min(len(self.lower), end + 4))
        return not self.tables.other_decrees.find(self.lower, *window)

    def _not_of_decree(self, dated: Dated, start: int, end: int, first: int) -> bool:
        # a date before the decree may be that of a meeting named before it
        low, high = (end, dated.first) if dated.first >= end else (first, start)
        if dated.kind == "YEAR" and self.tables.budget_years.find(
            self.lower, max(first, dated.first - 4), dated.first
        ):
            return True
        if self.launches.tables.gatherings.find(self.lower, low, high):
            return True
        # "hingga 29 Oktober, ... ditetapkan dalam SK", "paling lambat November, SK harus terbit"
        near = max(first, dated.first - 4)
        if any(
            stop >= dated.first for _, stop, _ in self.tables.until.find(self.lower, near, dated.first + 1)
        ):
            return True
        if any(
            stop >= dated.first - 1 for _, stop, _ in self.tables.targets.find(self.lower, near, dated.first)
        ):
            return True
        # "..., menyampaikan isi keputusan itu, Rabu (20/8)": the day of the speech, wherever its verb stands.
        bare = dated.kind == "DAY" and dated.first > first and self.lower[dated.first - 1] in (",", "(")
        return self.launches.is_said(dated, first, first if bare or dated.first < end else end)

    # --- progress reports -----------------------------------------------------------------------------

    def _reports(self, taken: set[int]) -> Iterator[Hit]:
        now = self.view.published
        for dated in self.dates:
            if now and (dated.starts_after(now) or (len(dated.best) < 7 and not dated.ends_before(now))):
                continue  # "hingga akhir 2025" is a report only when that year is over
            if now is None and len(dated.best) < 7:
                continue
            if dated.first in taken:
                continue
            number = self.view.sentence_at(dated.first)
            first, last = self.view.sentences[number]
            begin = max(first, dated.first - 6)
            hits = self.tables.as_of.find(self.lower, begin, min(last, dated.first + 1))
            cue = next((h for h in hits if h[0] < dated.first <= h[1]), None)
            if account := self._account(dated, first):
                yield "progress-report", dated, account, dated.last, "events.account"
                continue
            if not cue or self.tables.since.find(self.lower, max(first, cue[0] - 8), cue[0]):
                continue
            low, high = max(first, dated.first - _TARGET), min(last, dated.last + _TARGET)
            aimed = self.tables.targets.find(self.lower, low, high)
            if (aimed and not self.tables.done.find(self.lower, dated.last, high)) or not self._reported(
                first, number
            ):
                continue
            yield "progress-report", dated, cue[0], dated.last, "events.as-of"

    def _account(self, dated: Dated, first: int) -> int | None:
        """Where an account of the progress is named whose day this is: "usai laporan progres ..., Selasa"."""
        if dated.kind != "DAY":
            return None
        found = self.tables.accounts.find(self.lower, max(first, dated.first - _DECREE), dated.first)
        return found[-1][0] if found else None

    def _reported(self, first: int, number: int) -> bool:
        """Whether the sentence counts something, or the passage tells of the programme's unit or pillars."""
        begin = max(self.view.sentences[max(0, number - 1)][0], first - 2 * _TARGET)
        last = self.view.sentences[min(number + 1, len(self.view.sentences) - 1)][1]
        last = min(last, first + 4 * _TARGET)
        unit = self.view.programme.unit
        if self._of_cases(first, min(last, self.view.sentences[number][1])):
            return False
        return (
            bool(self.view.spans_in("numbers", first, min(last, self.view.sentences[number][1])))
            or any(self.lower[i] == unit for i in range(begin, last))
            or bool(self.view.spans_in("pillars", begin, last))
            or bool(self.view.spans_in("programmes", begin, last))
        )

    def _of_cases(self, first: int, last: int) -> bool:
        """Whether all numbers of a sentence that names no building count something else ("1.349 kasus")."""
        numbers = self.view.spans_in("numbers", first, last)
        if not numbers or any(i in self.launches.buildings for i in range(first, last)):
            return False
        other = self.tables.other_figures
        return all(n.end < last and other.at(self.lower, n.end) for n in numbers)

    def _recap(self, launches: list[Dated]) -> Iterator[Hit]:
        """An article that looks back on figures: the day that it names for them."""
        numbers = [s for s in self.view.spans("numbers") if s.label_ == "COUNT"]
        opening = self.view.sentences[min(3, len(self.view.sentences) - 1)][1] if self.view.sentences else 0
        cue = self.tables.recaps.find(self.lower, 0, opening)
        if not cue or not numbers:
            return
        now = self.view.published
        for dated in self.dates:
            if dated.kind != "DAY" or any(d.best == dated.best for d in launches):
                continue
            day = date.fromisoformat(dated.best)
            if now and not now - _RECENT <= day <= now:
                continue
            yield "progress-report", dated, dated.first, dated.last, "events.recap"
            return

    # --- targets ------------------------------------------------------------------------------------------

    def _targets(self, taken: set[int]) -> Iterator[Hit]:
        now = self._now()
        for dated in self.dates:
            if dated.first in taken or (now and dated.ends_before(now)):
                continue
            if now and dated.kind == "DAY" and not dated.starts_after(now):
                continue
            number = self.view.sentence_at(dated.first)
            first, last = self.view.sentences[number]
            cue = self._target_cue(dated, first, last, number)
            if not cue:
                continue
            if cue[2] == "events.target-likely" and (
                # "tahun 2025, pelaksanaannya akan ..." tells of the year that runs, "Porprov 2026" of a name
                (now and dated.best == f"{now.year}") or self._in_name(dated)
            ):
                continue
            if dated.kind == "YEAR" and self.tables.budget_years.find(
                self.lower, max(first, dated.first - 3), dated.first
            ):
                continue
            yield "target", dated, min(cue[0], dated.first), max(cue[1], dated.last), cue[2]

    def _in_name(self, dated: Dated) -> bool:
        """Whether a bare year follows a name in capitals."""
        before = dated.first - 1
        if dated.kind != "YEAR" or before < 0 or self.view.reading.sentence_starts[dated.first]:
            return False
        if self.lower[before] in self.tables.date_signs or self.tables.targets.at(self.lower, before):
            return False
        return self.words[before][0].isupper()

    def _target_cue(self, dated: Dated, first: int, last: int, number: int) -> tuple[int, int, str] | None:
        low, high = max(first, dated.first - _TARGET), min(last, dated.last + _TARGET)
        for start, end, _ in self.tables.targets.find(self.lower, low, high):
            return start, end, "events.target"
        if number:
            begin = max(self.view.sentences[number - 1][0], first - 2 * _TARGET)
            if self.view.segment_at(begin).block == self.view.segment_at(first).block:
                for _ in self.tables.targets.find(self.lower, begin, first):
                    return dated.first, dated.last, "events.target-before"
        if dated.kind == "DAY":
            return None
        for start, end, _ in self.tables.likely_targets.find(self.lower, low, high):
            return start, end, "events.target-likely"
        return None

    def _now(self) -> date | None:
        """The day from which aims lie ahead: publication, else the last day that is surely past."""
        if self.view.published:
            return self.view.published
        days = [d.best for d in self.dates if d.kind == "DAY"]
        return date.fromisoformat(min(days)) if days else self.view.programme.launched


def link_events(view: View, context: Context) -> tuple[Event, ...]:
    """One claim a kind and date, with every mention as evidence."""
    found: dict[tuple[EventKind, str], dict[Evidence, None]] = {}  # the inner one is an ordered set
    where: dict[tuple[EventKind, str], str] = {}
    for kind, dated, first, last, rule in _Reader(view).events():
        first, last = min(first, dated.first), max(last, dated.last)
        if last - first > 2 * _TARGET or view.reading.field(first) != view.reading.field(last - 1):
            first, last = dated.first, dated.last
        evidence = view.evidence(first, last, rule)
        found.setdefault((kind, dated.value), {})[evidence] = None
        where.setdefault((kind, dated.value), context.region_at(dated.first))
    # A month gives way to a day in it.
    known = {(kind, part) for kind, value in found for part in value.split("|")}
    coarse = {
        (kind, value)
        for kind, value in found
        if kind in ("launch", "decree")
        and any(k == kind and len(v) > len(value) and v.startswith(value) for k, v in known)
    }
    return tuple(
        Event(event=kind, date=value, region=where[kind, value], evidence=tuple(evidence))
        for (kind, value), evidence in found.items()
        if (kind, value) not in coarse
    )
