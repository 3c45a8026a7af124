"""Which dates are those of the programme's launch, in the province or at a place."""

from __future__ import annotations

from dataclasses import dataclass

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import skip

#: Tokens within which a launch's object stands from its verb.
_OBJECT = 12
#: The same for verbs that open much else: "melepas", "membuka".
_NEAR = 6
_BACK = 30
#: Tokens on either side of a launch word that may belong to it.
_CLAUSE = 60
#: Tokens up to which a date may stand from the verb of a relative clause: "yang digulirkan pada ...".
_RELATIVE = 8


@dataclass(frozen=True, slots=True)
class LaunchTables:
    cues: PhraseTable  # keys: noun, active, passive, near-active, near-passive, gesture, own
    objects: PhraseTable
    others: PhraseTable
    gatherings: PhraseTable
    said: PhraseTable
    undone: PhraseTable
    same_day: PhraseTable
    vague: PhraseTable
    sure: PhraseTable
    since: PhraseTable
    targets: PhraseTable
    after: PhraseTable


def build_launch_tables(vocabulary: Vocabulary) -> LaunchTables:
    def table(key: str, file: str = "events") -> PhraseTable:
        return vocabulary.table(file, key)

    kinds = {
        "noun": "launch_nouns",
        "active": "launch_active",
        "passive": "launch_passive",
        "near-active": "launch_near_active",
        "near-passive": "launch_near_passive",
        "gesture": "launch_gestures",
        "own": "launch_own",
        "near-status": "launch_status",
    }
    return LaunchTables(
        cues=PhraseTable({kind: vocabulary.cue("events", key) for kind, key in kinds.items()}),
        objects=table("launch_objects"),
        others=table("other_objects"),
        gatherings=table("other_events"),
        said=table("said"),
        undone=table("undone"),
        same_day=table("same_day", "dates"),
        vague=table("launch_vague"),
        sure=table("launch_sure"),
        since=table("since_launch"),
        targets=table("targets"),
        after=table("launch_after"),
    )


class Launches:
    """Finds launch words whose object is the programme and gives them their date."""

    def __init__(self, view: View, dates: list[Dated]) -> None:
        self.view = view
        self.dates = Ordered((d.first, d) for d in dates)
        self.days = Ordered((d.first, d) for d in dates if d.kind == "DAY")
        launched = view.programme.launched
        self.launched = launched.isoformat() if launched else ""
        self.launch_day = next((d for d in dates if d.best == self.launched), None)
        self.on_launch_day = Ordered((d.first, d) for d in dates if d.best == self.launched)
        self.lower = view.reading.lower
        self.tables = view.vocabulary.compiled(build_launch_tables)
        programme = view.programme
        self.names = view.names
        buildings = {p.id for p in programme.pillar if p.facility}
        self.nouns = view.vocabulary.cue_set("events", "programme_nouns")
        self.spoken = {  # where "program ini" and the like stand for the programme
            i for i, w in enumerate(self.lower) if w in self.nouns and self._spoken(i)
        }
        self.together = view.vocabulary.cue_set("events", "together")
        self.beside = view.vocabulary.cue_set("events", "beside_launch")
        self.buildings = {s.start for s in view.spans("pillars") if s.kb_id_ in buildings}

    def find(self) -> list[tuple[Dated, int, int, str]]:
        """(date, first and last token of the launch word, rule) of every dated launch."""
        found = []
        for number, (first, last) in enumerate(self.view.sentences):
            hits = self.tables.cues.find(self.lower, first, last)
            for at, (start, end, kind) in enumerate(hits):
                if self.tables.undone.find(self.lower, max(first, start - 3), start):
                    continue
                if not self._of_programme(kind, start, end, first, last, number):
                    continue
                until = hits[at + 1][0] if at + 1 < len(hits) else last
                told = self._dates(start, end, number, until if len(hits) > 1 else 0)
                if kind.startswith("near") or kind == "gesture":  # too weak for a date from elsewhere
                    told = [t for t in told if t[1] == "events.launch" or t[0].best == self.launched]
                if kind == "near-status":  # "menyandang status ... setelah bupati meneken SK pada 14 Agustus"
                    told = [t for t in told if not self.tables.after.find(self.lower, end, t[0].first)]
                for date, rule in told:
                    found.append((date, start, end, rule))
        return found

    # --- whether it is the programme that is launched -----------------------------------------------

    def _of_programme(self, kind: str, start: int, end: int, first: int, last: int, number: int) -> bool:
        if kind in ("own", "noun", "passive") and self.on_launch_day.within(end, min(last, end + _OBJECT)):
            return True  # nothing else was launched on that day
        if kind == "own" or kind == "gesture":
            return self._last_named(start, number) or bool(kind == "gesture" and self._object(end, last))
        if kind == "near-active":
            at = skip(end, min(last, end + _NEAR), lambda token: self.lower[token] in self.beside)
            return bool(self._object(at, min(last, at + 1))) or bool(self._object(end, min(last, end + 1)))
        if kind == "near-passive":
            if start > first and self.tables.since.at(self.lower, start - 1):
                return bool(self._object(end, min(last, end + _OBJECT)))
            near = any(
                i in self.names or i in self.spoken for i in range(max(first, start - _NEAR - 2), start)
            )
            # "Rapat Kecamatan Berdaya dibuka bupati" opens a meeting
            met = self.tables.gatherings.find(self.lower, max(first, start - _NEAR - 4), start)
            return near and not met and bool(self._head(max(first, start - _BACK), start))
        if kind == "near-status" and self.tables.targets.find(self.lower, max(first, start - _BACK), start):
            return False
        if kind == "passive":
            head = self._head(max(first, start - _BACK), start)
            ahead = self._object(end, min(last, end + 20))
            return head if head is not None else bool(ahead)
        ahead = self._object(end, min(last, end + _OBJECT))
        if ahead is None and kind == "noun":
            sure = self.tables.sure.at(self.lower, start) is not None
            return self._last_named(start, number, sure)
        return bool(ahead)

    def _object(self, first: int, last: int) -> bool | None:
        """Whether the first thing named in a token range is the programme; None if nothing is named."""
        dated = {i for d in self.dates.within(first, last) for i in range(d.first, d.last)}  # "bulan Oktober"
        for i in range(first, last):
            if i in self.names:
                return True
            if i in dated:
                continue
            if i in self.buildings or self.tables.others.at(self.lower, i):
                return False
            if self.tables.objects.at(self.lower, i) and i <= first + 2:
                return not any(b in self.buildings for b in range(i, min(last, i + 4)))
        return None

    def _head(self, first: int, last: int) -> bool | None:
        """The same of the subject before a passive verb: the first thing named in its clause."""
        begin = first
        for i in range(first, last):
            if self.lower[i] in (";", ":") or (self.lower[i] in ("serta", "sedangkan", "sementara")):
                begin = i + 1
        for i in range(begin, last):
            if i in self.buildings:
                return False
            if i in self.names:
                return True
            hit = self.tables.objects.at(self.lower, i)
            if hit and hit[0] - i >= 2:
                return True
        return None

    def _spoken(self, token: int) -> bool:
        hit = self.tables.objects.at(self.lower, token)
        return hit is not None and hit[0] - token >= 2

    def _last_named(self, token: int, number: int, unnamed: bool = False) -> bool:
        """Whether of programme and buildings the programme was named last before a token, nearby; `unnamed`
        where its sentence names neither."""
        first = max(self.view.sentences[max(0, number - (0 if unnamed else 2))][0], token - 2 * _CLAUSE)
        for i in range(token - 1, first - 1, -1):
            if i in self.names or i in self.spoken:
                return True
            if i in self.buildings:
                return False
        return unnamed

    # --- its date --------------------------------------------------------------------------------------

    def _dates(self, start: int, end: int, number: int, until: int) -> list[tuple[Dated, str]]:
        """`until`: the next launch word of the sentence, 0 where there is only one in it."""
        first, last = self.view.sentences[number]
        low, high = max(first, start - _CLAUSE), min(last, end + _CLAUSE)
        inside = [d for d in self.dates.within(low, high) if d.kind != "PART"]
        vague = self.tables.vague.at(self.lower, start) is not None
        inside = [d for d in inside if not (vague and d.kind == "YEAR")]
        fit = [d for d in inside if d.best == self.launched or self._fits(d, start, end, first)]
        own = [d for d in fit if end <= d.first < until]
        if len(fit) > 1 and own:
            return [(own[0], "events.launch")]  # of several launches each has the date behind it
        if fit:
            fit.sort(key=lambda d: (len(d.best) < 10, abs(d.first - start)))
            return [(fit[0], "events.launch")]
        if self.tables.same_day.find(self.lower, low, high):
            before = self.on_launch_day.before(first) or self.days.before(first)
            if before:
                return [(before, "events.same-day")]
        if not inside and (near := self._nearby(number)):
            return [(near, "events.launch-nearby")]
        return [(self.launch_day, "events.launch-day")] if self.launch_day else []

    def _nearby(self, number: int) -> Dated | None:
        """The day of the sentence before or behind, in the same paragraph, unless it is something else's."""
        block = self.view.segment_at(self.view.sentences[number][0]).block
        for other in (number - 1, number + 1):
            if not 0 <= other < len(self.view.sentences):
                continue
            begin, stop = self.view.sentences[other]
            stop = min(stop, begin + 2 * _CLAUSE)
            if self.view.segment_at(begin).block != block:
                continue
            near = [
                d
                for d in self.days.within(begin, stop)
                if d.best == self.launched or not self._occupied(d, begin, stop)
            ]
            if near:
                return near[-1 if other < number else 0]
        return None

    def _fits(self, date: Dated, start: int, end: int, first: int) -> bool:
        """Whether nothing between a launch word and a date says that the date is of something else."""
        low, high = (end, date.first) if date.first >= end else (date.last, start)
        met = self.tables.gatherings.find(self.lower, low, high)
        if any(self.lower[at - 1] not in self.together for at, _, _ in met):
            return False
        if self.lower[start - 1] == "yang" and date.last <= start and date.best != self.launched:
            return False  # "Kamis, ia memuji program yang diluncurkannya"
        if "yang" in self.lower[max(first, start - 2) : start] and high - low > _RELATIVE:
            return False  # the date is the main clause's
        return not self.is_said(date, first, start if date.first >= end else first)

    def _occupied(self, date: Dated, begin: int, stop: int) -> bool:
        return bool(self.tables.gatherings.find(self.lower, begin, stop)) or self.is_said(date, begin, begin)

    def is_said(self, date: Dated, first: int, after: int) -> bool:
        """Whether a date tells when somebody spoke: a verb of saying stands before it, with nothing but a
        name, a role and a place between."""
        hits = self.tables.said.find(self.lower, max(first, after, date.first - 22), date.first)
        return bool(hits)
