"""Lists of pilots that another sentence announces.

"Sebanyak 4 kecamatan ditunjuk. Yakni A, B, C dan D.": the list's own sentence doesn't say what they are.
What goes on after an announcement is taken for its list only where nothing else is said before the names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from extract.article.view import View
from extract.claims.pilots.counted import PROGRAMME_REACH
from extract.claims.pilots.groups import MOST_LISTED, SUBHEAD, Group, Sentence, codes_told
from extract.claims.pilots.questions import is_apart, is_denied, is_light, is_of_others, is_poor, says_else
from extract.claims.pilots.words import PilotWords

#: How far a list may stand behind the sentence that announces it, in sentences.
REACH = 5
#: Sentences of an item, behind which the list goes on.
ITEM_REACH = 4


def judge_announced(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists that follow the sentence which says how many pilots there are, or that there are some."""
    excluded = codes_told(sentences, "negated", "planned")
    for index, sentence in enumerate(sentences):
        named = {c for g in sentence.groups if g.status == "pilot" for c in g.codes}
        if not _announces(view, sentence, named) or _completed(sentences, index, excluded):
            continue
        title = view.reading.field(sentence.first) == "title"
        own = [] if title else [g for g in sentence.groups if g.status == ""]
        waiting = [g for g in own if not g.codes <= excluded]
        following = (sentences[number] for number in range(index + 1, len(sentences)))
        _gather(_Gathering(view, words, sentence, excluded, waiting), named, following)


def _announces(view: View, sentence: Sentence, named: set[str]) -> bool:
    """Whether a sentence says that there are pilots, more than the ones that it names."""
    lists = view.reading.lower[sentence.last - 1] == ":"
    if (sentence.has("several") or sentence.whole) and not sentence.groups and not lists:
        return False  # "Dua kecamatan itu ...", "Keempat kecamatan inilah ..." take up and announce nothing
    if sentence.has("rival") and not sentence.names:
        return False
    if not _opens(sentence) or (sentence.has("negated") and not named and sentence.count is None):
        return False
    if sentence.has("planned") and not named and not sentence.has("appoint"):
        return False  # what queues is none yet
    return len(named) < (sentence.count or 2)  # else it has told its list itself


def _opens(sentence: Sentence) -> bool:
    """Whether a sentence has a word for pilots, or for what makes some."""
    counted = sentence.count is not None
    return (
        sentence.has("pilot")
        or (sentence.spoken_of and sentence.has("chosen"))
        or (sentence.has("appoint") and (counted or sentence.programme))
        or (sentence.has("runs") and counted and sentence.programme)
    )


def _completed(sentences: list[Sentence], index: int, excluded: set[str]) -> bool:
    """Whether a sentence makes those before it pilots: "Di selatan ada A, di timur B. C melengkapinya menjadi
    tiga kecamatan percontohan"."""
    completing = sentences[index]
    if not completing.has("completes") or completing.count is None:
        return False
    found = list(completing.groups)
    regencies = {code for g in found for code in g.regencies}
    reached: set[str] = set()
    for before in reversed(sentences[max(0, index - PROGRAMME_REACH) : index]):
        found += before.groups
        if any(g.codes <= excluded or not g.regencies <= regencies for g in before.groups):
            return False
        reached = {c for g in found for c in g.codes}
        if len(reached) >= completing.count:
            break
    if len(reached) != completing.count:
        return False
    for group in found:
        if group.status in ("", "listed"):
            group.judge("pilot", "pilots.counted", completing)
    return True


@dataclass
class _Gathering:
    """The lists behind an announcement, as far as they are gathered."""

    view: View
    words: PilotWords
    announcing: Sentence
    excluded: set[str]  # kecamatan that the text calls planned or none
    waiting: list[Group]  # what a count that they fill makes pilots
    reached: set[str] = field(init=False)  # kecamatan that the list holds so far
    budget: int = field(init=False)  # sentences behind which nothing belongs to the list any more
    more: int = MOST_LISTED  # items behind which the list may go on
    awaited: set[int] = field(init=False)

    def __post_init__(self) -> None:
        count = self.count
        self.budget = REACH if count is None else REACH + min(count, REACH) * 2
        self.awaited = {id(g) for g in self.waiting}

    @property
    def count(self) -> int | None:
        return self.announcing.count

    @cached_property
    def sorts(self) -> bool:
        """Whether what is announced is parted by kinds, each with a list of its own."""
        return self.announcing.has("sorts") and self.announcing.has("pilot")

    def is_over(self, following: Sentence) -> bool:
        """Whether the list can't go on in a sentence."""
        if self.budget <= 0 or (self.count is not None and len(self.reached) >= self.count):
            return True
        if following.count not in (None, self.count) and following.has("pilot"):
            return True
        # "Selain X, mana lagi yang rawan?": the answer lists something else
        asked = self.view.reading.lower[following.last - 1] == "?" and following.groups
        return bool(asked) and not {c for g in following.groups for c in g.codes} <= self.reached

    def spend(self, following: Sentence) -> None:
        """Pays for a sentence: prose costs, items and lines of a table do not."""
        itemised = bool(following.groups) and _itemised(self.view, following, self.words)
        short = itemised or following.last - following.first <= SUBHEAD
        # What announces something itself costs as prose does, or many announcements would each read them all.
        announces = following.count is not None or following.has("pilot") or following.has("appoint")
        self.budget -= 0 if short and not announces else 1
        if itemised and not announces and self.more:
            self.more, self.budget = self.more - 1, max(self.budget, ITEM_REACH)

    def take(self, following: Sentence, group: Group) -> None:
        """Takes a group of a sentence into the list, where it looks like one of it."""
        view, words, known = self.view, self.words, group.status == "pilot"
        if not known and (group.codes <= self.excluded or is_poor(view, following, words)):
            return
        if known and following.count is None and not _same_regency(group, self.reached):
            return
        if group.status in ("", "listed") and self._is_listed(following, group):
            group.judge("listed", "pilots.announced", self.announcing)
        denied = group.status != "pilot" and is_denied(view, following, group, words)
        counted = self.count is not None and group.status != "pilot"
        counted = counted and not (
            says_else(view, following, group, words) or self._is_aside(group, following)
        )
        if (counted or group.status == "listed") and not denied:
            self.waiting.append(group)
            self.awaited.add(id(group))
        if group.status == "pilot" or id(group) in self.awaited:
            self.reached |= group.codes

    def _is_aside(self, group: Group, following: Sentence) -> bool:
        """Whether a name says only where something is, and the announcement has a list of its own."""
        own = any(len(g.members) > 1 for g in self.announcing.groups)
        light = is_light(self.view, following.first, group, self.words)
        opens = group.first - following.first <= 1
        return own and group.single_place and (opens or not light)

    def _is_listed(self, following: Sentence, group: Group) -> bool:
        if _listed(self.view, following, group, self.count, self.words):
            return True
        apart = is_apart(self.view, following, group, self.words)
        return self.sorts and len(group.codes) > 2 and not apart

    def settle(self) -> None:
        """A count that the lists fill exactly makes them sure."""
        if self.count is None or len(self.reached) != self.count:
            return
        for group in self.waiting:
            if group.status in ("", "listed"):
                group.judge("pilot", "pilots.counted", self.announcing)


def _gather(gathering: _Gathering, named: set[str], following: Iterable[Sentence]) -> None:
    """Collects the lists behind an announcement, which names some itself."""
    gathering.reached = named | {c for g in gathering.waiting for c in g.codes}
    for sentence in following:
        if gathering.is_over(sentence):
            break
        if sentence.has("rival") and not sentence.names:  # another programme's list
            gathering.budget -= 1
            continue
        gathering.spend(sentence)
        for group in sentence.groups:
            gathering.take(sentence, group)
    gathering.settle()


def _itemised(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence is an item, or a line of a table: "2. Boja", "Kabupaten X: A, B, C"."""
    group = sentence.groups[0]
    if group.at_head:
        return True
    named = {t for p in view.spans_in("places", sentence.first, group.first) for t in range(p.start, p.end)}
    lower = view.reading.lower
    return bool(named) and all(
        t in named or lower[t] in words.regency_marks or not lower[t][0].isalpha()
        for t in range(sentence.first, group.first)
    )


def _listed(view: View, sentence: Sentence, group: Group, count: int | None, words: PilotWords) -> bool:
    """Whether a group looks like the list that was announced."""
    size = len(group.codes)
    if (count is not None and size > count) or is_apart(view, sentence, group, words):
        return False
    item = view.segment_at(group.first).kind in ("item", "heading")
    if group.at_head and item:
        return True
    if sentence.last - group.last <= 1 and group is sentence.groups[0] and _itemised(view, sentence, words):
        return True  # a table's line: "Kabupaten X | 1 | A"
    if size < 2 or is_of_others(view, sentence, words) or not is_light(view, sentence.first, group, words):
        return False
    alone = group.first - sentence.first <= 1 and sentence.last - group.last <= 1
    opened = words.openers.find(view.reading.lower, sentence.first, group.first + 1)
    beside = words.besides.find(view.reading.lower, sentence.first, group.first)
    return item or alone or len(opened) > len(beside)  # "Selain X, Y juga menerima ..." lists nothing


def _same_regency(group: Group, reached: set[str]) -> bool:
    return not reached or bool(group.regencies & {c[:5] for c in reached})
