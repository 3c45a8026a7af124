"""Which status the areas of a count hold: pilots, named in a decree, poor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import Cues
from extract.claims.quantities.surroundings import GAP, NEAR, REACH, Surroundings
from extract.vocabulary.load import MeasureTerm
from extract.vocabulary.scan import skip_before

#: Tokens before a number in which what it counts may be told to be unreal.
_BEFORE = 5
#: Tokens behind a status in which it may be told to be unreal.
_BEHIND = 3


@dataclass(frozen=True, slots=True)
class Status:
    """A measure of kind "status" and how it was recognised.

    `how` is "adjective", "noun", "before", "behind", "cue", "taken-up", or "reach" for a verb that says only
    how far something goes ("menjangkau 94 kecamatan"), "none" for so many that don't hold it (yet).
    """

    measure: MeasureTerm
    how: str
    besides: tuple[MeasureTerm, ...] = ()


@dataclass
class StatusReader:
    """Reads the status of a count's areas from the words around it, up to token `end`.

    `whole`: a part of it is told elsewhere.
    """

    around: Surroundings
    count: Count
    end: int
    whole: bool

    def __post_init__(self) -> None:
        self.view = self.around.view
        self.lower = self.around.lower
        self.tables = self.around.tables
        self.start, self.stop = self.count.number.start, self.count.noun[1]

    @cached_property
    def statuses(self) -> list[tuple[MeasureTerm, Cues]]:
        """The statuses that the count may be of, with their cues."""
        measures = ((self.tables.measures[n], self.tables.of[n]) for n in self.count.measures)
        return [(m, cues) for m, cues in measures if m.kind == "status"]

    @cached_property
    def sentence(self) -> int:
        """The first token of the count's sentence."""
        return self.view.sentences[self.view.sentence_at(self.start)][0]

    def read(self) -> Status | None:
        """The status, None where none is told."""
        if own := self._own():
            none = self.is_unreal or own.how == "rest"
            return Status(own.measure, "none") if none else self._with_others(self._made(own) or own)
        if self.is_unreal or self._is_of_others():
            return None
        found = self._governed() or self._said() or self._reached() or self._taken_up()
        return self._with_others(found) if found else None

    def of_approved(self) -> Status | None:
        """The status of a whole of which all was approved: "dari empat nama ..., semuanya diteken"."""
        if not self.tables.phrases["all_approved"].find(self.lower, self.stop, self.count.end):
            return None
        return self._of_programme("behind")

    def _of_programme(self, how: str) -> Status | None:
        """The status that the programme gives by going somewhere."""
        found = (self.tables.measures[n] for n in self.count.measures if self.tables.of[n].reach.heads)
        return next((Status(measure, how) for measure in found), None)

    # --- whether it holds ----------------------------------------------------------------------------------

    @cached_property
    def is_unreal(self) -> bool:
        """Words before the number tell of what is no status (yet), and none behind that it runs already:
        "menambah layanan pada empat kecamatan yang menjalankan program"."""
        return self.around.is_unreal(self._before(), self.start) and not self._runs_already()

    def _before(self) -> int:
        """Where what is said right before a number begins: "Tayu Batal, Ini Empat Kecamatan Berdaya"."""
        begin = max(self.count.begin, self.start - _BEFORE)
        if self.view.reading.field(begin) != "title":
            return begin
        return max((t + 1 for t in range(begin, self.start) if self.lower[t] == ","), default=begin)

    def _runs_already(self) -> bool:
        """Whether a relative clause right behind a count tells its status: what is new is given there."""
        given = self.lower[self.start - 1] in self.tables.words["given_to"]
        return given and any(self.around.is_told_behind(cues, self.count) for _, cues in self.statuses)

    def _is_of_others(self) -> bool:
        """Whether the areas are told to be chosen for something else."""
        last = min(self.stop + 2 * NEAR, self.end)
        return bool(self.tables.phrases["other_status"].find(self.lower, self.stop, last))

    def _is_denied(self, token: int) -> bool:
        """Whether what a status is told by, at a token behind the count, is told to be unreal."""
        return self.around.is_unreal(self.stop, min(token + _BEHIND, self.end))

    # --- how a status is told --------------------------------------------------------------------------

    def _own(self) -> Status | None:
        """By the noun or right behind it: "tiga percontohan", "empat kecamatan percontohan"."""
        if self.count.inherited or self.count.part:
            return None
        first = self.count.noun[0]
        for measure, cues in self.statuses:
            if hit := cues.adjectives.at(self.lower, self.stop):
                rest = self.tables.phrases["others"].at(self.lower, hit[0])
                return Status(measure, "rest" if rest else "adjective")
            if first < self.stop and cues.cues.at(self.lower, first):
                return Status(measure, "noun")
        return None

    def _made(self, own: Status) -> Status | None:
        """What some of the areas of another status were made: "empat kecamatan miskin lolos percontohan"."""
        if own.how != "adjective":
            return None
        last = next((i for i in range(self.stop, self.end) if self.lower[i] in ",;("), self.end)
        others = ((m, cues) for m, cues in self.statuses if m is not own.measure and cues.reach.heads)
        for measure, cues in others:
            hits = cues.behind.find(self.lower, self.stop, last)
            if hits and not self.around.opens_relative(hits[0][0] - 1) and not self._is_unmade(hits[0], last):
                return Status(measure, "behind")
        return None

    def _is_unmade(self, hit: tuple[int, int, str], last: int) -> bool:
        return self.around.is_unreal(self.stop, min(hit[1] + _BEHIND, last))

    def _governed(self) -> Status | None:
        """By what governs the number: "menetapkan empat kecamatan"."""
        if self.whole or self.around.is_planned(self.start):
            return None
        for measure, cues in self.statuses:
            decree = bool(cues.documents.heads) and measure.level == "kecamatan"
            if self._is_governed(cues) or (decree and self.around.is_held(self.count)):
                return Status(measure, "before")
        hits = self.tables.phrases["with_programme"].find(self.lower, self.count.begin, self.start)
        first, last = self.around.near_sentence(self.start)
        if hits and self._governs(hits[-1][1]) and self.around.names_programme(first, last):
            return self._of_programme("before")
        return None

    def _governs(self, end: int) -> bool:
        """Whether what ends at a token is near enough to govern the number."""
        return self.start - end <= (0 if self.count.inherited else GAP)

    def _is_governed(self, cues: Cues) -> bool:
        before = cues.before.find(self.lower, self.count.begin, self.start)
        return bool(before) and self._governs(before[-1][1]) and not self.around.is_of_building(before[-1][0])

    def _said(self) -> Status | None:
        """By what is said of the counted: "empat kecamatan ditunjuk menjadi percontohan"."""
        for measure, cues in self.statuses:
            found = self._behind(cues) or self._inverted(cues) or self._beside(cues)
            if found and not self._is_denied(found[1]):
                return Status(measure, found[0])
        return None

    def _behind(self, cues: Cues) -> tuple[str, int] | None:
        """(how, token) of what is said behind a count."""
        if not self.count.weak and (hits := cues.behind.find(self.lower, self.stop, self.end)):
            return "behind", hits[0][0]
        if hits := self._named(cues, self.stop, self.end):
            return "cue", hits[0][0]
        return None

    def _inverted(self, cues: Cues) -> tuple[str, int] | None:
        """What is said of them before the number: "yang masuk kategori miskin itu ada sebelas kecamatan"."""
        words, begin = self.tables.words, self.count.begin
        at = skip_before(self.start, begin, lambda token: self.lower[token] in words["between"])
        if at == self.start:
            return None
        for first, last, _ in cues.behind.find(self.lower, begin, at):
            if first > begin and self.lower[first - 1] in words["that"] and at - last <= NEAR:
                return "behind", self.stop
        return None

    def _beside(self, cues: Cues) -> tuple[str, int] | None:
        """The status's name right before the number."""
        if self.count.inherited:
            return None
        near = self._named(cues, self.count.begin, self.start)
        return ("cue", self.stop) if near and self.start - near[-1][1] <= NEAR else None

    def _named(self, cues: Cues, first: int, last: int) -> list[tuple[int, int, str]]:
        """What a token range calls by the status's name, or by that of its decree."""
        return cues.cues.find(self.lower, first, last) or cues.documents.find(self.lower, first, last)

    def _reached(self) -> Status | None:
        """By how far the programme goes, or a decree of its sentence: "SK lokasi ... mencakup 127"."""
        if self.whole or self.around.is_planned(self.start):
            return None
        first = max(self.sentence, self.start - REACH)
        hits = list(self._reaching())
        if not hits and self._is_located(first):
            return None if self.around.is_of_building(self.start) else self._of_programme("reach")
        if not hits or not self._is_reach(hits[-1], first):
            return None
        for measure, cues in self.statuses:
            if self._named(cues, first, self.start):
                return Status(measure, "cue")
        told = (m for m, cues in self.statuses if cues.reach.find(self.lower, *hits[-1][:2]))
        return next((Status(measure, "reach") for measure in told), None)

    def _reaching(self) -> Iterator[tuple[int, int, str]]:
        """The verbs before the number that tell how far something goes."""
        for _, cues in self.statuses:
            yield from cues.reach.find(self.lower, self.count.begin, self.start)

    def _is_located(self, first: int) -> bool:
        """Whether the programme takes place there: "Kecamatan Berdaya di Kabupaten X dipusatkan di lima"."""
        located = self.lower[self.start - 1] in self.tables.words["located"]
        return located and not self.count.inherited and self.around.names_programme(first, self.start)

    def _is_reach(self, verb: tuple[int, int, str], first: int) -> bool:
        """Whether a verb that tells how far something goes is near, and said of no other thing."""
        start, end, _ = verb
        if self.start - end > GAP or self.around.is_of_building(start):
            return False
        return not self.around.is_of_villages(first, start) and not self.around.is_of_service(first, start)

    def _taken_up(self) -> Status | None:
        """Which kind "14 kecamatan dalam kategori itu" takes up: one named in the two sentences before."""
        pointing = self.tables.phrases["taken_up"].find(self.lower, self.stop, self.end)
        if self.count.weak or not pointing:
            return None
        at = self.view.sentence_at(self.start)
        first = max(self.view.sentences[max(0, at - 2)][0], self.start - 2 * REACH)
        told = (m for m, cues in self.statuses if cues.behind.find(self.lower, first, self.start))
        return next((Status(measure, "taken-up") for measure in told), None)

    # --- a count that is of two kinds ------------------------------------------------------------------

    def _with_others(self, status: Status) -> Status:
        """Adds what the count is besides: pilots by a decree that its clause names."""
        if self.whole:
            return status
        measures = zip(self.tables.measures, self.tables.of, strict=True)
        others = ((m, cues) for m, cues in measures if m.level == status.measure.level)
        besides = (m for m, cues in others if m is not status.measure and self._is_besides(status, cues))
        return Status(status.measure, status.how, tuple(besides))

    def _is_besides(self, status: Status, cues: Cues) -> bool:
        """Whether a count of one status is told to be of another one too."""
        if status.how in ("behind", "before") and self._is_made(cues):
            return True
        if cues.documents.heads and self._is_decreed(status):
            return True
        begin = max(self.sentence, self.count.left, self.start - REACH)
        return bool(cues.besides.find(self.lower, begin, self.end))

    def _is_decreed(self, status: Status) -> bool:
        return self._is_decreed_behind or (status.how == "before" and self._is_enacted)

    @cached_property
    def _is_enacted(self) -> bool:
        """Whether a decree is the subject that appoints: "Keputusan Bupati X menetapkan lima"."""
        last = min(self.sentence + NEAR, self.start)
        hits = self.tables.phrases["decrees"].find(self.lower, self.sentence, last)
        return bool(hits) and hits[0][0] <= self.sentence + 1

    @cached_property
    def _is_decreed_behind(self) -> bool:
        """Whether the next sentence says that a decree appointed them: "Penetapan itu tertuang dalam SK"."""
        _, at = self.view.sentences[self.view.sentence_at(self.start)]
        return self.tables.phrases["decree_told"].at(self.lower, at) is not None

    def _is_made(self, cues: Cues) -> bool:
        """Whether it is said behind a count that the areas are made, or serve as, one of the status."""
        words = self.tables.words["as"]
        hits = cues.cues.find(self.lower, self.stop, self.end)
        return any(self.lower[at] in words or self.lower[at - 1] in words for at, _, _ in hits)
