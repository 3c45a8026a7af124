"""What a clause says of the kecamatan that it lists: questions for `knowledge/rules/pilots-clause.toml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence, Status, says_one_of
from extract.claims.pilots.questions import is_beside, is_chosen, is_of_others, says_so
from extract.claims.pilots.words import PilotWords
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.rules import RuleBook
from extract.vocabulary.scan import skip_before

#: Tokens before "diujicobakan di" in which a word for the future makes it a plan.
BEFORE_TRIAL = 3


@dataclass
class Listed:
    """A group in its sentence, on which the rules decide."""

    view: View
    sentence: Sentence
    group: Group
    words: PilotWords

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The tokens of the clause, up to what parts clauses by half: "namun"."""
        return _clause(self.view, self.sentence, self.group, ("boundary", "half-boundary"))

    @cached_property
    def wide(self) -> tuple[int, int]:
        """The tokens of the clause, up to what parts clauses for good."""
        return _clause(self.view, self.sentence, self.group, ("boundary",))

    def is_denied(self) -> bool:
        """The clause says no, or ends in it: "A dan B belum."."""
        behind = self.view.reading.lower[self.group.last : self.group.last + 2]
        ends = bool(behind) and behind[0] in self.words.final_negations and not behind[-1].isalpha()
        return ends or self.sentence.has("negated", *self.clause)

    def is_not_this(self) -> bool:
        """Right before the list stands "bukan", and not that it is the list of some only: "bukan X saja"."""
        return self._before() in self.words.bluntly and not self.view.reading.has(
            self.group.last, self.sentence.last, self.words.only
        )

    def is_rumour(self) -> bool:
        """A report of it is denied behind: "Kabar bahwa X menjadi percontohan dibantah"."""
        lower, words = self.view.reading.lower, self.words
        return bool(
            words.rumours.find(lower, self.sentence.first, self.group.first)
            and words.refuted.find(lower, self.group.last, self.sentence.last)
        )

    def is_instead(self) -> bool:
        """It stands for those that were denied: "bukan X, melainkan Y"."""
        lower, first = self.view.reading.lower, self.sentence.first
        if self._before() not in self.words.instead:
            return False
        denied = any(w in self.words.bluntly for w in lower[first : self.group.first])
        made = self.sentence.has("appoint") and self.sentence.programme
        told = made or self.sentence.has("pilot") or self.sentence.has("negated")  # "bukan percontohan"
        return denied and told and not self.sentence.has("neither", last=self.group.first)

    def _before(self) -> str:
        """The word before the list, units left out."""
        lower, words = self.view.reading.lower, self.words
        at = skip_before(self.group.first, self.sentence.first, lambda t: lower[t] in words.units) - 1
        return lower[at] if at >= self.sentence.first else ""

    def is_planned(self) -> bool:
        """The clause speaks of what is to come."""
        return self.sentence.has("planned", *self.clause)

    def is_chosen_behind(self) -> bool:
        """Right behind the list stands that it was chosen."""
        lower = self.view.reading.lower
        return self.group.last < self.sentence.last and bool(
            self.words.chosen_behind.at(lower, self.group.last)
        )

    def has_arrived(self) -> bool:
        """Behind the list stands that its turn has come."""
        return self.sentence.has("by-now", self.group.last, self.clause[1])

    def is_named_here(self) -> bool:
        """The clause names the programme."""
        return any(self.wide[0] <= first < self.wide[1] for first, _ in self.sentence.names)

    def is_named_right_before(self) -> bool:
        """The programme's name stands right before the list."""
        return any(end == self.group.first for _, end in self.sentence.names)

    def is_told(self) -> bool:
        """The clause has a word for pilots, or for what makes some."""
        return self.sentence.has("pilot", *self.wide) or self._is_appointed()

    def is_joined(self) -> bool:
        """It joins those taken up, and pilots are made: "Keduanya bersama X menjadi pilot"."""
        told = self.sentence.has("several") and says_so(self.view, self.sentence, self.group.last, self.words)
        return told and is_beside(self.view, self.sentence, self.group, self.words)

    def _is_appointed(self) -> bool:
        """Whether the clause makes the group pilots without calling them that."""
        sentence, counted = self.sentence, self.sentence.count is not None
        headline = self.view.reading.field(self.group.first) == "title"
        if sentence.has("appoint", *self.wide) and (sentence.programme or counted or headline):
            return True
        if sentence.programme and ((counted and sentence.has("runs", *self.wide)) or self._is_tried()):
            return True
        if not sentence.spoken_of:
            return False
        chosen = sentence.has("chosen", *self.wide) and is_chosen(self.view, sentence, self.words)
        return chosen or self._is_right_behind()

    def _is_tried(self) -> bool:
        """Whether the programme is said to be tried there: "yang sejak Juli diujicobakan di X"."""
        first, last = self.wide
        lower = self.view.reading.lower
        tried = (s for s, e, k in self.sentence.cues if k == "tried" and first <= s and e <= last)
        unsaid = self.words.future | self.words.final_negations
        return any(unsaid.isdisjoint(lower[max(first, s - BEFORE_TRIAL) : s]) for s in tried)

    def _is_right_behind(self) -> bool:
        """Whether the list stands right behind a verb that appoints, or behind "percontohannya"."""
        lower, group, words = self.view.reading.lower, self.group, self.words
        at = group.first - (lower[group.first - 1] in words.joiners)
        before = lower[at - 1] if at > self.sentence.first else ""
        if before in words.own_pilots:
            return True
        only = lower[group.last : group.last + 1] and lower[group.last] in words.only  # "menunjuk X saja"
        several = len(group.members) > 1 or bool(only)
        return before in words.appointing and several and not is_of_others(self.view, self.sentence, words)


QUESTIONS: dict[str, Callable[[Listed], bool]] = {
    "denied": Listed.is_denied,
    "not-this": Listed.is_not_this,
    "rumour": Listed.is_rumour,
    "instead": Listed.is_instead,
    "planned": Listed.is_planned,
    "told": Listed.is_told,
    "spoken-of": lambda it: it.sentence.spoken_of,
    "chosen-behind": Listed.is_chosen_behind,
    "by-now-behind": Listed.has_arrived,
    "rival": lambda it: it.sentence.has("rival", *it.wide),
    "named-here": Listed.is_named_here,
    "name-right-before": Listed.is_named_right_before,
    "single-place": lambda it: it.group.single_place,
    "alone": lambda it: len(it.group.members) == 1,
    "venue": lambda it: it.sentence.has("venue"),
    "counts-several": lambda it: (it.sentence.count or 1) > 1,
    "joined": Listed.is_joined,
    "one-of": lambda it: says_one_of(it.view, it.sentence, it.words),
}


def build_clause_rules(vocabulary: Vocabulary) -> RuleBook[Listed]:
    """The rules of a clause over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["pilots-clause"], QUESTIONS)


def judge_clause(view: View, sentence: Sentence, group: Group, words: PilotWords) -> None:
    """Gives a group the status that its own clause tells, if it tells one."""
    rules = view.vocabulary.compiled(build_clause_rules)
    rule = rules.decide(Listed(view, sentence, group, words)).rule
    if rule is not None and rule.then:
        group.judge(cast(Status, rule.then), rule.rule)


def _clause(view: View, sentence: Sentence, group: Group, keys: tuple[str, ...]) -> tuple[int, int]:
    """The part of a sentence that speaks of a group; in headlines a comma parts clauses too."""
    first, last = sentence.first, sentence.last
    marks = [(start, end) for start, end, key in sentence.cues if key in keys]
    if view.reading.field(group.first) == "title":
        words = view.reading.words
        marks += [(t, t + 1) for t in range(first, last) if words[t] in ",:;?!"]
    for start, end in marks:
        if end <= group.first:
            first = max(first, start)
        elif start >= group.last:
            last = min(last, start)
    return first, last
