"""Which mentions of kecamatan the text calls pilots, plans, or none.

A list is one group and has one status. The words of its clause decide; without any, it may go on a sentence
that announced a list ("Sebanyak 4 kecamatan ditunjuk."), or be taken up by a later one ("Keempatnya ...").
"""

from __future__ import annotations

import itertools

from extract.article.view import View
from extract.claims.pilots.announced import judge_announced
from extract.claims.pilots.counted import judge_counted
from extract.claims.pilots.groups import (
    Group,
    Sentence,
    Status,
    codes_told,
    read_sentences,
    says_one_of,
)
from extract.claims.pilots.questions import is_of_others, is_poor
from extract.claims.pilots.rest import judge_rest
from extract.claims.pilots.roundups import judge_clauses, judge_neighbours, judge_sections
from extract.claims.pilots.words import PilotWords

#: Tokens within which what points back follows the word for a place.
POINTER = 5
#: Sentences back within which "keduanya" and the like were named; more of them may be named one by one.
NEARBY, STORY = 3, 8
_TELLING = ("pilot", "appoint", "chosen")


def judge_groups(view: View, words: PilotWords) -> list[Group]:
    """The article's groups with their status; "" where the text says nothing of it."""
    sentences = read_sentences(view, words)
    groups = [g for s in sentences for g in s.groups]
    if not groups:
        return []
    for sentence in sentences:
        for group in sentence.groups:
            _by_clause(view, sentence, group, words)
    negated = codes_told(sentences, "negated")
    _headline_yields(view, groups)
    for group in groups:
        if group.status == "pilot" and group.single_place and group.codes <= negated:
            group.status = ""  # only where something was held; elsewhere the text says that it is none
    judge_counted(view, sentences, words)
    judge_announced(view, sentences, words)
    _taken_up(view, sentences, words)
    _beside(view, sentences, words)
    _answered(view, sentences, words)
    judge_rest(view, sentences, words)
    judge_sections(view, sentences, words)
    judge_clauses(view, sentences, words)
    judge_neighbours(view, sentences, words)
    _repeated(view, sentences)
    return groups


def _headline_yields(view: View, groups: list[Group]) -> None:
    """What the text only plans is no pilot because the headline, which saves words, calls it one."""
    text = [g for g in groups if view.reading.field(g.first) == "text"]
    planned = {c for g in text if g.status == "planned" for c in g.codes}
    planned -= {c for g in text if g.status == "pilot" for c in g.codes}
    for group in groups:
        headed = view.reading.field(group.first) == "title"
        if headed and group.status == "pilot" and group.codes <= planned:
            group.judge("planned", "pilots.planned")


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


def _by_clause(view: View, sentence: Sentence, group: Group, words: PilotWords) -> None:
    first, last = _clause(view, sentence, group, ("boundary", "half-boundary"))
    lower = view.reading.lower
    behind = lower[group.last : group.last + 2]
    ends_in_no = bool(behind) and behind[0] in words.final_negations and not behind[-1].isalpha()
    negated = ends_in_no or sentence.has("negated", first, last)
    told = group.last < sentence.last and words.chosen_behind.at(lower, group.last)
    if not negated and told and sentence.spoken_of:
        group.judge("pilot", "pilots.clause")  # "akan dijalankan di A dan B yang sudah ditunjuk"
        return
    arrived = sentence.spoken_of and sentence.has("by-now", group.last, last)
    if not negated and arrived and sentence.has("planned", first, last):
        group.judge("pilot", "pilots.clause")  # "menyusul pada gelombang kedua dan kini berstatus sama"
        return
    if negated or sentence.has("planned", first, last):
        status: Status = "negated" if negated else "planned"
        group.judge(status, f"pilots.{status}")
        return
    first, last = _clause(view, sentence, group, ("boundary",))
    if sentence.has("rival", first, last) and not any(first <= a < last for a, _ in sentence.names):
        return
    if not (sentence.has("pilot", first, last) or _appointed(view, sentence, group, first, last, words)):
        if any(e == group.first for _, e in sentence.names) and not group.single_place:
            group.judge("listed", "pilots.name")  # "Kecamatan Berdaya Lumbir"
        return
    alone = len(group.members) == 1
    if alone and group.single_place and (sentence.has("venue") or (sentence.count or 1) > 1):
        return
    joined = sentence.has("several") and _joins(view, sentence, group, words)
    if alone and (sentence.count or 1) > 1 and not joined and not says_one_of(view, sentence, words):
        return
    group.judge("pilot", "pilots.clause")


def _appointed(
    view: View, sentence: Sentence, group: Group, first: int, last: int, words: PilotWords
) -> bool:
    """Whether the clause at tokens `first` to `last` makes a group pilots without calling them that."""
    counted = sentence.count is not None
    if sentence.has("appoint", first, last) and (
        sentence.programme or counted or view.reading.field(group.first) == "title"
    ):
        return True
    if counted and sentence.programme and sentence.has("runs", first, last):
        return True
    if sentence.programme and _tried(view, sentence, first, last, words):
        return True
    if not sentence.spoken_of:
        return False
    chosen = sentence.has("chosen", first, last) and _chosen(view, sentence, words)
    return chosen or _right_behind(view, sentence, group, words)


def _tried(view: View, sentence: Sentence, first: int, last: int, words: PilotWords) -> bool:
    """Whether a clause says that the programme is tried somewhere: "yang sejak Juli diujicobakan di X"."""
    lower = view.reading.lower
    tried = (s for s, e, k in sentence.cues if k == "tried" and first <= s and e <= last)
    unsaid = words.future | words.final_negations
    return any(unsaid.isdisjoint(lower[max(first, s - NEARBY) : s]) for s in tried)


def _joins(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a kecamatan joins those taken up, and pilots are made: "Keduanya bersama X menjadi pilot"."""
    return _says_so(view, sentence, group.last, words) and _is_beside(view, sentence, group, words)


def _taken_up(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """ "Kecamatan ini didapuk sebagai pilot": what a sentence without names says of the ones before it."""
    lower = view.reading.lower
    for index, sentence in enumerate(sentences[1:], 1):
        several = sentence.has("several")
        beside = bool(sentence.groups) and all(_is_beside(view, sentence, g, words) for g in sentence.groups)
        single = sentence.has("single") or (beside and _points_back(view, sentence, words))
        if not (several or single) or (sentence.groups and not (several or beside)):
            continue
        status: Status = ""
        if sentence.has("negated"):
            status = "negated"
        elif sentence.has("planned"):
            status = "planned"
        elif (
            sentence.has("pilot")
            or (sentence.has("appoint") and sentence.programme)
            or _chosen(view, sentence, words)
        ):
            status = "pilot"
        if not status:
            continue
        size = sentence.count
        if several:
            start = next(s for s, _, k in sentence.cues if k == "several")
            if start > sentence.first and lower[start - 1] in words.parts_of:
                continue  # "Dari lima nama itu, hanya ..." speaks of some of them
            pointing = not words.pointers.isdisjoint(lower[start + 1 : start + 2])
            if pointing and not _says_so(view, sentence, start + 2, words):
                continue  # "Tiga ini langganan banjir"
            size = words.collective.get(lower[start].removesuffix("nya"), size)
            for number in view.spans_in("numbers", start, start + 1):
                size = int(number.kb_id_)  # "tiga kecamatan itu"
        topic = [g for s in sentences[:1] for g in s.groups if len(g.members) == 1]
        groups: list[Group] = []
        reach = STORY if size and size > 2 else NEARBY
        for before in reversed(sentences[max(0, index - reach) : index]):
            groups.extend(reversed(before.groups))
            if groups and (
                (single and not several) or len({c for g in groups for c in g.codes}) >= (size or 2)
            ):
                break
        if single and not several:
            groups = groups[:1]
        else:
            lists = [g for g in groups if len(g.codes) > 1]
            if not size and len(lists) == 1 and all(g.single_place for g in groups if g is not lists[0]):
                groups = lists  # the others tell only where something was held
            codes = {c for g in groups for c in g.codes}
            if size and len(codes) == size - 1 and len(topic) == 1 and not topic[0].codes & codes:
                groups += topic  # the kecamatan that the headline speaks of is one of them
            elif (len(codes) != (size or 2) and (size or len(groups) != 1)) or (
                len(groups) > 1 and _goes_further_back(view, sentences, groups, codes)
            ):
                continue
        for group in groups:
            if group.status in ("", "listed"):
                group.judge(status, "pilots.taken-up", sentence)


def _says_so(view: View, sentence: Sentence, token: int, words: PilotWords) -> bool:
    """Whether a word that makes pilots stands at a token, but for light ones: "Empat ini percontohan"."""
    told = (s for s, _, k in sentence.cues if k in _TELLING and s >= token)
    return any(words.light.issuperset(view.reading.lower[token:s]) for s in told)


def _goes_further_back(view: View, sentences: list[Sentence], groups: list[Group], codes: set[str]) -> bool:
    """Whether the sentence before those that name so many names another one: who then is one of them?"""
    first = min(g.sentence for g in groups)
    if not first or view.reading.field(sentences[first - 1].first) == "title":
        return False
    before = sentences[first - 1].groups
    return any(g.status == "" and not g.single_place and not g.codes <= codes for g in before)


def _chosen(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence tells of those who were chosen, where the programme is spoken of."""
    return sentence.spoken_of and sentence.has("chosen") and not is_of_others(view, sentence, words)


def _right_behind(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list stands right behind a verb that appoints, or behind "percontohannya"."""
    lower = view.reading.lower
    at = group.first - (lower[group.first - 1] in words.joiners)
    before = lower[at - 1] if at > sentence.first else ""
    if before in words.own_pilots:
        return True
    only = lower[group.last : group.last + 1] == ["saja"]  # "Pemkot menunjuk X saja"
    several = len(group.members) > 1 or only
    return before in words.appointing and several and not is_of_others(view, sentence, words)


def _is_beside(view: View, sentence: Sentence, group: Group, words: PilotWords) -> bool:
    """Whether a list stands behind "bersama" or "selain"."""
    return bool(words.besides.find(view.reading.lower, max(sentence.first, group.first - 3), group.first))


def _points_back(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether a sentence speaks of a place that it doesn't name: "wilayah penghasil kopi itu"."""
    lower = view.reading.lower
    return any(
        lower[at] in words.kinds and any(w in words.pointers for w in lower[at + 1 : at + POINTER])
        for at in range(sentence.first, sentence.last)
    )


def _beside(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What X is the list is, and the other way round: "Selain X, ada Y dan Z"."""
    lower = view.reading.lower
    pilots = codes_told(sentences, "pilot")
    for sentence in sentences:
        beside = [g for g in sentence.groups if _is_beside(view, sentence, g, words)]
        if not beside or is_poor(view, sentence, words):
            continue
        known = any(g.codes & pilots for g in beside)
        told = known or any(g.status in ("pilot", "listed") for g in sentence.groups)
        opened = any(words.openers.find(lower, g.members[0].end, sentence.last) for g in beside)
        for group in sentence.groups if told and opened else ():
            if group.status == "":
                group.judge("listed", "pilots.beside")


def _answered(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """An interview's answer that names the others: "Selain X, mana lagi?" "Ada Y, Z, sama W"."""
    pilots = codes_told(sentences, "pilot")
    lower = view.reading.lower
    for asked, answer in itertools.pairwise(sentences):
        if lower[asked.last - 1] != "?" or not asked.groups or not answer.groups:
            continue
        group = answer.groups[0]
        beside = all(g.codes <= pilots and _is_beside(view, asked, g, words) for g in asked.groups)
        opened = words.openers.find(lower, max(answer.first, group.first - 2), group.first)
        if beside and opened and group.status == "" and not is_of_others(view, answer, words):
            group.judge("listed", "pilots.beside", asked)


def _repeated(view: View, sentences: list[Sentence]) -> None:
    """A list that holds a known pilot, or is called "keempat kecamatan", and has as many members as there are
    pilots, is the list of pilots."""
    pilots = codes_told(sentences, "pilot")
    counts: set[int] = set()
    opened = False
    for sentence in sentences:
        opens = sentence.has("pilot") or (sentence.has("appoint") and sentence.programme)
        for group in sentence.groups:
            size = len(group.codes)
            whole = sentence.whole and sentence.count == size and (opened or opens)
            if (
                group.status in ("", "listed")
                and size > 1
                and (whole or (group.codes & pilots and size in counts))
            ):
                group.judge("pilot", "pilots.repeated")
        opened = opened or opens
        if sentence.count and (opens or sentence.has("appoint")):
            counts.add(sentence.count)
