"""Tells which of the buildings that a text names are said to stand: questions for
`knowledge/rules/facilities-stands.toml`."""

from __future__ import annotations

from collections.abc import Callable

from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.conversions import is_made
from extract.claims.facilities.named import BEFORE, BEHIND, TOPIC, Named
from extract.claims.facilities.words import looks_like_verb
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.rules import RuleBook
from extract.vocabulary.scan import skip_before

#: Tokens before a verb within which a plan is one for what it says.
BEFORE_VERB = 4
#: Tokens between a verb of service and what it takes in: "menerima sedikitnya 31 aduan".
_SERVED = 7
#: Tokens from "yang" to the verb that is said of a building.
_RELATIVE = 4


class Told(Named):
    """The same with the words before and behind the name, on which the rules decide."""

    # --- what stands behind its name ---------------------------------------------------------------

    def is_said_behind(self) -> bool:
        """A verb behind its name says that it stands: "RPPA itu sudah melayani warga"."""
        hits = self.words.exists_behind.find(self.lower, self.building.last, self.high)
        if not hits or self._is_of_office(hits[0][0]):
            return False
        start, end, _ = hits[0]
        if self._is_relative(start):  # "yang beroperasi" says so of it whatever is done about it
            return not self._unreal(self.building.last, self._said_until(end))
        begin = start if self._is_by_now(start) else self.building.before(BEFORE)
        return not self._unreal(begin, min(end + 3, self.high)) and not self._is_only_topic(start)

    def _is_only_topic(self, cue: int) -> bool:
        """Whether it is a topic, and neither opens the clause nor is what somebody tells."""
        about = self.words.about.find(self.lower, self.building.before(TOPIC), self.building.first)
        return bool(about) and not (self._is_fronted(about[0][0]) or self._is_reported(cue))

    def _is_of_office(self, cue: int) -> bool:
        """Whether a comma and an agency's name come between: "Dinas A mengampu RPPA, Dinas B menangani"."""
        agencies = self.finder.view.spans_in("agencies", self.building.last, cue)
        return any(self.lower[s.start - 1] == "," for s in agencies)

    def _is_fronted(self, about: int) -> bool:
        """Whether a clause opens with its topic: "Untuk sport center, baru X yang punya"."""
        behind = self.lower[self.building.last : self.building.last + 1]
        return about - self.building.begin <= 1 and behind == [","]

    def _is_reported(self, cue: int) -> bool:
        """Whether a clause of its own is told: "ia menjelaskan RPPA di X sudah melayani"."""
        if self.lower[self.building.first - 1] not in self.words.reported:
            return False
        end = self.places[-1].end if self.places else self.building.last
        return cue == end and self.lower[cue] in self.words.by_now

    def _is_relative(self, cue: int) -> bool:
        """Whether a "yang" opens between a building (with its place) and a cue."""
        first = self.building.last
        that = next((t for t in range(first, cue + 1) if self.lower[t] in self.words.that), None)
        if that is None or cue - that >= _RELATIVE or "," in self.lower[first : cue + 1]:
            return False
        # another noun has its own: "RPPA dan lansia yang"
        words, own = self.finder.view.reading.words, self.words.attached | self.words.own
        return all(words[i][0].isupper() or self.lower[i] in own for i in range(first, that))

    def _said_until(self, cue: int) -> int:
        """Where what a relative clause says of a building ends: "RPPA yang ada di X | belum memadai"."""
        stop = min(cue + 3, self.high)
        places = self.finder.places.within(cue, min(cue + 5, self.high))
        return max(cue, min(stop, places[-1].end)) if places else stop

    def _is_by_now(self, cue: int) -> bool:
        """Whether a cue tells what has become of what was planned or built: "dibangun dan telah dipakai"."""
        joined = cue > 0 and self.lower[cue - 1] in self.words.before_by_now
        return joined and self.lower[cue] in self.words.by_now

    def goes_on(self) -> bool:
        """It is run: "RPPA di X dikelola warga"."""
        hits = self.words.placed_behind.find(self.lower, self.building.last, self.high)
        return bool(hits) and not self._unreal(self.building.before(BEFORE), min(hits[0][1] + 3, self.high))

    def serves(self) -> bool:
        """It takes in people or their reports: "RPPA di X menerima 31 aduan"."""
        hits = self.words.serves.find(self.lower, self.building.last, self.high)
        return any(
            self.words.served.find(self.lower, end, min(end + _SERVED, self.high)) for _, end, _ in hits
        )

    def is_told(self) -> bool:
        """A sentence opens with it at its place and tells of it: "RPPA di X dipimpin bidan"."""
        verb = self._verb_behind_place()
        if verb is None or not self._opens_sentence() or self.is_of_noun():
            return False
        tables = (self.words.not_told, self.words.not_made)
        if any(table.at(self.lower, verb) for table in tables):
            return False
        return not self._unreal(self.building.begin, min(verb + 6, self.building.end))

    def _verb_behind_place(self) -> int | None:
        """The verb right behind its place, a comma passed over."""
        if not self.places:
            return None
        at = self.places[-1].end
        at += self.lower[at : min(at + 1, self.high)] == [","]
        return at if at < self.high and looks_like_verb(self.finder.view.reading.words[at]) else None

    def _opens_sentence(self) -> bool:
        first, _ = self.finder.view.sentences[self.finder.view.sentence_at(self.building.first)]
        return self.building.begin == first and self.building.first - first <= 1

    # --- what stands before its name ---------------------------------------------------------------

    def is_shown_before(self) -> bool:
        """A verb before its name says that it stands: "bupati meresmikan RPPA"."""
        hits = self.words.exists_before.find(self.lower, self.low, self.building.first)
        return any(not self._planned_from(s) and not self._about(e, self.building.first) for s, e, _ in hits)

    def is_shown_by_lead(self) -> bool:
        """A verb before the building to which it is joined says so of both: "punya RPPA di X dan [it]"."""
        lead = self.building.lead
        if lead == self.building.first:
            return False
        first, _ = self.finder.view.sentences[self.finder.view.sentence_at(lead)]
        low = max(first, lead - NEAR)
        hits = self.words.exists_before.find(self.lower, low, lead)
        if not hits or self._about(hits[-1][1], lead):
            return False
        start, end, _ = hits[-1]
        behind = (self.building.last, self.building.behind(BEHIND))
        return not self._unreal(max(low, start - BEFORE_VERB), end) and not self._unreal(*behind)

    def is_there(self) -> bool:
        """ "ada" or the like stands right before its name."""
        hits = self.words.there.find(self.lower, self.building.before(3), self.building.first)
        return bool(hits) and hits[-1][1] == self.building.first

    def is_kept(self) -> bool:
        """Somebody keeps or gets it: "Desa X merawat RPPA"."""
        hits = self.words.exists_placed.find(self.lower, self.building.before(6), self.building.first)
        if not hits or self._about(hits[-1][1], self.building.first):
            return False
        return not self._planned_from(hits[-1][0])

    def is_inverted(self) -> bool:
        """What says that it stands is put before it: "di X sudah berjalan RPPA"."""
        lower, articles = self.lower, self.words.articles
        at = skip_before(
            self.building.first, self.low, lambda t: lower[t] in articles or lower[t].isdecimal()
        )
        hits = self.words.exists_inverted.find(lower, max(self.low, at - 4), at)
        return bool(hits) and hits[-1][1] == at and not self._planned_from(hits[-1][0])

    def is_gone_to(self) -> bool:
        """People go to it from a place before it: "di X, korban mengadu ke RPPA"."""
        building, lower = self.building, self.lower
        gone = self.words.gone_to.find(lower, building.before(4), building.first)
        if not gone or gone[-1][1] < building.first - 1:
            return False
        places = self.finder.places.within(building.begin, building.first)
        before = (lower[max(building.begin, p.start - 2) : p.start] for p in places)
        return any(not self.words.at.isdisjoint(words) for words in before)

    def _planned_from(self, verb: int) -> bool:
        """Whether a plan is spoken of between a verb before its name and what follows the name."""
        return self._unreal(max(self.building.begin, verb - BEFORE_VERB), self.building.behind(BEHIND))


QUESTIONS: dict[str, Callable[[Told], bool]] = {
    "no-place": Told.has_no_place,
    "placed": lambda it: it.finder.is_placed(it.building),
    "planned": Told.is_planned,
    "topic": Told.is_topic,
    "said-behind": Told.is_said_behind,
    "goes-on": Told.goes_on,
    "serves": Told.serves,
    "told": Told.is_told,
    "shown-before": Told.is_shown_before,
    "shown-by-lead": Told.is_shown_by_lead,
    "there": Told.is_there,
    "kept": Told.is_kept,
    "inverted": Told.is_inverted,
    "gone-to": Told.is_gone_to,
    "made": lambda it: is_made(it.finder, it.building),
    "bears-place": Told.bears_place,
    "held": Told.is_held,
    "apart": Told.is_apart,
    "addressed": Told.is_addressed,
    "planned-in-place": Told.is_planned_in_place,
    "only-names-place": Told.only_names_place,
}


def build_stands_rules(vocabulary: Vocabulary) -> RuleBook[Told]:
    """The rules of what stands over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["facilities-stands"], QUESTIONS)


def rule_of(finder: BuildingFinder, building: Building) -> str:
    """The rule under which a building is said to stand, "" if none says so."""
    rules = finder.view.vocabulary.compiled(build_stands_rules)
    decided = rules.decide(Told(finder, building)).rule
    return decided.rule if decided is not None else ""
