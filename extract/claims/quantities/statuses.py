"""Which status the areas of a count hold: pilots, named in a decree, poor."""

from __future__ import annotations

from dataclasses import dataclass

from extract.article.view import View
from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import Cues, QuantityTables, owners
from extract.vocabulary.load import MeasureTerm
from extract.vocabulary.scan import skip_before

#: Tokens between a cue and the number that it governs.
_GAP = 3
#: Tokens before a number within which a cue may be said of what it counts.
_NEAR = 6
#: Tokens of a sentence that are looked at on either side of a number: longer ones are no prose.
REACH = 60


@dataclass(frozen=True, slots=True)
class Status:
    """A measure of kind "status" and how it was recognised.

    `how` is "adjective", "noun", "before", "behind", "cue", "taken-up", or "reach" for a verb that says only
    how far something goes ("menjangkau 94 kecamatan"), "none" for so many that don't hold it (yet).
    """

    measure: MeasureTerm
    how: str
    besides: tuple[MeasureTerm, ...] = ()


class StatusReader:
    """Reads the status of counted areas from the words around their number."""

    def __init__(self, view: View, tables: QuantityTables) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        self.names = view.names

    def read(self, count: Count, end: int, whole: bool) -> Status | None:
        """The status of a count, looked for up to token `end`; `whole`: a part of it is told elsewhere."""
        statuses = [
            (self.tables.measures[n], self.tables.of[n])
            for n in count.measures
            if self.tables.measures[n].kind == "status"
        ]
        begin = max(count.begin, count.number.start - 5)
        if self.view.reading.field(begin) == "title":  # "Tayu Batal, Ini Empat Kecamatan Berdaya"
            begin = max(begin, *(t + 1 for t in range(begin, count.number.start) if self.lower[t] == ","), 0)
        unreal = self.unreal(begin, count.number.start)
        if unreal and self._runs_already(statuses, count):
            unreal = False  # "menambah layanan pada empat kecamatan yang menjalankan program"
        own = self._own(statuses, count)
        if own and own.how == "adjective" and not unreal:
            own = self._made(statuses, own, count, end) or own
        if own:
            return (
                Status(own.measure, "none")
                if unreal or own.how == "rest"
                else self._with_others(own, count, end, whole)
            )
        if unreal:
            return None
        behind = min(count.noun[1] + 2 * _NEAR, end)
        if self.tables.phrases["other_status"].find(self.lower, count.noun[1], behind):
            return None
        found = self._governed(statuses, count, whole) or self._said(statuses, count, end)
        if found is None and not whole and not self.planned(count.number.start):
            found = self._reached(statuses, count)
        if (
            found is None
            and not count.weak
            and self.tables.phrases["taken_up"].find(self.lower, count.noun[1], end)
        ):
            found = self._taken_up(statuses, count)
        return self._with_others(found, count, end, whole) if found else None

    def unreal(self, first: int, last: int) -> bool:
        """Whether a token range tells of what is wanted, proposed, denied or yet to come."""
        hits = self.tables.phrases["unreal"].find(self.lower, first, last)
        if not hits:
            return False
        spared = self.tables.phrases["not_unreal"].find(self.lower, max(0, first - 1), last)
        return any(not any(low <= start < high for low, high, _ in spared) for start, _, _ in hits)

    def _runs_already(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count) -> bool:
        """Whether a relative clause right behind a count tells its status: what is new is given there."""
        given = self.lower[count.number.start - 1] in self.tables.words["given_to"]
        return given and any(self.is_told_behind(cues, count) for _, cues in statuses)

    def is_told_behind(self, cues: Cues, count: Count) -> bool:
        """Whether a relative clause right behind a count tells a status: "kecamatan yang dipilih"."""
        stop, lower = count.noun[1], self.lower
        if lower[stop : stop + 1] != ["yang"]:
            return False
        return cues.behind.at(lower, stop + 1) is not None or cues.before.at(lower, stop + 1) is not None

    def planned(self, start: int) -> bool:
        """Whether a word for the future stands right before a number."""
        return any(self.lower[i] in self.tables.words["planned"] for i in range(max(0, start - 4), start))

    def all_approved(self, count: Count) -> Status | None:
        """The status of a whole of which all was approved: "dari empat nama ..., semuanya diteken"."""
        if not self.tables.phrases["all_approved"].find(self.lower, count.noun[1], count.end):
            return None
        statuses = ((self.tables.measures[n], self.tables.of[n]) for n in count.measures)
        return next((Status(m, "behind") for m, cues in statuses if cues.reach.heads), None)

    # --- how a status is told --------------------------------------------------------------------------

    def _own(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count) -> Status | None:
        """By the noun or right behind it: "tiga percontohan", "empat kecamatan percontohan"."""
        lower, (first, stop) = self.lower, count.noun
        if count.inherited or count.part:
            return None
        for measure, cues in statuses:
            if stop < len(lower) and (hit := cues.adjectives.at(lower, stop)):
                rest = hit[0] < len(lower) and self.tables.phrases["others"].at(lower, hit[0])
                return Status(measure, "rest" if rest else "adjective")
            if first < stop and cues.cues.at(lower, first):
                return Status(measure, "noun")
        return None

    def _made(
        self, statuses: list[tuple[MeasureTerm, Cues]], own: Status, count: Count, end: int
    ) -> Status | None:
        """What some of the areas of another status were made: "empat kecamatan miskin lolos percontohan"."""
        stop = count.noun[1]
        last = next((i for i in range(stop, end) if self.lower[i] in ",;("), end)
        for measure, cues in statuses:
            if measure is own.measure or not cues.reach.heads:
                continue
            hits = cues.behind.find(self.lower, stop, last)
            if (
                hits
                and self.lower[hits[0][0] - 1] != "yang"
                and not self.unreal(stop, min(hits[0][1] + 3, last))
            ):
                return Status(measure, "behind")
        return None

    def _governed(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count, whole: bool) -> Status | None:
        """By what governs the number: "menetapkan empat kecamatan"."""
        start = count.number.start
        if whole or self.planned(start):
            return None
        gap = 0 if count.inherited else _GAP
        for measure, cues in statuses:
            before = cues.before.find(self.lower, count.begin, start)
            if before and start - before[-1][1] <= gap and not self.of_building(before[-1][0]):
                return Status(measure, "before")
            if cues.documents.heads and measure.level == "kecamatan" and self.held(count):
                return Status(measure, "before")
        hits = self.tables.phrases["with_programme"].find(self.lower, count.begin, start)
        if hits and start - hits[-1][1] <= gap and self._of_programme(start):
            return next((Status(m, "before") for m, cues in statuses if cues.reach.heads), None)
        return None

    def held(self, count: Count) -> bool:
        """Whether a decree is said to hold so many: "SK Bupati Nomor 1 memuat empat kecamatan"."""
        start = count.number.start
        hits = self.tables.phrases["holds"].find(self.lower, count.begin, start)
        if not hits or start - hits[-1][1] > 1:
            return False
        at = self.view.sentence_at(start)
        inside = self.lower[hits[-1][0]] in self.tables.words["inside"]
        first, _ = self.view.sentences[max(0, at - 1) if inside else at]
        first = max(first, hits[-1][0] - REACH // 2)
        return bool(self.tables.phrases["decrees"].find(self.lower, first, hits[-1][0] + inside))

    def _of_programme(self, token: int) -> bool:
        """Whether a token's sentence names the programme."""
        first, last = self.view.sentences[self.view.sentence_at(token)]
        return any(i in self.names for i in range(max(first, token - REACH), min(last, token + REACH)))

    def _said(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count, end: int) -> Status | None:
        """By what is said of the counted: "empat kecamatan ditunjuk menjadi percontohan"."""
        start, stop = count.number.start, count.noun[1]
        for measure, cues in statuses:
            found = self._behind(cues, count, end) or self._inverted(cues, count)
            if found is None and not count.inherited:
                near = self._named(cues, count.begin, start)
                found = ("cue", stop) if near and start - near[-1][1] <= _NEAR else None
            if found and not self.unreal(stop, min(found[1] + 3, end)):
                return Status(measure, found[0])
        return None

    def _behind(self, cues: Cues, count: Count, end: int) -> tuple[str, int] | None:
        """(how, token) of what is said behind a count."""
        stop = count.noun[1]
        if not count.weak and (hits := cues.behind.find(self.lower, stop, end)):
            return "behind", hits[0][0]
        if hits := self._named(cues, stop, end):
            return "cue", hits[0][0]
        return None

    def _inverted(self, cues: Cues, count: Count) -> tuple[str, int] | None:
        """What is said of them before the number: "yang masuk kategori miskin itu ada sebelas kecamatan"."""
        start, words = count.number.start, self.tables.words["between"]
        at = skip_before(start, count.begin, lambda token: self.lower[token] in words)
        if at == start:
            return None
        for first, last, _ in cues.behind.find(self.lower, count.begin, at):
            if (
                first > count.begin
                and self.lower[first - 1] in self.tables.words["that"]
                and at - last <= _NEAR
            ):
                return "behind", count.noun[1]
        return None

    def _named(self, cues: Cues, first: int, last: int) -> list[tuple[int, int, str]]:
        """What a token range calls by the status's name, or by that of its decree."""
        return cues.cues.find(self.lower, first, last) or cues.documents.find(self.lower, first, last)

    def _reached(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count) -> Status | None:
        """By how far the programme goes, or a decree of its sentence: "SK lokasi ... mencakup 127"."""
        lower, start = self.lower, count.number.start
        first, _ = self.view.sentences[self.view.sentence_at(start)]
        first = max(first, start - REACH)
        hits = [h for _, cues in statuses for h in cues.reach.find(lower, count.begin, start)]
        located = not count.inherited and lower[start - 1] in self.tables.words["located"]
        if not hits and located and any(i in self.names for i in range(first, start)):
            # "Kecamatan Berdaya di Kabupaten X dipusatkan di lima kecamatan"
            goes = (Status(m, "reach") for m, cues in statuses if cues.reach.heads)
            return None if self.of_building(start) else next(goes, None)
        if not hits or start - hits[-1][1] > _GAP or self.of_building(hits[-1][0]):
            return None
        if self._of_villages(first, hits[-1][0]) or self._of_service(first, hits[-1][0]):
            return None
        for measure, cues in statuses:
            if self._named(cues, first, start):
                return Status(measure, "cue")
        return next(
            (Status(m, "reach") for m, cues in statuses if cues.reach.find(lower, *hits[-1][:2])), None
        )

    def _of_villages(self, first: int, cue: int) -> bool:
        """Whether what was counted before a cue is villages: "469 desa yang tersebar di 16 kecamatan"."""
        for number in self.view.spans_in("numbers", first, cue)[-1:]:
            for at in range(max(first, number.start - _GAP), min(cue, number.end + 1)):
                hit = self.tables.nouns.at(self.lower, at)
                if hit and all(self.tables.measures[n].level == "village" for n in owners(hit[1])):
                    return True
        return False

    def _of_service(self, first: int, cue: int) -> bool:
        """Whether a verb is said of one service: "layanan lansia menjangkau sembilan kecamatan"."""
        for i in range(cue - 1, max(first, cue - 2 * _NEAR) - 1, -1):
            if i in self.names:
                return False
            if self.lower[i] in self.tables.words["services"]:
                return True
        return False

    def of_building(self, cue: int) -> bool:
        """Whether a verb is said of another thing: "RPPA hadir di 149 kecamatan", "Tim ... dibentuk"."""
        first, _ = self.view.sentences[self.view.sentence_at(cue)]
        for i in range(cue - 1, max(first, cue - 2 * _NEAR) - 1, -1):
            if i in self.names:
                return i > 0 and self.lower[i - 1] in self.tables.words["bodies"]
            hit = self.tables.nouns.at(self.lower, i)
            if hit and all(self.tables.measures[n].kind == "units" for n in owners(hit[1])):
                return True
        return False

    def _taken_up(self, statuses: list[tuple[MeasureTerm, Cues]], count: Count) -> Status | None:
        """Which kind "14 kecamatan dalam kategori itu" takes up: one named in the two sentences before."""
        start = count.number.start
        at = self.view.sentence_at(start)
        first = max(self.view.sentences[max(0, at - 2)][0], start - 2 * REACH)
        for measure, cues in statuses:
            if cues.behind.find(self.lower, first, start):
                return Status(measure, "taken-up")
        return None

    # --- a count that is of two kinds ------------------------------------------------------------------

    def _with_others(self, status: Status, count: Count, end: int, whole: bool) -> Status:
        """Adds what the count is besides: pilots by a decree that its clause names."""
        if whole:
            return status
        first, _ = self.view.sentences[self.view.sentence_at(count.number.start)]
        begin = max(first, count.left, count.number.start - REACH)
        others = []
        decreed = self._decreed_behind(count)
        enacted = status.how == "before" and self._enacted(first, count)
        for measure, cues in zip(self.tables.measures, self.tables.of, strict=True):
            if measure is status.measure or measure.level != status.measure.level:
                continue
            told = status.how in ("behind", "before") and self._as(cues, count.noun[1], end)
            told = told or ((decreed or enacted) and bool(cues.documents.heads))
            if told or cues.besides.find(self.lower, begin, end):
                others.append(measure)
        return Status(status.measure, status.how, tuple(others))

    def _enacted(self, first: int, count: Count) -> bool:
        """Whether a decree is the subject that appoints: "Keputusan Bupati X menetapkan lima"."""
        hits = self.tables.phrases["decrees"].find(self.lower, first, min(first + _NEAR, count.number.start))
        return bool(hits) and hits[0][0] <= first + 1

    def _decreed_behind(self, count: Count) -> bool:
        """Whether the next sentence says that a decree appointed them: "Penetapan itu tertuang dalam SK"."""
        _, at = self.view.sentences[self.view.sentence_at(count.number.start)]
        return at < len(self.lower) and self.tables.phrases["decree_told"].at(self.lower, at) is not None

    def _as(self, cues: Cues, first: int, last: int) -> bool:
        """Whether a token range says "sebagai ..." with a status."""
        words = self.tables.words["as"]
        hits = cues.cues.find(self.lower, first, last)
        return any(self.lower[at] in words or self.lower[at - 1] in words for at, _, _ in hits)
