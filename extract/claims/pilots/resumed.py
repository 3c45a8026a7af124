"""Sentences that take up kecamatan without naming them: "Kecamatan ini didapuk sebagai pilot"."""

from __future__ import annotations

from dataclasses import dataclass

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence, Status
from extract.claims.pilots.questions import is_beside, is_chosen, says_so
from extract.claims.pilots.words import PilotWords

#: Tokens within which what points back follows the word for a place.
POINTER = 5
#: Sentences back within which "keduanya" and the like were named; more of them may be named one by one.
NEARBY, STORY = 3, 8


@dataclass(slots=True)
class _TakingUp:
    """What a sentence says of the kecamatan before it: one of them or several, how many, what they are."""

    view: View
    sentences: list[Sentence]
    index: int
    words: PilotWords
    several: bool
    size: int | None = None

    def find(self) -> list[Group]:
        """The groups that are taken up; none where it is open which."""
        groups = self._named_before()
        if not self.several:
            return groups[:1]
        groups = self._lists(groups)
        codes = {c for g in groups for c in g.codes}
        if self.size and len(codes) == self.size - 1 and (topic := self._topic()) and not topic.codes & codes:
            return [*groups, topic]  # the kecamatan that the headline speaks of is one of them
        fits = len(codes) == (self.size or 2) or (not self.size and len(groups) == 1)
        open_which = len(groups) > 1 and fits and self._goes_further_back(groups, codes)
        return groups if fits and not open_which else []

    def _lists(self, groups: list[Group]) -> list[Group]:
        """The one list among groups, where the others tell only where something was held; else all."""
        lists = [g for g in groups if len(g.codes) > 1]
        rest_are_places = all(g.single_place for g in groups if g not in lists)
        return lists if not self.size and len(lists) == 1 and rest_are_places else groups

    def _topic(self) -> Group | None:
        """The one kecamatan that the headline speaks of."""
        topic = [g for s in self.sentences[:1] for g in s.groups if len(g.members) == 1]
        return topic[0] if len(topic) == 1 else None

    def _named_before(self) -> list[Group]:
        """The groups of the sentences before, the nearest first, until there are as many as are spoken of."""
        reach = STORY if self.size and self.size > 2 else NEARBY
        groups: list[Group] = []
        for before in reversed(self.sentences[max(0, self.index - reach) : self.index]):
            groups.extend(reversed(before.groups))
            enough = len({c for g in groups for c in g.codes}) >= (self.size or 2)
            if groups and (enough or not self.several):
                break
        return groups

    def _goes_further_back(self, groups: list[Group], codes: set[str]) -> bool:
        """Whether the sentence before those that name so many names another: who then is one of them?"""
        first = min(g.sentence for g in groups)
        if not first or self.view.reading.field(self.sentences[first - 1].first) == "title":
            return False
        before = self.sentences[first - 1].groups
        return any(g.status == "" and not g.single_place and not g.codes <= codes for g in before)


def judge_taken_up(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Gives what is taken up the status that the sentence which takes it up tells."""
    for index, sentence in enumerate(sentences[1:], 1):
        taking = _take_up(view, sentences, index, words)
        status = _status(view, sentence, words) if taking else ""
        for group in taking.find() if taking and status else ():
            if group.status in ("", "listed"):
                group.judge(status, "pilots.taken-up", sentence)


def _take_up(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> _TakingUp | None:
    """How a sentence takes up what was named; None where it doesn't."""
    sentence = sentences[index]
    several = sentence.has("several")
    beside = bool(sentence.groups) and all(is_beside(view, sentence, g, words) for g in sentence.groups)
    single = sentence.has("single") or (beside and _points_back(view, sentence, words))
    if not (several or single) or (sentence.groups and not (several or beside)):
        return None
    taking = _TakingUp(view, sentences, index, words, several, sentence.count)
    if not several:
        return taking
    lower = view.reading.lower
    start = next(s for s, _, k in sentence.cues if k == "several")
    if start > sentence.first and lower[start - 1] in words.parts_of:
        return None  # "Dari lima nama itu, hanya ..." speaks of some of them
    pointing = not words.pointers.isdisjoint(lower[start + 1 : start + 2])
    if pointing and not says_so(view, sentence, start + 2, words):
        return None  # "Tiga ini langganan banjir"
    taking.size = words.collective.get(lower[start].removesuffix("nya"), taking.size)
    for number in view.spans_in("numbers", start, start + 1):
        taking.size = int(number.kb_id_)  # "tiga kecamatan itu"
    return taking


def _status(view: View, sentence: Sentence, words: PilotWords) -> Status:
    """What a sentence says of those that it takes up."""
    if sentence.has("negated"):
        return "negated"
    if sentence.has("planned"):
        return "planned"
    appointed = sentence.has("appoint") and sentence.programme
    return "pilot" if sentence.has("pilot") or appointed or is_chosen(view, sentence, words) else ""


def _points_back(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence speaks of a place that it doesn't name: "wilayah penghasil kopi itu"."""
    lower = view.reading.lower
    return any(
        lower[at] in words.kinds and any(w in words.pointers for w in lower[at + 1 : at + POINTER])
        for at in range(sentence.first, sentence.last)
    )
