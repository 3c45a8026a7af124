"""Vocabulary phrases: their small notation, and spaCy matchers over them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extract.text import tokenize

_GROUP = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def expand(phrase: str) -> list[str]:
    """The literal phrases behind a short form: `(a|b)` is a choice, `[c]` may be absent.

    >>> expand("gen[erasi] z")
    ['gen z', 'generasi z']
    >>> expand("(pilot|proyek) percontohan")
    ['pilot percontohan', 'proyek percontohan']
    """
    parts: list[list[str]] = []
    position = 0
    for match in _GROUP.finditer(phrase):
        parts.append([phrase[position : match.start()]])
        if match.group(1) is not None:
            parts.append(match.group(1).split("|"))
        else:
            parts.append(["", *match.group(2).split("|")])
        position = match.end()
    parts.append([phrase[position:]])
    spelled = ("".join(choice) for choice in itertools.product(*parts))
    return list(dict.fromkeys(" ".join(s.split()) for s in spelled if s.strip()))


class PhraseTable:
    """Phrases by their first word, looked up in plain lists of lower-case words. Each phrase has one key."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        # by the first word: for each length of the rest, the longest first, the rests of that length
        self._by_first: dict[str, list[tuple[int, dict[tuple[str, ...], str]]]] = {}
        grouped: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
        for key, forms in phrases.items():
            for spelled in {s.lower() for form in forms for s in expand(form)}:
                words = tuple(tokenize(spelled))
                if words:
                    sizes = grouped.setdefault(words[0], {})
                    sizes.setdefault(len(words) - 1, {}).setdefault(words[1:], key)
        for first, sizes in grouped.items():
            self._by_first[first] = sorted(sizes.items(), key=lambda entry: -entry[0])

    @property
    def heads(self) -> frozenset[str]:
        """The words that a phrase opens with."""
        return frozenset(self._by_first)

    def at(self, lower: list[str], token: int) -> tuple[int, str] | None:
        """(end, key) of the longest phrase that opens at a token, None if none does.

        A word in brackets within it is passed over: "Surat Keputusan (SK) penetapan lokasi".
        """
        entries = self._by_first.get(lower[token])
        if entries is None:
            return None
        for size, rests in entries:
            end = token + 1 + size
            if key := rests.get(tuple(lower[token + 1 : end])):
                return end, key
        longest = entries[0][0]
        if longest < 2 or "(" not in lower[token + 2 : token + 1 + longest]:
            return None
        return _across_brackets(lower, token, entries)

    def find(self, lower: list[str], first: int, last: int) -> list[tuple[int, int, str]]:
        """(start, end, key) of the phrases in a token range, in order, the longest where they overlap."""
        found, i = [], first
        heads = self._by_first
        while i < last:
            if lower[i] in heads and (hit := self.at(lower, i)) and hit[0] <= last:
                found.append((i, *hit))
                i = hit[0]
            else:
                i += 1
        return found

    def find_among(self, lower: list[str], tokens: Iterable[int]) -> list[tuple[int, int, str]]:
        """The same for phrases that open at one of some tokens, given in order."""
        found: list[tuple[int, int, str]] = []
        end = 0
        for token in tokens:
            if token >= end and (hit := self.at(lower, token)):
                found.append((token, *hit))
                end = hit[0]
        return found


def _across_brackets(
    lower: list[str], token: int, entries: list[tuple[int, dict[tuple[str, ...], str]]]
) -> tuple[int, str] | None:
    """The longest phrase that opens at a token once single words in brackets are left out."""
    words: list[str] = []  # behind the first word
    ends: list[int] = []  # the token at which each of them ends
    at = token + 1
    while at < len(lower) and len(words) < entries[0][0]:
        if lower[at] == "(" and lower[at + 2 : at + 3] == [")"]:
            at += 3
            continue
        words.append(lower[at])
        at += 1
        ends.append(at)
    for size, rests in entries:
        if 1 < size <= len(words) and (key := rests.get(tuple(words[:size]))):
            return ends[size - 1], key
    return None


def build_matcher(vocab: Vocab, phrases: Mapping[str, Iterable[str]], attr: str = "LOWER") -> PhraseMatcher:
    """A matcher whose keys are those of `phrases`; letter case is ignored unless `attr` is `ORTH`."""
    matcher = PhraseMatcher(vocab, attr=attr)
    for key, forms in phrases.items():
        docs = [Doc(vocab, words=tokenize(s)) for form in forms for s in expand(form)]
        matcher.add(key, [d for d in docs if len(d)])
    return matcher


def find_phrases(matcher: PhraseMatcher, doc: Doc) -> list[Span]:
    """Matches in the doc's order, the longest where they overlap; `span.label_` is the key."""
    spans = matcher(doc, as_spans=True)
    return sorted(filter_spans(spans), key=lambda span: span.start)
