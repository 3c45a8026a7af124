"""Which dates are those by which something of the programme is aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.claims.events.subjects import Subjects
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens on either side of a date in which an aim may be told.
REACH = 30
#: Tokens between an aim and a date that is told from the publication.
_LOOSE = 16
#: Tokens before a date in which words say what it is of.
_BEFORE = 3
#: The month up to which the year that runs may be an aim.
_EARLY = 6

SURE, BEFORE, LIKELY = "events.target", "events.target-before", "events.target-likely"
#: First and last token, rule.
Cue = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class TargetTables:
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


def build_target_tables(vocabulary: Vocabulary) -> TargetTables:
    keys = [key for key in TargetTables.__slots__ if key != "date_signs"]
    return TargetTables(
        **{key: vocabulary.table("events", key) for key in keys},
        date_signs=vocabulary.cue_set("dates", "month_signs_before"),
    )


@dataclass(frozen=True, slots=True)
class _Aimed:
    """A date that lies ahead, in the sentence `number` of tokens `first` to `last`."""

    dated: Dated
    number: int
    first: int
    last: int

    def near(self) -> tuple[int, int]:
        """The tokens of the sentence around the date in which its aim may be told."""
        return max(self.first, self.dated.first - REACH), min(self.last, self.dated.last + REACH)

    def before(self) -> tuple[int, int]:
        """The tokens right before the date."""
        return max(self.first, self.dated.first - _BEFORE), self.dated.first


class Targets:
    """Finds the dates of aims."""

    def __init__(self, view: View, dates: Iterable[Dated], subjects: Subjects) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.dates = list(dates)
        self.subjects = subjects
        self.tables = view.vocabulary.compiled(build_target_tables)
        self.now = view.published or self._last_past()

    def _last_past(self) -> date | None:
        """The day from which aims lie ahead where that of publication isn't known."""
        days = [d.day for d in self.dates if d.kind == "DAY" and not d.relative]
        return min((day for day in days if day is not None), default=self.view.programme.launched)

    def find(self, taken: set[int]) -> Iterator[tuple[Dated, int, int, str]]:
        """(date, first and last token, rule); `taken`: dates of something else."""
        for dated in self.dates:
            if dated.first in taken or not self._is_ahead(dated):
                continue
            number = self.view.sentence_at(dated.first)
            aimed = _Aimed(dated, number, *self.view.sentences[number])
            cue = self._cue(aimed)
            if cue and self._holds(aimed, cue):
                yield dated, min(cue[0], dated.first), max(cue[1], dated.last), cue[2]

    def _is_ahead(self, dated: Dated) -> bool:
        """Whether a date may still come: a day lies behind the one on which the article appeared."""
        if self.now is None:
            return True
        return dated.starts_after(self.now) if dated.kind == "DAY" else not dated.ends_before(self.now)

    # --- the words that make it an aim -----------------------------------------------------------------

    def _cue(self, aimed: _Aimed) -> Cue | None:
        """What makes a date an aim, the surest first."""
        if self.tables.begun.find(self.lower, *aimed.before()):
            return None  # "sejak awal Februari" tells of what has been
        if sure := self._sure_cue(aimed):
            return sure
        if aimed.dated.kind == "DAY" or self._is_lasting(aimed):
            return None
        return self._likely_cue(aimed) or self._by_then(aimed)

    def _sure_cue(self, aimed: _Aimed) -> Cue | None:
        """A word for an aim in the date's sentence, or in the one before it in the paragraph."""
        for start, end, _ in self.tables.targets.find(self.lower, *aimed.near()):
            return start, end, SURE
        if not aimed.number:
            return None
        begin = max(self.view.sentences[aimed.number - 1][0], aimed.first - 2 * REACH)
        together = self.view.segment_at(begin).block == self.view.segment_at(aimed.first).block
        if together and self.tables.targets.find(self.lower, begin, aimed.first):
            return aimed.dated.first, aimed.dated.last, BEFORE
        return None

    def _is_lasting(self, aimed: _Aimed) -> bool:
        """Whether something lasts through a month."""
        return aimed.dated.kind == "MONTH" and bool(self.tables.lasting.find(self.lower, *aimed.before()))

    def _likely_cue(self, aimed: _Aimed) -> Cue | None:
        """A word for what is planned, in a sentence on the programme."""
        hits = self.tables.likely_targets.find(self.lower, *aimed.near())
        aims = [(*hit[:2], LIKELY) for hit in hits if not self.tables.not_aims.at(self.lower, hit[0])]
        return aims[0] if aims and self._is_of_programme(aimed) else None

    def _is_of_programme(self, aimed: _Aimed) -> bool:
        """Whether a sentence or the one before names the programme, a pillar or a kecamatan, and tells of no
        gathering: "Pelatihan dijadwalkan awal Desember" is no aim of the programme."""
        first, last = aimed.first, min(aimed.last, aimed.first + 4 * REACH)
        if self.subjects.gatherings(first, last) or self.tables.gathering_subjects.at(self.lower, first):
            return False
        begin = max(self.view.sentences[max(0, aimed.number - 1)][0], first - 2 * REACH)
        return (
            self.subjects.names_programme(range(begin, last))
            or bool(self.view.spans_in("pillars", begin, last))
            or self._names_kecamatan(begin, last)
            or self.view.programme.unit in self.lower[begin:last]
        )

    def _names_kecamatan(self, first: int, last: int) -> bool:
        return any(s.label_ == "KECAMATAN" for s in self.view.spans_in("places", first, last))

    def _by_then(self, aimed: _Aimed) -> Cue | None:
        """What is wanted, or will be so, by then of the programme or a pillar that the sentence names:
        "meminta agar sport center dipakai Maret 2026", "RPPA di X baru beroperasi Januari 2026"."""
        low, high = aimed.near()
        of_it = self.subjects.names_programme(range(low, high)) or self.view.spans_in("pillars", low, high)
        if not of_it or self.subjects.gatherings(low, high):
            return None
        hits = self.tables.wishes.find(self.lower, low, aimed.dated.first)
        if not hits and self.view.published:
            hits = self.tables.ahead_targets.find(self.lower, low, high)
        return (*hits[0][:2], LIKELY) if hits else None

    # --- whether the words hold for this date ----------------------------------------------------------

    def _holds(self, aimed: _Aimed, cue: Cue) -> bool:
        dated = aimed.dated
        if dated.relative and not self._is_sure(aimed, cue):
            return False
        # "tahun 2025, pelaksanaannya akan ..." tells of the year that runs, "Porprov 2026" of a name
        if cue[2] != SURE and self._is_running_year(dated, self.now):
            return False
        if cue[2] == LIKELY and self._is_in_name(dated):
            return False
        return dated.kind != "YEAR" or not self.tables.budget_years.find(self.lower, *aimed.before())

    def _is_running_year(self, dated: Dated, now: date | None) -> bool:
        return dated.kind == "YEAR" and now is not None and dated.best == f"{now.year}"

    def _is_sure(self, aimed: _Aimed, cue: Cue) -> bool:
        """Whether a date as loose as "tahun depan" is surely an aim's: the aim stands near, or kecamatan have
        their turn then. The year that runs is one only while most of it lies ahead."""
        now, dated = self.view.published, aimed.dated
        if now and now.month > _EARLY and self._is_running_year(dated, now):
            return False
        gap = dated.first - cue[1] if cue[1] <= dated.first else cue[0] - dated.last
        if cue[2] == SURE and gap <= _LOOSE:
            return not self.subjects.gatherings(min(cue[0], dated.first), max(cue[1], dated.last))
        return dated.kind == "YEAR" and self._is_turn(aimed)

    def _is_turn(self, aimed: _Aimed) -> bool:
        turns = self.tables.turns_of.find(self.lower, aimed.first, aimed.last)
        return bool(turns) and self._names_kecamatan(aimed.first, aimed.last)

    def _is_in_name(self, dated: Dated) -> bool:
        """Whether a bare year follows a name in capitals."""
        before = dated.first - 1
        if dated.kind != "YEAR" or before < 0 or self.view.reading.sentence_starts[dated.first]:
            return False
        if self.lower[before] in self.tables.date_signs or self.tables.targets.at(self.lower, before):
            return False
        return self.view.reading.words[before][0].isupper()
