"""Joins dates and what happened on them into events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Event, EventKind, Evidence
from extract.article.context import Context
from extract.article.view import View
from extract.claims.events.dating import Dated, date_spans
from extract.claims.events.decrees import Decrees
from extract.claims.events.launches import Launches
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens between the name of an account and its day.
_ACCOUNT = 24
_TARGET = 30
#: Tokens between an aim and a date that is told from the publication.
_LOOSE = 16
#: The month up to which the year that runs may be an aim.
_EARLY = 6
#: Days between a looking-back report and the day that it names.
_RECENT = timedelta(days=10)

Hit = tuple[EventKind, Dated, int, int, str]


@dataclass(frozen=True, slots=True)
class EventTables:
    as_of: PhraseTable
    other_figures: PhraseTable
    done: PhraseTable
    since: PhraseTable
    recaps: PhraseTable
    accounts: PhraseTable
    evaluations: PhraseTable
    reported: PhraseTable
    not_aims: PhraseTable
    turns_of: PhraseTable
    begun: PhraseTable
    lasting: PhraseTable
    targets: PhraseTable
    likely_targets: PhraseTable
    wishes: PhraseTable
    gathering_subjects: PhraseTable
    ahead_targets: PhraseTable
    budget_years: PhraseTable
    date_signs: frozenset[str]


def build_event_tables(vocabulary: Vocabulary) -> EventTables:
    keys = [key for key in EventTables.__slots__ if key != "date_signs"]
    return EventTables(
        **{key: vocabulary.table("events", key) for key in keys},
        date_signs=vocabulary.cue_set("dates", "month_signs_before"),
    )


class _Reader:
    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.reading.words
        self.tables = view.vocabulary.compiled(build_event_tables)
        every = date_spans(view)
        # what is told from the publication ("bulan depan") is too loose for all but a day and an aim
        self.dates = [d for d in every if not d.relative or d.kind == "DAY"]
        self.loose = [d for d in every if d.relative and d.kind != "DAY"]
        self.launches = Launches(view, self.dates)
        self.decrees = Decrees(view, self.dates, self.launches)

    def events(self) -> Iterator[Hit]:
        launches = self.launches.find()
        taken = {d.first for d, *_ in launches}
        for dated, first, last, rule in launches:
            yield "launch", dated, first, last, rule
        for dated, first, last, rule in list(self.decrees.find(set(taken))):
            taken.add(dated.first)
            yield "decree", dated, first, last, rule
        reports = list(self._reports(taken))
        taken.update(hit[1].first for hit in reports)
        yield from reports or self._recap([d for d, *_ in launches])
        yield from self._targets(taken)

    # --- progress reports -----------------------------------------------------------------------------

    def _reports(self, taken: set[int]) -> Iterator[Hit]:
        now = self.view.published
        for dated in self.dates:
            if now and (dated.starts_after(now) or (len(dated.best) < 7 and not dated.ends_before(now))):
                continue  # "hingga akhir 2025" is a report only when that year is over
            if now is None and len(dated.best) < 7:
                continue
            if dated.first in taken or self._before_programme(dated):
                continue
            number = self.view.sentence_at(dated.first)
            first, last = self.view.sentences[number]
            begin = max(first, dated.first - 6)
            hits = self.tables.as_of.find(self.lower, begin, min(last, dated.first + 1))
            cue = next((h for h in hits if h[0] < dated.first <= h[1]), None)
            if account := self._account(dated, first, last):
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

    def _before_programme(self, dated: Dated) -> bool:
        """Whether a date lies in a year before that of the programme's launch: "masih pakai data 2022"."""
        launched = self.view.programme.launched
        return launched is not None and dated.best[:4] < f"{launched.year}"

    def _account(self, dated: Dated, first: int, last: int) -> int | None:
        """Where an account of the progress is named whose day this is: "usai laporan progres ..., Selasa"; a
        meeting that looks back only if its sentence tells figures too."""
        if dated.kind != "DAY":
            return None
        begin = max(first, dated.first - _ACCOUNT)
        found = self.tables.accounts.find(self.lower, begin, dated.first)
        if not found and any(s.label_ == "COUNT" for s in self.view.spans_in("numbers", dated.last, last)):
            found = self.tables.evaluations.find(self.lower, begin, dated.first)
        return found[-1][0] if found else None

    def _reported(self, first: int, number: int) -> bool:
        """Whether the sentence counts something, or the passage tells of the programme's unit or pillars."""
        begin = max(self.view.sentences[max(0, number - 2)][0], first - 2 * _TARGET)
        last = self.view.sentences[min(number + 1, len(self.view.sentences) - 1)][1]
        last = min(last, first + 4 * _TARGET)
        unit = self.view.programme.unit
        if self._of_cases(first, min(last, self.view.sentences[number][1])):
            return False
        return (
            bool(self.view.spans_in("numbers", first, min(last, self.view.sentences[number][1])))
            or any(self.lower[i] == unit for i in range(begin, last))
            or bool(self.tables.reported.find(self.lower, first, last))
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
        now = self.view.published
        cues = self.tables.recaps.find(self.lower, 0, opening)
        ahead = {d.first for d in self.dates if now and not d.ends_before(now)}
        if not any(end not in ahead for _, end, _ in cues) or not numbers:  # "sepanjang 2026" may lie ahead
            return
        for dated in self.dates:
            if dated.kind != "DAY" or dated.relative or any(d.best == dated.best for d in launches):
                continue
            if self.view.segment_at(dated.first).kind == "item":
                continue
            day = date.fromisoformat(dated.best)
            if now and not now - _RECENT <= day <= now:
                continue
            yield "progress-report", dated, dated.first, dated.last, "events.recap"
            return

    # --- targets ------------------------------------------------------------------------------------------

    def _targets(self, taken: set[int]) -> Iterator[Hit]:
        now = self._now()
        for dated in (*self.dates, *self.loose):
            if dated.first in taken or (now and dated.ends_before(now)):
                continue
            if now and dated.kind == "DAY" and not dated.starts_after(now):
                continue
            number = self.view.sentence_at(dated.first)
            first, last = self.view.sentences[number]
            cue = self._target_cue(dated, first, last, number)
            if not cue or (dated.relative and not self._surely(cue, dated, first, last)):
                continue
            # "tahun 2025, pelaksanaannya akan ..." tells of the year that runs, "Porprov 2026" of a name
            running = now is not None and dated.best == f"{now.year}" and dated.kind == "YEAR"
            if running and cue[2] != "events.target":
                continue
            if cue[2] == "events.target-likely" and self._in_name(dated):
                continue
            if dated.kind == "YEAR" and self.tables.budget_years.find(
                self.lower, max(first, dated.first - 3), dated.first
            ):
                continue
            yield "target", dated, min(cue[0], dated.first), max(cue[1], dated.last), cue[2]

    def _surely(self, cue: tuple[int, int, str], dated: Dated, first: int, last: int) -> bool:
        """Whether a date as loose as "tahun depan" is surely an aim's: the aim stands near, or kecamatan have
        their turn then. The year that runs is one only while most of it lies ahead."""
        gap = dated.first - cue[1] if cue[1] <= dated.first else cue[0] - dated.last
        now = self.view.published
        if dated.kind == "YEAR" and now and dated.best == f"{now.year}" and now.month > _EARLY:
            return False
        if cue[2] == "events.target" and gap <= _LOOSE:
            low, high = min(cue[0], dated.first), max(cue[1], dated.last)
            return not self.launches.tables.gatherings.find(self.lower, low, high)
        return (
            dated.kind == "YEAR"
            and bool(self.tables.turns_of.find(self.lower, first, last))
            and any(s.label_ == "KECAMATAN" for s in self.view.spans_in("places", first, last))
        )

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
        if self.tables.begun.find(self.lower, max(first, dated.first - 3), dated.first):
            return None  # "sejak awal Februari" tells of what has been
        for start, end, _ in self.tables.targets.find(self.lower, low, high):
            return start, end, "events.target"
        if number:
            begin = max(self.view.sentences[number - 1][0], first - 2 * _TARGET)
            if self.view.segment_at(begin).block == self.view.segment_at(first).block:
                for _ in self.tables.targets.find(self.lower, begin, first):
                    return dated.first, dated.last, "events.target-before"
        if dated.kind == "DAY":
            return None
        if dated.kind == "MONTH" and self.tables.lasting.find(
            self.lower, max(first, dated.first - 3), dated.first
        ):
            return None
        for start, end, _ in self.tables.likely_targets.find(self.lower, low, high):
            if not self.tables.not_aims.at(self.lower, start) and self._of_programme(number):
                return start, end, "events.target-likely"
        return self._by_then(dated, first, last)

    def _of_programme(self, number: int) -> bool:
        """Whether a sentence or the one before names the programme, a pillar or a kecamatan, and tells of no
        gathering: "Pelatihan dijadwalkan awal Desember" is no aim of the programme."""
        first, last = self.view.sentences[number]
        last = min(last, first + 4 * _TARGET)
        if self.launches.tables.gatherings.find(self.lower, first, last):
            return False
        if self.tables.gathering_subjects.at(self.lower, first):
            return False
        begin = self.view.sentences[max(0, number - 1)][0]
        begin = max(begin, first - 2 * _TARGET)
        unit = self.view.programme.unit
        return (
            any(i in self.launches.names or i in self.launches.spoken for i in range(begin, last))
            or bool(self.view.spans_in("pillars", begin, last))
            or any(s.label_ == "KECAMATAN" for s in self.view.spans_in("places", begin, last))
            or any(self.lower[i] == unit for i in range(begin, last))
        )

    def _by_then(self, dated: Dated, first: int, last: int) -> tuple[int, int, str] | None:
        """What is wanted, or will be so, by then of the programme or a pillar that the sentence names:
        "meminta agar sport center dipakai Maret 2026", "RPPA di X baru beroperasi Januari 2026"."""
        low, high = max(first, dated.first - _TARGET), min(last, dated.last + _TARGET)
        of_it = any(
            i in self.launches.names or i in self.launches.spoken for i in range(low, high)
        ) or self.view.spans_in("pillars", low, high)
        if not of_it or self.launches.tables.gatherings.find(self.lower, low, high):
            return None
        hits = self.tables.wishes.find(self.lower, low, dated.first)
        if not hits and self.view.published:
            hits = self.tables.ahead_targets.find(self.lower, low, high)
        return (*hits[0][:2], "events.target-likely") if hits else None

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
        if kind != "target"
        and any(k == kind and len(v) > len(value) and v.startswith(value) for k, v in known)
    }
    return tuple(
        Event(event=kind, date=value, region=where[kind, value], evidence=tuple(evidence))
        for (kind, value), evidence in found.items()
        if (kind, value) not in coarse
    )
