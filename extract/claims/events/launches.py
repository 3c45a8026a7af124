"""Which dates are those of the programme's launch, in the province or at a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.claims.events.subjects import CLAUSE, Subjects
from extract.claims.events.words import LaunchWord, build_launch_tables
from extract.vocabulary.scan import skip

#: Tokens within which a launch's object stands from its verb.
_OBJECT = 12
#: The same for verbs that open much else: "melepas", "membuka".
_NEAR = 6
_BACK = 30
#: Tokens behind a passive verb within which what is launched may stand.
_AHEAD = 20
#: Tokens up to which a date may stand from the verb of a relative clause: "yang digulirkan pada ...".
_RELATIVE = 8


class Launches:
    """Finds launch words whose object is the programme and gives them their date."""

    def __init__(self, view: View, dates: list[Dated], subjects: Subjects) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_launch_tables)
        self.subjects = subjects
        self.dates = Ordered((d.first, d) for d in dates)
        self.days = Ordered((d.first, d) for d in dates if d.kind == "DAY")
        launched = view.programme.launched
        self.launched = launched.isoformat() if launched else ""
        self.launch_day = next((d for d in dates if d.best == self.launched), None)
        self.on_launch_day = Ordered((d.first, d) for d in dates if d.best == self.launched)

    def find(self) -> list[tuple[Dated, int, int, str]]:
        """(date, first and last token of the launch word, rule) of every dated launch."""
        return [
            (date, word.start, word.end, rule)
            for word in self._words()
            if self._is_of_programme(word)
            for date, rule in self._told(word)
        ]

    def _words(self) -> Iterator[LaunchWord]:
        """The words for a launch that took place."""
        for number, (first, last) in enumerate(self.view.sentences):
            hits = self.tables.cues.find(self.lower, first, last)
            behind = [*(start for start, _, _ in hits[1:]), last if len(hits) > 1 else 0]
            for (start, end, kind), until in zip(hits, behind, strict=False):
                if not self.tables.undone.find(self.lower, max(first, start - 3), start):
                    yield LaunchWord(kind, start, end, number, first, last, until)

    # --- whether it is the programme that is launched -----------------------------------------------

    def _is_of_programme(self, word: LaunchWord) -> bool:
        if word.kind in ("own", "noun", "passive") and self.on_launch_day.within(
            word.end, min(word.last, word.end + _OBJECT)
        ):
            return True  # nothing else was launched on that day
        return OF_PROGRAMME[word.kind](self, word)

    def _ahead(self, word: LaunchWord, reach: int = _OBJECT) -> bool | None:
        """Whether the first thing named behind the words is the programme; None if nothing is."""
        return self.subjects.object_is_programme(word.end, min(word.last, word.end + reach))

    def _was_named_last(self, word: LaunchWord) -> bool:
        return self.subjects.was_named_last(word.start, word.number)

    def is_gesture_of_it(self, word: LaunchWord) -> bool:
        """The gong is struck for what was named last, or is named behind."""
        return self._was_named_last(word) or bool(self.subjects.object_is_programme(word.end, word.last))

    def is_right_ahead(self, word: LaunchWord) -> bool:
        """The programme stands right behind, or behind words such as "program"."""
        stop = min(word.last, word.end + _NEAR)
        at = skip(word.end, stop, lambda token: self.lower[token] in self.tables.beside)
        right = self.subjects.object_is_programme(at, min(word.last, at + 1))
        return bool(right) or bool(self._ahead(word, 1))

    def is_right_before(self, word: LaunchWord) -> bool:
        """The programme stands right before, and no meeting of it: "Rapat Kecamatan Berdaya dibuka"."""
        start, first = word.start, word.first
        if start > first and self.tables.since.at(self.lower, start - 1):
            return bool(self._ahead(word))
        near = self.subjects.names_programme(range(max(first, start - _NEAR - 2), start))
        met = self.subjects.gatherings(max(first, start - _NEAR - 4), start)
        return near and not met and bool(self._before(word))

    def _before(self, word: LaunchWord) -> bool | None:
        return self.subjects.head_is_programme(max(word.first, word.start - _BACK), word.start)

    def is_status_of_it(self, word: LaunchWord) -> bool:
        """The programme's name is borne, and not only aimed at."""
        aimed = self.tables.targets.find(self.lower, max(word.first, word.start - _BACK), word.start)
        return not aimed and bool(self._ahead(word))

    def is_subject(self, word: LaunchWord) -> bool:
        """The programme is the subject before a passive; where there is none, it stands behind."""
        head = self._before(word)
        return head if head is not None else bool(self._ahead(word, _AHEAD))

    def is_object(self, word: LaunchWord) -> bool:
        return bool(self._ahead(word))

    def is_object_or_known(self, word: LaunchWord) -> bool:
        """The programme stands behind a noun; where nothing does, it was named last."""
        ahead = self._ahead(word)
        if ahead is not None:
            return ahead
        sure = self.tables.sure.at(self.lower, word.start) is not None
        return self.subjects.was_named_last(word.start, word.number, sure)

    # --- its date --------------------------------------------------------------------------------------

    def _told(self, word: LaunchWord) -> list[tuple[Dated, str]]:
        """The dates of a launch that its words are strong enough for."""
        told = self._dates(word)
        if word.kind.startswith("near") or word.kind == "gesture":  # too weak for a date from elsewhere
            told = [t for t in told if t[1] == "events.launch" or t[0].best == self.launched]
        if word.kind == "near-status":  # "menyandang status ... setelah bupati meneken SK pada 14 Agustus"
            told = [t for t in told if not self.tables.after.find(self.lower, word.end, t[0].first)]
        return told

    def _dates(self, word: LaunchWord) -> list[tuple[Dated, str]]:
        low, high = max(word.first, word.start - CLAUSE), min(word.last, word.end + CLAUSE)
        vague = self.tables.vague.at(self.lower, word.start) is not None
        passed_over = ("PART", "YEAR") if vague else ("PART",)
        inside = [d for d in self.dates.within(low, high) if d.kind not in passed_over]
        if own := self._own_date(word, inside):
            return [(own, "events.launch")]
        if self.tables.same_day.find(self.lower, low, high) and (before := self._day_before(word.first)):
            return [(before, "events.same-day")]
        if not inside and (near := self._nearby(word.number)):
            return [(near, "events.launch-nearby")]
        return [(self.launch_day, "events.launch-day")] if self.launch_day else []

    def _own_date(self, word: LaunchWord, inside: list[Dated]) -> Dated | None:
        """The date of the sentence that is the launch's: of several launches each has the one behind it."""
        fit = [d for d in inside if d.best == self.launched or self._fits(d, word)]
        behind = [d for d in fit if word.end <= d.first < word.until]
        if len(fit) > 1 and behind:
            return behind[0]
        return min(fit, key=lambda d: (len(d.best) < 10, abs(d.first - word.start)), default=None)

    def _day_before(self, token: int) -> Dated | None:
        """The day that was told last before a sentence; that of a decree is no launch's."""
        day = self.on_launch_day.before(token) or self.days.before(token)
        if day is None or day.best == self.launched:
            return day
        return None if self._is_of_decree(day) else day

    def _is_of_decree(self, day: Dated) -> bool:
        sentence = self.view.sentences[self.view.sentence_at(day.first)]
        return bool(self.tables.decrees.find(self.lower, *sentence))

    def _nearby(self, number: int) -> Dated | None:
        """The day of the sentence before or behind, in the same paragraph, unless it is something else's."""
        sentences = self.view.sentences
        block = self.view.segment_at(sentences[number][0]).block
        for other, nearest in ((number - 1, -1), (number + 1, 0)):
            if not 0 <= other < len(sentences):
                continue
            begin, stop = sentences[other]
            if self.view.segment_at(begin).block != block:
                continue
            if near := self._free_days(begin, min(stop, begin + 2 * CLAUSE)):
                return near[nearest]
        return None

    def _free_days(self, begin: int, stop: int) -> list[Dated]:
        """The days of a token range that are not told to be something else's."""
        return [
            d
            for d in self.days.within(begin, stop)
            if d.best == self.launched or not self._occupied(d, begin, stop)
        ]

    def _fits(self, date: Dated, word: LaunchWord) -> bool:
        """Whether nothing between a launch word and a date says that the date is of something else."""
        met = self.subjects.gatherings(*word.gap(date))
        if any(self.lower[at - 1] not in self.tables.together for at, _, _ in met):
            return False
        if self._is_of_main_clause(date, word):
            return False
        return not self.subjects.is_said(
            date, word.first, word.start if date.first >= word.end else word.first
        )

    def _is_of_main_clause(self, date: Dated, word: LaunchWord) -> bool:
        """Whether the words are a relative clause's, and the date is not: "Kamis, ia memuji program yang
        diluncurkannya"."""
        lower, relative = self.lower, self.tables.relative
        if lower[word.start - 1] in relative and date.last <= word.start and date.best != self.launched:
            return True
        low, high = word.gap(date)
        near = lower[max(word.first, word.start - 2) : word.start]
        return high - low > _RELATIVE and not relative.isdisjoint(near)

    def _occupied(self, date: Dated, begin: int, stop: int) -> bool:
        """Whether a day of another sentence is a meeting's, a decree's or a speech's."""
        other = bool(self.subjects.gatherings(begin, stop)) or self._is_of_decree(date)
        return other or self.subjects.is_said(date, begin, begin)


#: By kind of launch word: whether it is the programme that is launched.
OF_PROGRAMME: dict[str, Callable[[Launches, LaunchWord], bool]] = {
    "own": Launches._was_named_last,
    "gesture": Launches.is_gesture_of_it,
    "near-active": Launches.is_right_ahead,
    "near-passive": Launches.is_right_before,
    "near-status": Launches.is_status_of_it,
    "passive": Launches.is_subject,
    "active": Launches.is_object,
    "noun": Launches.is_object_or_known,
}
