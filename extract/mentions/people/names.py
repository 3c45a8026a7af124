"""The grammar of people's names: honorifics before, degrees behind, initials inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.vocabulary.areas import fold
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import Reading

#: Tokens of the longest name.
MAX_NAME = 8
#: Tokens of the longest row of degrees.
MAX_DEGREES = 24
#: Parts of one degree printed with stops: "S.Pd.I."
MAX_PARTS = 4
#: Verbs of headlines, which print each word in capitals: "Gubernur NAME Canangkan ..."
HEADLINE_VERB = re.compile(r"[a-z]{4,}kan$")


class NameWords:
    """The tables that names are read with."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("people", key)

        self.honorifics = cue("honorifics")
        self.initials = cue("name_initials")
        self.particles = cue("name_particles")
        self.patronymics = cue("patronymics")
        self.degrees = cue("degrees")
        offices = {h for key in ("heads_place", "heads_office") for h in cue(key) if " " not in h}
        self.not_names = cue("not_names") | (offices - cue("also_names"))
        self.months = cue("months")
        self.numerals = cue("numerals")
        self.ranks = vocabulary.table("people", "ranks")
        self.before = self.honorifics | self.ranks.heads | {"("}  # what may stand before a name


def skip_honorifics(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind "H.", "Drs.", "Komjen Pol (Purn)"."""
    scan = Scan(at, end)
    for at in scan:
        if found.lower[at] in words.before:
            scan.at = (
                _behind_rank(found, at, end, words)
                or _behind_honorific(found, at, end, words)
                or _behind_bracketed(found, at, end, words)
                or at
            )
    return scan.at


def _behind_rank(found: Reading, at: int, end: int, words: NameWords) -> int:
    rank = words.ranks.at(found.lower, at) if found.capital(at, end) else None
    return rank[0] if rank and rank[0] < end else 0


def _behind_honorific(found: Reading, at: int, end: int, words: NameWords) -> int:
    if found.lower[at] not in words.honorifics or at + 1 >= end:
        return 0
    if found.lower[at + 1] == ".":
        return at + 2
    return at + 1 if found.capital(at + 1, end) or found.lower[at + 1] == "(" else 0


def _behind_bracketed(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind "(Purn)", 0 for any other."""
    lower = found.lower
    honorific = lower[at] == "(" and at + 2 < end and lower[at + 1] in words.honorifics
    return lower.index(")", at) + 1 if honorific and ")" in lower[at : at + 4] else 0


@dataclass(slots=True)
class _NameWalk:
    """Goes over the tokens of a name from `first` on, as far as they are parts of it."""

    found: Reading
    words: NameWords
    first: int
    end: int
    capitals: bool
    last: int = 0  # where the name ends
    real: bool = False  # whether a whole word is among the tokens

    def walk(self) -> None:
        scan = Scan(self.first, min(self.end, self.first + MAX_NAME))
        for at in scan:
            scan.at = self._behind(at)

    def _behind(self, at: int) -> int:
        """The token behind the part of the name that stands at a token; the token itself if it is none."""
        word = self.found.words[at]
        if not word[0].isupper():
            return at + self._joins(at)
        if self._is_initial(at):
            goes_on = self.found.capital(at + 2, self.end)
            if not (goes_on or self.real):
                return at
            if goes_on or len(word) == 1:
                self.last = at + 2
                return at + 2
        if len(word) > 1:
            if self._is_other_word(at):
                return at
            self.real = True
        self.last = at + 1
        return at + 1

    def _joins(self, at: int) -> bool:
        """Whether a small word or a hyphen joins two parts: "Sri binti Amir", "Al-Hakim"."""
        found, particles = self.found, self.words.particles
        if at == self.first:
            return False
        if found.lower[at] in self.words.patronymics:
            return found.capital(at + 1, self.end)
        hyphen = found.words[at] in "-–" and found.lower[at - 1] in particles and found.glued(at)
        return hyphen and at + 1 < self.end and found.glued(at + 1)

    def _is_initial(self, at: int) -> bool:
        """Whether a letter or short form stands at a token, with its stop."""
        found = self.found
        if not found.has(at + 1, self.end, ".") or not found.glued(at + 1) or found.sentence_starts[at + 1]:
            return False
        return len(found.words[at]) == 1 or found.lower[at] in self.words.initials

    def _is_other_word(self, at: int) -> bool:
        """Whether a capitalised word is no part of a name: an everyday word, a verb, a body's short name."""
        found, word = self.found, self.found.lower[at]
        if word in self.words.not_names and not self._month_inside(at):
            return True
        if self.real and HEADLINE_VERB.match(word):
            return True
        return found.words[at].isupper() and self._is_short_name(at)

    def _is_short_name(self, at: int) -> bool:
        """Whether a word all in capitals is none of a name's."""
        if self.real:
            return not self.found.words[self.first].isupper()
        return len(self.found.words[at]) > 2 and not (self.capitals and self._shouted(at))

    def _shouted(self, at: int) -> bool:
        """Whether two words in capitals follow each other: "AGUS SALIM"."""
        pair = self.found.words[at : at + 2]
        return at + 1 < self.end and all(len(w) > 2 and w.isalpha() and w.isupper() for w in pair)

    def _month_inside(self, at: int) -> bool:
        """Whether a month's name is one of a person's names: another one follows it."""
        if not self.real or self.found.lower[at] not in self.words.months:
            return False
        return self.found.capital(at + 1, self.end) and self.found.lower[at + 1] not in self.words.not_names


def read_name(
    found: Reading, at: int, end: int, words: NameWords, capitals: bool = False
) -> tuple[int, int] | None:
    """(first, last) of the name that stands at a token, honorifics left out; None if none does.

    A name printed all in capitals counts only with `capitals`: short names of bodies look the same.
    """
    first = skip_honorifics(found, at, end, words)
    walk = _NameWalk(found, words, first, end, capitals)
    walk.walk()
    last = walk.last
    if not walk.real or (last - first == 1 and last < end and _is_number(found, last, words)):
        return None  # "Angkatan II", "Lantai 2"
    return first, _before_degree(found, first, last, end, words)


def _is_number(found: Reading, at: int, words: NameWords) -> bool:
    word = found.words[at]
    return word.isdigit() or (word.isupper() and word.lower() in words.numerals)


def _before_degree(found: Reading, first: int, last: int, end: int, words: NameWords) -> int:
    """Where a name ends that a degree follows without a comma: "NAME A.P.", "NAME S. Sos"."""
    whole = False
    for at in range(first, last):
        if whole and all(_is_degree(w, words) for w in found.words[at:last]):
            return at  # "NAME SSos MSi"
        if whole and len(found.words[at]) <= 2 and _degree(found, at, end, words) >= last:
            return at
        whole = whole or len(found.words[at]) > 2
    return last


def _is_degree(word: str, words: NameWords) -> bool:
    """Whether a word is a degree printed without stops: several capitals, the first one an S or an M."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals > 1 and word[0] in "SMAD" and word.lower() in words.degrees


def _degree(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind a degree that opens at a token, printed with stops or as one word; 0 if none does."""
    lower, printed = found.lower, found.words
    letters, behind = "", 0
    for part in range(at, min(end, at + 2 * MAX_PARTS), 2):  # a stop stands behind each
        if not printed[part][0].isupper() or len(printed[part]) > 5:
            break
        letters += lower[part]
        stop = part + 1 < end and lower[part + 1] == "."
        if letters in words.degrees and len(letters) > 1:
            behind = part + 1 + stop
        if not stop or found.sentence_starts[min(part + 2, len(lower) - 1)]:
            break
    return behind


def skip_degrees(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind ", S.IP., M.Si" or ", ST, MT"; `at` itself if no degree stands there."""
    lower, printed = found.lower, found.words
    limit = min(end, at + MAX_DEGREES)

    def is_degree(token: int) -> bool:
        return lower[token] in words.degrees and printed[token][0].isupper()

    scan = Scan(at, limit)
    for token in scan:  # without a comma
        scan.at = max(token, _degree(found, token, limit, words))
    last = scan.at
    scan = Scan(last, limit)
    for token in scan:
        if lower[token] not in ",." or token + 1 >= limit or not is_degree(token + 1):
            break
        scan.at = last = skip(token + 1, limit, lambda t: lower[t] == "." or is_degree(t))
        if last > 0 and lower[last - 1] == "." and found.sentence_starts[min(last, len(lower) - 1)]:
            break
    return last


def name_key(found: Reading, first: int, last: int) -> tuple[str, ...]:
    """A name's words for comparison."""
    return tuple(fold(found.words[t]) for t in range(first, last) if found.words[t][0].isalpha())
