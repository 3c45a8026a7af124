"""Joins the mentions of one person."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from db.records import Evidence, Person
from extract.article.context import Context
from extract.article.view import View
from extract.mentions.people.names import name_key
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.scan import skip

#: Words of a house's or body's own name behind the noun for it.
MAX_BODY = 4


@dataclass(frozen=True, slots=True)
class _Pointing:
    """Words of offices that point back to a body named before."""

    unfinished: frozenset[str]
    staff: frozenset[str]
    back: frozenset[str]


def _build_pointing(vocabulary: Vocabulary) -> _Pointing:
    return _Pointing(
        *(vocabulary.cue_set("people", key) for key in ("unfinished", "staff", "back_references"))
    )


@dataclass(slots=True)
class _Someone:
    key: tuple[str, ...]  # the fullest name's words
    mentions: list[Span] = field(default_factory=list)


class _Gathering:
    """The people of a text, as far as it is read."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.people: list[_Someone] = []
        self._by_word: dict[str, list[int]] = {}  # who bears a word in the name

    def add(self, span: Span) -> None:
        """Gives a mention to whom it means, or to someone new."""
        key = name_key(self.view.reading, span.start, span.end)
        number = self._find(key, span)
        if number == len(self.people):
            self.people.append(_Someone(key))
        someone = self.people[number]
        someone.mentions.append(span)
        if len(key) > len(someone.key):
            someone.key = key
        for word in key:
            if number not in self._by_word.setdefault(word, []):
                self._by_word[word].append(number)

    def _find(self, key: tuple[str, ...], span: Span) -> int:
        alike = sorted({i for word in key for i in self._by_word.get(word, ())})
        known = (i for i in alike if _is_one(self.view, self.people[i], key, span))
        return next(known, len(self.people))


def link_people(view: View, context: Context) -> tuple[Person, ...]:
    """One claim a person: the fullest name with the fullest form of the office told first."""
    gathering = _Gathering(view)
    for span in view.spans("people"):
        gathering.add(span)
    return tuple(_claim(view, someone) for someone in gathering.people)


def _is_one(view: View, someone: _Someone, key: tuple[str, ...], span: Span) -> bool:
    """Whether a mention is of someone known: by the name, and by the office too where a name is one word."""
    if not _same(someone.key, key):
        return False
    if min(len(someone.key), len(key)) > 1 and someone.key[0] == key[0]:
        return True
    own, *known = (_office_words(view, s.kb_id_) for s in (span, *someone.mentions[:3]))
    return any(not own.isdisjoint(office) for office in known)


def _build_long_forms(vocabulary: Vocabulary) -> dict[str, str]:
    pairs = (entry.split("=") for entry in vocabulary.cue("people", "long_forms"))
    return {short.strip(): long.strip() for short, long in pairs}


def _office_words(view: View, role: str) -> set[str]:
    long_forms = view.vocabulary.compiled(_build_long_forms)
    places = view.vocabulary.cue_set("people", "area_kinds")
    words = {word for short in role.lower().split() for word in long_forms.get(short, short).split()}
    areas = view.vocabulary.areas
    return {w for w in words - places if w not in areas.regencies_by_name and w not in areas.provinces}


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter name's words stand in the longer one in the same order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(word in rest for word in short)


def _claim(view: View, someone: _Someone) -> Person:
    fullest = max(someone.mentions, key=lambda s: len(s))
    role = _whole_role(view, someone.mentions[0])
    for span in someone.mentions[1:]:
        other = _whole_role(view, span)
        if set(role.lower().split()) < set(other.lower().split()):
            role = other
    return Person(
        name=" ".join(view.reading.quote(fullest.start, fullest.end).split()),
        role=_spelled(view, role),
        evidence=tuple(_evidence(view, s) for s in someone.mentions),
    )


def _whole_role(view: View, span: Span) -> str:
    """An office as printed; with the body told before where it only points back: "kepala dinas itu"."""
    office = _Office(view, span)
    return office.with_body() if office.points_back() else office.role


class _Office:
    """An office as it is printed before or behind a name."""

    def __init__(self, view: View, span: Span) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.vocabulary.compiled(_build_pointing)
        self.role = span.kb_id_
        self.first, self.last = (int(t) for t in span.id_.split(":"))
        self.tail = self.role.split()[-1].lower()

    def points_back(self) -> bool:
        """Its last word means a body named before: "kepala dinas itu", "kadernya"."""
        if self.tail in self.words.unfinished:
            return self._is_owned() or self._is_pointed_at()
        return self._is_owned() and self.tail in self.words.staff

    def _is_owned(self) -> bool:
        return self.lower[self.last - 1] == f"{self.tail}nya"

    def _is_pointed_at(self) -> bool:
        return self.last < len(self.lower) and self.lower[self.last] in self.words.back

    def _body(self) -> Span | None:
        """The body named last before it, in its sentence or the one before."""
        begin = self.view.sentences[max(0, self.view.sentence_at(self.first) - 1)][0]
        keys = ("agencies",) if self.tail in self.words.unfinished else ("agencies", "pillars")
        bodies = [s for key in keys for s in self.view.spans_in(key, begin, self.first)]
        return max(bodies, key=lambda s: s.start, default=None)

    def with_body(self) -> str:
        """The office with the name of its body."""
        body = self._body()
        if body is None:
            return self.role
        repeated = self.lower[body.start] == self.tail  # "Kepala dinas" of "Dinas Sosial"
        role = self.role.rpartition(" ")[0] if repeated else self.role
        return f"{role} {' '.join(self.view.reading.quote(body.start, self._end(body)).split())}".strip()

    def _end(self, body: Span) -> int:
        """The end of a body's name, with words of its own: "RPPA Mekar Asri"."""
        if not body.kb_id_:
            return body.end
        words, last = self.view.reading.words, min(self.first, body.end + MAX_BODY)
        return skip(body.end, last, lambda token: words[token][0].isupper())


def _evidence(view: View, span: Span) -> Evidence:
    first, last = (int(t) for t in span.id_.split(":"))
    return view.evidence(min(first, span.start), max(last, span.end), span.label_)


def _spelled(view: View, role: str) -> str:
    """An office with the province's short name spelled out, so that one office has one spelling."""
    areas = view.vocabulary.areas
    words = [
        areas.province_name if areas.provinces.get(word.lower()) == areas.province else word
        for word in role.split()
    ]
    return " ".join(words)
