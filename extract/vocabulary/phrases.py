"""Vocabulary phrases: their small notation, and tables that find them in lists of words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from extract.vocabulary.scan import Scan
from extract.vocabulary.tokens import tokenize

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


#: For each length of what follows the second word, the longest first: the rests of that length, with keys.
Rests = list[tuple[int, dict[tuple[str, ...], str]]]


class PhraseTable:
    """Phrases by their first two words, looked up in plain lists of lower-case words. Each has one key."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        #: first word -> (key of that word alone, second word -> rests, most words behind the first)
        self._by_first: dict[str, tuple[str | None, dict[str, Rests], int]] = {}
        spelled: dict[tuple[str, ...], str] = {}
        for key, forms in phrases.items():
            for form in forms:
                for phrase in expand(form):
                    if words := tuple(tokenize(phrase.lower())):
                        spelled.setdefault(words, key)
        grouped: dict[str, dict[str, dict[int, dict[tuple[str, ...], str]]]] = {}
        for words, key in spelled.items():
            seconds = grouped.setdefault(words[0], {})
            if len(words) > 1:
                seconds.setdefault(words[1], {}).setdefault(len(words) - 2, {})[words[2:]] = key
        for first, seconds in grouped.items():
            rests = {s: sorted(sizes.items(), key=lambda entry: -entry[0]) for s, sizes in seconds.items()}
            longest = max((1 + entries[0][0] for entries in rests.values()), default=0)
            self._by_first[first] = (spelled.get((first,)), rests, longest)
        self.heads = frozenset(self._by_first)  # the words that a phrase opens with

    def at(self, lower: list[str], token: int) -> tuple[int, str] | None:
        """(end, key) of the longest phrase that opens at a token; None if none does or the text has ended.

        A word in brackets within it is passed over: "Surat Keputusan (SK) penetapan lokasi".
        """
        try:
            entry = self._by_first.get(lower[token])
        except IndexError:
            return None
        if entry is None:
            return None
        single, seconds, longest = entry
        if longest and token + 1 < len(lower):
            sizes = seconds.get(lower[token + 1])
            if sizes is not None:
                begin = token + 2
                for size, rests in sizes:
                    if key := rests.get(tuple(lower[begin : begin + size])):
                        return begin + size, key
                if single is None and "(" in lower[begin : token + 1 + longest]:
                    return _across_brackets(lower, begin, sizes)
        return (token + 1, single) if single is not None else None

    def find(self, lower: list[str], first: int, last: int) -> list[tuple[int, int, str]]:
        """(start, end, key) of the phrases in a token range, in order, the longest where they overlap."""
        heads, part = self.heads, lower[first:last]
        if heads.isdisjoint(part):
            return []
        found, end = [], first
        for i, word in enumerate(part, first):
            if word in heads and i >= end and (hit := self.at(lower, i)) and hit[0] <= last:
                found.append((i, *hit))
                end = hit[0]
        return found

    def find_among(self, lower: list[str], tokens: Iterable[int]) -> list[tuple[int, int, str]]:
        """The same for phrases that open at one of some tokens, given in order."""
        heads = self.heads
        found: list[tuple[int, int, str]] = []
        end = 0
        for token in tokens:
            if lower[token] in heads and token >= end and (hit := self.at(lower, token)):
                found.append((token, *hit))
                end = hit[0]
        return found


def _across_brackets(lower: list[str], token: int, sizes: Rests) -> tuple[int, str] | None:
    """The longest of some phrases that goes on at a token once single words in brackets are left out."""
    words: list[str] = []
    ends: list[int] = []  # the token at which each of them ends
    scan = Scan(token, len(lower))
    for at in scan:
        if len(words) == sizes[0][0]:
            break
        if lower[at] == "(" and lower[at + 2 : at + 3] == [")"]:
            scan.at = at + 3
            continue
        words.append(lower[at])
        scan.at = at + 1
        ends.append(at + 1)
    for size, rests in sizes:
        if 0 < size <= len(words) and (key := rests.get(tuple(words[:size]))):
            return ends[size - 1], key
    return None
