"""Which mentions of kecamatan the text calls pilots, plans, or none.

A list is one group and has one status. The words of its clause decide; without any, it may go on a sentence
that announced a list ("Sebanyak 4 kecamatan ditunjuk."), or be taken up by a later one ("Keempatnya ...").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span

from extract.phrases import PhraseTable
from extract.quantities import build_number_words
from extract.view import View
from extract.vocabulary import Vocabulary

Status = Literal["pilot", "listed", "negated", "planned", ""]
#: How far a list may stand behind the sentence that announces it, in sentences.
REACH = 5
#: A larger number is no list that a report would spell out.
MOST_LISTED = 40
#: Tokens in which the address before a name is looked for: "di Lapangan Desa A, Kecamatan X".
ADDRESS = 8
#: A sentence of so few tokens is a subhead or a list's label.
SUBHEAD = 5
#: How far behind a count its "kecamatan" or "pilot" may stand, in tokens.
COUNT_REACH = 4


class PilotWords:
    """The phrases of `cues/pilots.toml`, built once a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> tuple[str, ...]:
            return vocabulary.cue("pilots", key)

        self.table = PhraseTable(
            {
                "pilot": cue("pilot"),
                "appoint": cue("appoint"),
                "runs": cue("runs"),
                "negated": cue("negated"),
                "planned": cue("planned"),
                "neither": cue("neither"),
                "boundary": cue("boundaries"),
                "half-boundary": cue("half_boundaries"),
                "venue": cue("venue"),
                "several": cue("several"),
                "single": cue("single"),
            }
        )
        self.programme = {
            p.id: PhraseTable({"programme": (*cue("programme"), *p.names)})
            for p in vocabulary.programmes.values()
        }
        self.openers = PhraseTable({"opener": cue("list_openers")})
        self.joiners = vocabulary.cue_set("places", "joiners") | vocabulary.cue_set("places", "kecamatan")
        self.units = vocabulary.cue_set("pilots", "units") | {p.unit for p in vocabulary.programmes.values()}
        self.final_negations = vocabulary.cue_set("pilots", "final_negations")
        self.besides = PhraseTable({"beside": cue("besides")})
        self.poor = vocabulary.cue_set("pilots", "poor")
        self.place_openers = vocabulary.cue_set("pilots", "place_openers")
        self.becomes = vocabulary.cue_set("pilots", "becomes")
        self.ordinal = vocabulary.cue_set("pilots", "ordinal")
        self.one_of = PhraseTable({"one": cue("one_of")})
        self.before_name = vocabulary.cue_set("pilots", "before_name")
        self.no_rival = vocabulary.cue_set("pilots", "no_rival") | self.joiners
        self.collective = build_number_words(vocabulary).collective


@dataclass(slots=True, eq=False)
class Group:
    """Kecamatan of one list, or one alone."""

    members: list[Span]
    sentence: int
    status: Status = ""
    rule: str = ""
    told: tuple[int, int] | None = None  # tokens of another sentence that tells the status
    at_head: bool = False  # opens a heading or an item
    single_place: bool = False  # alone and behind "di", or in a village's address

    @property
    def first(self) -> int:
        return self.members[0].start

    @property
    def last(self) -> int:
        return self.members[-1].end

    @property
    def codes(self) -> set[str]:
        return {m.kb_id_ for m in self.members}


@dataclass(slots=True)
class Sentence:
    """A sentence's cue phrases, as (start, end, key)."""

    first: int
    last: int
    cues: list[tuple[int, int, str]]
    programme: bool
    names: list[tuple[int, int]]  # where the programme is named
    count: int | None = None  # of kecamatan or pilots
    whole: bool = False  # the count is of them all: "keempat kecamatan"
    groups: list[Group] = field(default_factory=list)

    def has(self, key: str, first: int | None = None, last: int | None = None) -> bool:
        low, high = self.first if first is None else first, self.last if last is None else last
        return any(k == key and low <= s and e <= high for s, e, k in self.cues)


def judge_groups(view: View, words: PilotWords) -> list[Group]:
    """The article's groups with their status; "" where the text says nothing of it."""
    sentences = _sentences(view, words)
    groups = [g for s in sentences for g in s.groups]
    if not groups:
        return []
    for sentence in sentences:
        for group in sentence.groups:
            _by_clause(view, sentence, group, words)
    _announced(view, sentences, words)
    _taken_up(view, sentences, words)
    _beside(view, sentences, words)
    _repeated(view, sentences)
    return groups


# --- reading ---------------------------------------------------------------------------------------


def _sentences(view: View, words: PilotWords) -> list[Sentence]:
    lower = view.reading.lower
    names = words.programme[view.programme.id]
    others = {t for s in _other_programmes(view) for t in range(s.start, s.end)}
    sentences = []
    for first, last in view.sentences:
        cues = words.table.find(lower, first, last)
        named = names.find(lower, first, last)
        if others:  # "percontohan Kecamatan X" says nothing of this programme
            named = [hit for hit in named if others.isdisjoint(range(*hit[:2]))]
            cues = [hit for hit in cues if hit[2] != "pilot" or others.isdisjoint(range(*hit[:2]))]
        cues += [(a - 1, b, "pilot") for a, b, _ in named if a > first and lower[a - 1] in words.becomes]
        sentences.append(Sentence(first, last, cues, bool(named), names=[(a, b) for a, b, _ in named]))
    _rivals(view, sentences, words)
    for span in view.spans("numbers"):
        if span.label_ in ("COUNT", "ALL"):
            _count(view, sentences[view.sentence_at(span.start)], span, words)
    for group in _groups(view, words):
        sentences[group.sentence].groups.append(group)
    return sentences


def _other_programmes(view: View) -> list[Span]:
    """Where the vocabulary's other programmes are named."""
    return [s for s in view.spans("programmes") if s.label_ == "name" and s.kb_id_ != view.programme.id]


def _rivals(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Marks what makes a pilot one of another programme: its known name, or a name right behind the word."""
    rivals = [s for s in view.spans("programmes") if s.label_ == "rival"]
    for span in (*rivals, *_other_programmes(view)):
        sentences[view.sentence_at(span.start)].cues.append((span.start, span.end, "rival"))
    own = {
        s.start for key in ("programmes", "pillars", "places") for s in view.spans(key) if s.label_ != "rival"
    }
    text = view.reading
    for sentence in sentences:
        if text.field(sentence.first) == "title":
            continue
        for _, end, key in list(sentence.cues):
            if key != "pilot":
                continue
            at = end
            while at < sentence.last and text.lower[at] in words.before_name:
                at += 1
            named = at < sentence.last and text.words[at][0].isupper() and at not in own
            if named and text.lower[at] not in words.no_rival:
                sentence.cues.append((end, at + 1, "rival"))


def _count(view: View, sentence: Sentence, span: Span, words: PilotWords) -> None:
    """Notes a number that counts kecamatan or pilots."""
    value = int(span.kb_id_)
    lower = view.reading.lower
    behind = lower[span.end : min(span.end + COUNT_REACH, sentence.last)]
    before = lower[max(sentence.first, span.start - 1)]
    if value > MOST_LISTED or not behind or (value == 1 and behind[0] == "dari"):
        return
    if span.label_ == "ALL" and before in words.ordinal:
        return  # "yang kedua" is the second, not both
    runs = any(k == "runs" and e == span.start for _, e, k in sentence.cues)
    if before == "dari" and not runs and not _one_of(view, sentence, words):
        return  # "Dari 18 kecamatan, ..." counts them all
    direct = any(first == span.end for first, _ in sentence.names)
    if direct:
        sentence.cues.append((span.start, span.end, "pilot"))
    named = any(w in words.units for w in behind[:2]) or any(
        k == "pilot" and span.end <= s < span.end + COUNT_REACH for s, _, k in sentence.cues
    )
    told = sentence.has("pilot", last=span.start) and (
        span.end >= sentence.last - 1 or not behind[0].isalpha()
    )
    if (direct or named or told) and (sentence.count is None or span.label_ != "ALL"):
        sentence.count = value
        sentence.whole = span.label_ == "ALL"


def _groups(view: View, words: PilotWords) -> list[Group]:
    lower = view.reading.lower
    places = view.spans("places")
    regency_tokens = {t for s in places if s.label_ == "REGENCY" for t in range(s.start, s.end)}
    groups: list[Group] = []
    for span in (s for s in places if s.label_ == "KECAMATAN"):
        sentence = view.sentence_at(span.start)
        segment = view.segment_at(span.start)
        if groups:
            last = groups[-1]
            between = range(last.last, span.start)
            if (
                last.sentence == sentence
                and len(between) <= 8
                and all(
                    lower[t] in words.joiners
                    or t in regency_tokens
                    or lower[t] in ("kab", "kabupaten", "kota", ".")
                    for t in between
                )
            ):
                last.members.append(span)
                last.single_place = False
                continue
        group = Group([span], sentence)
        opens = span.start - (1 if lower[span.start - 1] in words.joiners else 0)
        group.at_head = segment.kind in ("heading", "item") and segment.first in (span.start, opens)
        group.single_place = _is_place(view, span, words)
        groups.append(group)
    return groups


def _is_place(view: View, span: Span, words: PilotWords) -> bool:
    """Whether a name says only where something is: "di Kecamatan X", "Desa A, Kecamatan X"."""
    lower, printed = view.reading.lower, view.reading.words
    first = max(view.sentences[view.sentence_at(span.start)][0], span.start - ADDRESS)
    for at in range(span.start - 1, first - 1, -1):
        if lower[at] in words.place_openers:
            return True
        if not (lower[at] in words.joiners or printed[at] == "." or printed[at][0].isupper()):
            break
    before = view.spans_in("places", first, span.start)
    return bool(before) and before[-1].label_ == "VILLAGE" and before[-1].end >= span.start - 3


# --- judging ---------------------------------------------------------------------------------------


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
    if negated or sentence.has("planned", first, last):
        group.status = "negated" if negated else "planned"
        group.rule = f"pilots.{group.status}"
        return
    first, last = _clause(view, sentence, group, ("boundary",))
    if sentence.has("rival", first, last) and not any(first <= a < last for a, _ in sentence.names):
        return
    appoint = sentence.has("appoint", first, last) and (
        sentence.programme or sentence.count is not None or view.reading.field(group.first) == "title"
    )
    if sentence.count is not None and sentence.programme and sentence.has("runs", first, last):
        appoint = True
    if not (sentence.has("pilot", first, last) or appoint):
        if any(e == group.first for _, e in sentence.names) and not group.single_place:
            group.status, group.rule = "listed", "pilots.name"  # "Kecamatan Berdaya Lumbir"
        return
    alone = len(group.members) == 1
    if alone and group.single_place and (sentence.has("venue") or (sentence.count or 1) > 1):
        return
    if alone and (sentence.count or 1) > 1 and not _one_of(view, sentence, words):
        return
    group.status, group.rule = "pilot", "pilots.clause"


def _one_of(view: View, sentence: Sentence, words: PilotWords) -> bool:
    return bool(words.one_of.find(view.reading.lower, sentence.first, sentence.last))


def _announced(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Lists that follow the sentence which says how many pilots there are, or that there are some."""
    excluded = {c for s in sentences for g in s.groups if g.status in ("negated", "planned") for c in g.codes}
    for index, sentence in enumerate(sentences):
        counted = sentence.count is not None
        opens = (
            sentence.has("pilot")
            or (sentence.has("appoint") and (counted or sentence.programme))
            or (sentence.has("runs") and counted and sentence.programme)
        )
        if sentence.has("rival") and not sentence.names:
            continue
        named = {c for g in sentence.groups if g.status == "pilot" for c in g.codes}
        if not opens or (sentence.has("negated") and not named and sentence.count is None):
            continue
        if sentence.count is not None and len(named) >= sentence.count:
            continue
        title = view.reading.field(sentence.first) == "title"
        own = [] if title else [g for g in sentence.groups if g.status == ""]
        waiting = [g for g in own if not g.codes <= excluded]
        _gather(view, sentences, index, waiting, named, excluded, words)


def _gather(
    view: View,
    sentences: list[Sentence],
    index: int,
    waiting: list[Group],
    named: set[str],
    excluded: set[str],
    words: PilotWords,
) -> None:
    """Collects the lists behind an announcement; a count that they fill exactly makes them sure."""
    count = sentences[index].count
    announced = (sentences[index].first, sentences[index].last)
    reached = named | {c for g in waiting for c in g.codes}
    awaited = {id(g) for g in waiting}
    budget = REACH if count is None else REACH + count * 2
    at = index + 1
    while at < len(sentences) and budget > 0 and not (count is not None and len(reached) >= count):
        following = sentences[at]
        at += 1
        if following.count not in (None, count) and following.has("pilot"):
            break
        if following.has("rival") and not following.names:  # another programme's list
            budget -= 1
            continue
        itemised = bool(following.groups) and following.groups[0].at_head
        short = itemised or following.last - following.first <= SUBHEAD
        # What announces something itself costs as prose does, or many announcements would each read them all.
        announces = following.count is not None or following.has("pilot") or following.has("appoint")
        budget -= 0 if short and not announces else 1
        for group in following.groups:
            if group.status != "pilot" and (group.codes <= excluded or _poor(view, following, words)):
                continue
            if group.status == "pilot" and following.count is None and not _same_regency(group, reached):
                continue
            if group.status in ("", "listed") and _listed(view, following, group, count, words):
                group.status, group.rule, group.told = "listed", "pilots.announced", announced
            if (count is not None and group.status != "pilot") or group.status == "listed":
                waiting.append(group)
                awaited.add(id(group))
            if group.status == "pilot" or id(group) in awaited:
                reached |= group.codes
    if count is not None and len(reached) == count:
        for group in waiting:
            if group.status in ("", "listed"):
                group.status, group.rule, group.told = "pilot", "pilots.counted", announced


def _listed(view: View, sentence: Sentence, group: Group, count: int | None, words: PilotWords) -> bool:
    """Whether a group looks like the list that was announced."""
    size = len(group.codes)
    if count is not None and size > count:
        return False
    if group.at_head and view.segment_at(group.first).kind == "item":
        return True
    opener = bool(words.openers.find(view.reading.lower, sentence.first, group.first + 1))
    return size >= 3 or (size == 2 and (opener or group.first - sentence.first <= 2))


def _same_regency(group: Group, reached: set[str]) -> bool:
    return not reached or bool({c[:5] for c in group.codes} & {c[:5] for c in reached})


def _poor(view: View, sentence: Sentence, words: PilotWords) -> bool:
    return any(w in words.poor for w in view.reading.lower[sentence.first : sentence.last])


def _taken_up(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """ "Kecamatan ini didapuk sebagai pilot": what a sentence without names says of the ones before it."""
    lower = view.reading.lower
    for index, sentence in enumerate(sentences[1:], 1):
        several, single = sentence.has("several"), sentence.has("single")
        if not (several or single) or (sentence.groups and not several):
            continue
        status: Status = ""
        if sentence.has("negated"):
            status = "negated"
        elif sentence.has("planned"):
            status = "planned"
        elif sentence.has("pilot") or (sentence.has("appoint") and sentence.programme):
            status = "pilot"
        if not status:
            continue
        size = sentence.count
        if several:
            start = next(s for s, _, k in sentence.cues if k == "several")
            size = words.collective.get(lower[start].removesuffix("nya"), size)
        groups: list[Group] = []
        for before in reversed(sentences[max(0, index - 3) : index]):
            groups.extend(reversed(before.groups))
            if groups and (
                (single and not several) or len({c for g in groups for c in g.codes}) >= (size or 2)
            ):
                break
        if single and not several:
            groups = groups[:1]
        elif len({c for g in groups for c in g.codes}) != (size or 2) and (size or len(groups) != 1):
            continue
        for group in groups:
            if group.status in ("", "listed"):
                group.status, group.rule = status, "pilots.taken-up"
                group.told = (sentence.first, sentence.last)


def _beside(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """What X is the list is, and the other way round: "Selain X, ada Y dan Z"."""
    lower = view.reading.lower
    pilots = {c for s in sentences for g in s.groups if g.status == "pilot" for c in g.codes}
    for sentence in sentences:
        beside = [
            g for g in sentence.groups if words.besides.find(lower, max(sentence.first, g.first - 3), g.first)
        ]
        if not beside or _poor(view, sentence, words):
            continue
        known = any(g.members[0].kb_id_ in pilots for g in beside)
        told = known or any(g.status in ("pilot", "listed") for g in sentence.groups)
        opened = any(words.openers.find(lower, g.members[0].end, sentence.last) for g in beside)
        for group in sentence.groups if told and opened else ():
            if group.status == "":
                group.status, group.rule = "listed", "pilots.beside"


def _repeated(view: View, sentences: list[Sentence]) -> None:
    """A list that holds a known pilot, or is called "keempat kecamatan", and has as many members as there are
    pilots, is the list of pilots."""
    pilots = {c for s in sentences for g in s.groups if g.status == "pilot" for c in g.codes}
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
                group.status, group.rule = "pilot", "pilots.repeated"
        opened = opened or opens
        if sentence.count and (opens or sentence.has("appoint")):
            counts.add(sentence.count)
