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


def link_people(view: View, context: Context) -> tuple[Person, ...]:
    """One claim a person: the fullest name with the fullest form of the office told first."""
    people: list[_Someone] = []
    by_word: dict[str, list[int]] = {}
    for span in view.spans("people"):
        key = name_key(view.reading, span.start, span.end)
        alike = sorted({i for word in key for i in by_word.get(word, ())})
        number = next((i for i in alike if _is_one(view, people[i], key, span)), len(people))
        if number == len(people):
            people.append(_Someone(key, []))
        someone = people[number]
        someone.mentions.append(span)
        if len(key) > len(someone.key):
            someone.key = key
        for word in key:
            if number not in by_word.setdefault(word, []):
                by_word[word].append(number)
    return tuple(_claim(view, p) for p in people)


def _is_one(view: View, someone: _Someone, key: tuple[str, ...], span: Span) -> bool:
    """Whether a mention is of someone known: by the name, and by the office too where a name is one word."""
    if not _same(someone.key, key):
        return False
    if min(len(someone.key), len(key)) > 1 and someone.key[0] == key[0]:
        return True
    offices = [_office_words(view, s.kb_id_) for s in (span, *someone.mentions[:3])]
    return any(not offices[0].isdisjoint(other) for other in offices[1:])


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
    role, words = span.kb_id_, view.vocabulary.compiled(_build_pointing)
    first, last = (int(t) for t in span.id_.split(":"))
    lower = view.reading.lower
    tail = role.split()[-1].lower()
    owned = lower[last - 1] == f"{tail}nya"
    back = owned or (last < len(lower) and lower[last] in words.back)
    if not back or not (tail in words.unfinished or (owned and tail in words.staff)):
        return role
    begin = view.sentences[max(0, view.sentence_at(first) - 1)][0]
    keys = ("agencies",) if tail in words.unfinished else ("agencies", "pillars")
    bodies = [s for key in keys for s in view.spans_in(key, begin, first)]
    if not bodies:
        return role
    body = max(bodies, key=lambda s: s.start)
    end, printed = body.end, view.reading.words
    if body.kb_id_:  # "RPPA Mekar Asri"
        end = skip(end, min(first, end + MAX_BODY), lambda token: printed[token][0].isupper())
    if lower[body.start] == tail:  # "Kepala dinas" of "Dinas Sosial"
        role = role.rpartition(" ")[0]
    return f"{role} {' '.join(view.reading.quote(body.start, end).split())}".strip()


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
