"""The groups of kecamatan in an article's sentences, and the words that may say what they are.

A list is one group; a name alone is one too. `extract.claims.pilots.passes` judges them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.pilots.words import PilotWords
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import VERB

Status = Literal["pilot", "listed", "negated", "planned", ""]
#: A larger number is no list that a report would spell out.
MOST_LISTED = 40
#: Tokens in which the address before a name is looked for: "di Lapangan Desa A, Kecamatan X".
ADDRESS = 8
#: Tokens between two members of a list, with the regency or the village of the first in brackets.
BETWEEN = 8
#: Sentences in which what was spoken of stays in mind.
SPOKEN = 6
#: Sentences of a report's lead.
LEAD = 2
#: A sentence of so few tokens is a subhead or a list's label.
SUBHEAD = 5
#: How far behind a count its "kecamatan" or "pilot" may stand, in tokens.
COUNT_REACH = 4


#: What the programme's own places may be called by.
_OWN = ("programmes", "pillars", "places", "numbers")


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

    @property
    def regencies(self) -> set[str]:
        return {code[:5] for code in self.codes}

    def judge(self, status: Status, rule: str, told_by: Sentence | None = None) -> None:
        """Settles the status; `told_by` is the sentence that tells it, where it is another one."""
        self.status, self.rule = status, rule
        if told_by is not None:
            self.told = (told_by.first, told_by.last)


@dataclass(slots=True)
class Sentence:
    """A sentence's cue phrases, as (start, end, key)."""

    first: int
    last: int
    cues: list[tuple[int, int, str]]
    programme: bool
    names: list[tuple[int, int]]  # where the programme is named
    spoken_of: bool = False  # it or a pilot is named here, just before, or in the headline
    count: int | None = None  # of kecamatan or pilots
    whole: bool = False  # the count is of them all: "keempat kecamatan"
    total: int | None = None  # how many pilots there are: "dari tujuh kecamatan percontohan"
    groups: list[Group] = field(default_factory=list)
    keys: set[str] = field(init=False)  # of the cues

    def __post_init__(self) -> None:
        self.keys = {key for _, _, key in self.cues}

    def add(self, start: int, end: int, key: str) -> None:
        """Another cue at tokens `start` to `end`."""
        self.cues.append((start, end, key))
        self.keys.add(key)

    def has(self, key: str, first: int | None = None, last: int | None = None) -> bool:
        if key not in self.keys:
            return False
        low, high = self.first if first is None else first, self.last if last is None else last
        return any(k == key and low <= s and e <= high for s, e, k in self.cues)


def codes_told(sentences: list[Sentence], *statuses: Status) -> set[str]:
    """The codes of all kecamatan that hold one of some statuses so far."""
    return {c for s in sentences for g in s.groups if g.status in statuses for c in g.codes}


def read_sentences(view: View, words: PilotWords) -> list[Sentence]:
    """Every sentence with its cue phrases, its count and its groups, in order of the text."""
    others = {t for s in _other_programmes(view) for t in range(s.start, s.end)}
    sentences = [_read_sentence(view, first, last, others, words) for first, last in view.sentences]
    _rivals(view, sentences, words)
    titled = any(s.programme for s in _opening(view, sentences))
    for number, sentence in enumerate(sentences):
        near = sentences[max(0, number - SPOKEN) : number + 1]
        sentence.spoken_of = titled or any(s.programme or s.has("pilot") for s in near)
    for span in view.spans("numbers"):
        if span.label_ in ("COUNT", "ALL"):
            _count(view, sentences[view.sentence_at(span.start)], span, words)
    for group in _groups(view, words):
        sentences[group.sentence].groups.append(group)
    return sentences


def _read_sentence(view: View, first: int, last: int, others: set[int], words: PilotWords) -> Sentence:
    """A sentence with its cue phrases; `others` are the tokens at which other programmes are named."""
    lower = view.reading.lower
    cues = words.table.find(lower, first, last) + words.taking_back.find(lower, first, last)
    named = words.programme[view.programme.id].find(lower, first, last)
    if others:  # "percontohan Kecamatan X" says nothing of this programme
        named = [hit for hit in named if others.isdisjoint(range(*hit[:2]))]
        cues = [hit for hit in cues if hit[2] != "pilot" or others.isdisjoint(range(*hit[:2]))]
    cues += [(a - 1, b, "pilot") for a, b, _ in named if a > first and lower[a - 1] in words.becomes]
    cues = [h for h in cues if h[2] != "appoint" or lower[h[0] - 1] not in words.final_negations]
    cues += [(a, b, "chosen") for a, b, k in cues if k == "fills" and words.quota.find(lower, first, a)]
    if venues := _other_venues(view, cues, last, words):
        cues = [h for h in cues if not any(begin <= h[1] and h[0] < end for begin, end in venues)]
    return Sentence(first, last, cues, bool(named), names=[(a, b) for a, b, _ in named])


def _other_venues(
    view: View, cues: list[tuple[int, int, str]], last: int, words: PilotWords
) -> list[tuple[int, int]]:
    """Where a sentence says that a place is chosen for something else: "dipilih sebagai lokasi job fair"."""
    lower, found = view.reading.lower, []
    ends = {end: start for start, end, key in cues if key == "appoint"}
    ends |= {s: s for s, e, k in cues if k == "pilot" and lower[s] in words.before_venue}
    for end, start in ends.items():
        if end >= last or lower[end] not in words.before_venue:
            continue
        venue = words.venues.at(lower, end + 1)
        if venue is None or venue[0] >= last or not lower[venue[0]].isalpha():
            continue
        word = lower[venue[0]]
        if word in words.own_venue or word in words.units or VERB.match(word) or _is_own(view, venue[0]):
            continue
        found.append((start, venue[0]))
    return found


def _is_own(view: View, token: int) -> bool:
    """Whether a programme, a pillar, a place or a number opens at a token."""
    return any(span.start == token for key in _OWN for span in view.spans(key))


def _opening(view: View, sentences: list[Sentence]) -> list[Sentence]:
    """The headline and the lead: what they speak of, the whole article does."""
    title = sum(view.reading.field(s.first) == "title" for s in sentences)
    dateline = sum(view.segment_at(s.first).kind == "dateline" for s in sentences[title : title + 1])
    return sentences[: title + dateline + LEAD]


def _other_programmes(view: View) -> list[Span]:
    """Where the vocabulary's other programmes are named."""
    return [s for s in view.spans("programmes") if s.label_ == "name" and s.kb_id_ != view.programme.id]


def _rivals(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Marks what makes a pilot one of another programme: its known name, or a name right behind the word."""
    rivals = [s for s in view.spans("programmes") if s.label_ == "rival"]
    for span in (*rivals, *_other_programmes(view)):
        sentences[view.sentence_at(span.start)].add(span.start, span.end, "rival")
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
            at = skip(end, sentence.last, lambda token: text.lower[token] in words.before_name)
            named = at < sentence.last and text.words[at][0].isupper() and at not in own
            if named and text.lower[at] not in words.no_rival:
                sentence.add(end, at + 1, "rival")


def _count(view: View, sentence: Sentence, span: Span, words: PilotWords) -> None:
    """Notes a number that counts kecamatan or pilots."""
    value, lower = int(span.kb_id_), view.reading.lower
    behind = lower[span.end : min(span.end + COUNT_REACH, sentence.last)]
    before = lower[max(sentence.first, span.start - 1)]
    if before in words.sums:  # "dari total 24 kecamatan"
        before = lower[max(sentence.first, span.start - 2)]
    if not _counts(span, before, behind, words):
        return
    if before in words.of_all:
        if any(k == "pilot" and span.end <= s < span.end + 2 for s, _, k in sentence.cues):
            sentence.total = value
        runs = any(k == "runs" and e == span.start for _, e, k in sentence.cues)
        if not runs and not says_one_of(view, sentence, words):
            return  # "Dari 18 kecamatan, ..." counts them all
    if _is_of_pilots(sentence, span, behind, words) and (sentence.count is None or span.label_ != "ALL"):
        sentence.count = value
        sentence.whole = span.label_ == "ALL"


def _counts(span: Span, before: str, behind: list[str], words: PilotWords) -> bool:
    """Whether a number counts something that a list could name."""
    value = int(span.kb_id_)
    if value > MOST_LISTED or not behind or (value == 1 and behind[0] in words.of_all):
        return False
    if any(w in words.rest for w in behind[:2]):
        return False  # "tujuh kecamatan lain" counts those that are none
    return not (span.label_ == "ALL" and before in words.ordinal)  # "yang kedua" is the second, not both


def _is_of_pilots(sentence: Sentence, span: Span, behind: list[str], words: PilotWords) -> bool:
    """Whether a number counts kecamatan or pilots, by the word behind it or the one that ends before it."""
    direct = any(first == span.end for first, _ in sentence.names)
    if direct:
        sentence.add(span.start, span.end, "pilot")
    named = any(w in words.units for w in behind[:2]) or any(
        k == "pilot" and span.end <= s < span.end + COUNT_REACH for s, _, k in sentence.cues
    )
    told = sentence.has("pilot", last=span.start) and (
        span.end >= sentence.last - 1 or not behind[0].isalpha()
    )
    return direct or named or told


def says_one_of(view: View, sentence: Sentence, words: PilotWords) -> bool:
    """Whether the sentence speaks of one among several: "salah satu dari"."""
    return bool(words.one_of.find(view.reading.lower, sentence.first, sentence.last))


def _groups(view: View, words: PilotWords) -> list[Group]:
    lower = view.reading.lower
    places = view.spans("places")
    passed = {t for s in places if s.label_ == "REGENCY" for t in range(s.start, s.end)} | _asides(
        view, words
    )

    def joins(last: Group, span: Span) -> bool:
        """Whether nothing but commas, "dan", regencies and brackets parts a name from a list."""
        between = range(last.last, span.start)
        return (
            last.sentence == view.sentence_at(span.start)
            and len(between) <= BETWEEN
            and all(
                lower[t] in words.joiners or t in passed or lower[t] in words.regency_marks or lower[t] == "."
                for t in between
            )
        )

    groups: list[Group] = []
    for span in (s for s in places if s.label_ == "KECAMATAN"):
        if groups and joins(groups[-1], span):
            groups[-1].members.append(span)
            groups[-1].single_place = False
            continue
        segment = view.segment_at(span.start)
        opens = span.start - (1 if lower[span.start - 1] in words.joiners else 0)
        group = Group([span], view.sentence_at(span.start))
        group.at_head = segment.kind in ("heading", "item") and segment.first in (span.start, opens)
        group.single_place = _is_place(view, span, words)
        groups.append(group)
    return groups


def _asides(view: View, words: PilotWords) -> set[int]:
    """Tokens of brackets that hold a village alone: "A (Desa B), C (Desa D)"."""
    lower = view.reading.lower
    found: set[int] = set()
    for span in view.spans("places"):
        first = span.start - (lower[span.start - 1] in words.villages)
        if (
            span.label_ == "VILLAGE"
            and first > 0
            and lower[first - 1] == "("
            and lower[span.end : span.end + 1] == [")"]
        ):
            found.update(range(first - 1, span.end + 1))
    return found


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
