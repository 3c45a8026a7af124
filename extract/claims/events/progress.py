"""Which dates are those of figures: "per 30 November", the day of an account, of a report that looks back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.claims.events.subjects import Subjects
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens between the name of an account and its day.
_ACCOUNT = 24
#: Tokens before a date in which words say that figures go up to it, and before those.
_UP_TO, _SINCE = 6, 8
#: Tokens on either side of a date in which an aim, or what was done by then, is told.
_NEAR = 30
#: Days between a looking-back report and the day that it names.
_RECENT = timedelta(days=10)
#: Sentences of an opening, behind the headline.
_OPENING = 3

#: Date, first and last token, rule.
Report = tuple[Dated, int, int, str]


@dataclass(frozen=True, slots=True)
class ReportTables:
    as_of: PhraseTable
    other_figures: PhraseTable
    done: PhraseTable
    since: PhraseTable
    recaps: PhraseTable
    accounts: PhraseTable
    evaluations: PhraseTable
    reported: PhraseTable
    targets: PhraseTable


def build_report_tables(vocabulary: Vocabulary) -> ReportTables:
    return ReportTables(**{key: vocabulary.table("events", key) for key in ReportTables.__slots__})


class Reports:
    """Finds the days of progress reports."""

    def __init__(self, view: View, dates: list[Dated], subjects: Subjects) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.dates = dates
        self.subjects = subjects
        self.tables = view.vocabulary.compiled(build_report_tables)

    def find(self, taken: set[int]) -> Iterator[Report]:
        """The dates that a sentence calls those of its figures; `taken`: dates of something else."""
        for dated in self.dates:
            if dated.first in taken or not self._is_over(dated) or self._is_before_programme(dated):
                continue
            if (account := self._account(dated)) is not None:
                yield dated, account, dated.last, "events.account"
            elif (cue := self._up_to(dated)) is not None and self._tells_figures(dated):
                yield dated, cue, dated.last, "events.as-of"

    def recap(self, launches: list[Dated]) -> Iterator[Report]:
        """Of an article that looks back on figures the day that it names for them."""
        if not any(s.label_ == "COUNT" for s in self.view.spans("numbers")) or not self._looks_back():
            return
        others = {d.best for d in launches}
        for dated in self.dates:
            if dated.kind == "DAY" and dated.best not in others and self._is_own_day(dated):
                yield dated, dated.first, dated.last, "events.recap"
                return

    # --- figures up to a date --------------------------------------------------------------------------

    def _is_over(self, dated: Dated) -> bool:
        """ "Hingga akhir 2025" is a report only when that year is over."""
        now, year = self.view.published, len(dated.best) < 7
        if now is None:
            return not year
        return dated.ends_before(now) if year else not dated.starts_after(now)

    def _is_before_programme(self, dated: Dated) -> bool:
        """Whether a date lies in a year before that of the programme's launch: "masih pakai data 2022"."""
        launched = self.view.programme.launched
        return launched is not None and dated.best[:4] < f"{launched.year}"

    def _account(self, dated: Dated) -> int | None:
        """Where an account of the progress is named whose day this is: "usai laporan progres ..., Selasa"; a
        meeting that looks back only if its sentence tells figures too."""
        if dated.kind != "DAY":
            return None
        first, last = self.view.sentences[self.view.sentence_at(dated.first)]
        begin = max(first, dated.first - _ACCOUNT)
        found = self.tables.accounts.find(self.lower, begin, dated.first)
        if not found and any(s.label_ == "COUNT" for s in self.view.spans_in("numbers", dated.last, last)):
            found = self.tables.evaluations.find(self.lower, begin, dated.first)
        return found[-1][0] if found else None

    def _up_to(self, dated: Dated) -> int | None:
        """Where words say that figures go up to a date; None where it ends a span: "sejak ... hingga"."""
        first, last = self.view.sentences[self.view.sentence_at(dated.first)]
        hits = self.tables.as_of.find(
            self.lower, max(first, dated.first - _UP_TO), min(last, dated.first + 1)
        )
        cue = next((start for start, end, _ in hits if start < dated.first <= end), None)
        if cue is None or self.tables.since.find(self.lower, max(first, cue - _SINCE), cue):
            return None
        return cue

    def _tells_figures(self, dated: Dated) -> bool:
        """Whether a date's sentence tells what has been reached, and no aim alone."""
        number = self.view.sentence_at(dated.first)
        first, last = self.view.sentences[number]
        low, high = max(first, dated.first - _NEAR), min(last, dated.last + _NEAR)
        aimed = self.tables.targets.find(self.lower, low, high)
        if aimed and not self.tables.done.find(self.lower, dated.last, high):
            return False
        return self._is_reported(first, number)

    def _is_reported(self, first: int, number: int) -> bool:
        """Whether the sentence counts something, or the passage tells of the programme's unit or pillars."""
        sentences, far = self.view.sentences, first + 4 * _NEAR
        own = min(sentences[number][1], far)
        if self._is_of_cases(first, own):
            return False
        last = min(sentences[min(number + 1, len(sentences) - 1)][1], far)
        begin = max(sentences[max(0, number - 2)][0], first - 2 * _NEAR)
        return (
            bool(self.view.spans_in("numbers", first, own))
            or self.view.programme.unit in self.lower[begin:last]
            or bool(self.tables.reported.find(self.lower, first, last))
            or bool(self.view.spans_in("pillars", begin, last))
            or bool(self.view.spans_in("programmes", begin, last))
        )

    def _is_of_cases(self, first: int, last: int) -> bool:
        """Whether all numbers of a sentence that names no building count something else ("1.349 kasus")."""
        numbers = self.view.spans_in("numbers", first, last)
        if not numbers or not self.subjects.buildings.isdisjoint(range(first, last)):
            return False
        other = self.tables.other_figures
        return all(n.end < last and other.at(self.lower, n.end) for n in numbers)

    # --- a report that looks back ------------------------------------------------------------------------

    def _looks_back(self) -> bool:
        """Whether the opening says so; "sepanjang 2026" may lie ahead."""
        sentences, now = self.view.sentences, self.view.published
        opening = sentences[min(_OPENING, len(sentences) - 1)][1] if sentences else 0
        ahead = {d.first for d in self.dates if now and not d.ends_before(now)}
        return any(end not in ahead for _, end, _ in self.tables.recaps.find(self.lower, 0, opening))

    def _is_own_day(self, dated: Dated) -> bool:
        """Whether a day is printed in prose, and right before the publication."""
        if dated.relative or self.view.segment_at(dated.first).kind == "item":
            return False
        now = self.view.published
        return now is None or (dated.day is not None and now - _RECENT <= dated.day <= now)
