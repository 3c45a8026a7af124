"""The grammar of people's names: honorifics before, degrees behind, initials inside."""

from __future__ import annotations

import re

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
        self.degrees = cue("degrees")
        offices = {h for key in ("heads_place", "heads_office") for h in cue(key) if " " not in h}
        self.not_names = cue("not_names") | (offices - cue("also_names"))
        self.months = cue("months")
        self.numerals = cue("numerals")
        self.ranks = vocabulary.table("people", "ranks")


def skip_honorifics(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind "H.", "Drs.", "Komjen Pol (Purn)"."""
    lower, printed = found.lower, found.words
    scan = Scan(at, end)
    for at in scan:
        if printed[at][0].isupper() and (rank := words.ranks.at(lower, at)) and rank[0] < end:
            scan.at = rank[0]
            continue
        behind = at + 1 < end and (lower[at + 1] == "." or _opens(printed[at + 1]))
        if behind and lower[at] in words.honorifics:
            scan.at = at + 1 + (lower[at + 1] == ".")
        elif (
            lower[at] == "("
            and at + 2 < end
            and lower[at + 1] in words.honorifics
            and ")" in lower[at : at + 4]
        ):
            scan.at = lower.index(")", at) + 1
        else:
            break
    return scan.at


def _opens(word: str) -> bool:
    return word[0].isupper() or word == "("


def read_name(
    found: Reading, at: int, end: int, words: NameWords, capitals: bool = False
) -> tuple[int, int] | None:
    """(first, last) of the name that stands at a token, honorifics left out; None if none does.

    A name printed all in capitals counts only with `capitals`: short names of bodies look the same.
    """
    at = skip_honorifics(found, at, end, words)
    lower, printed, starts, ends = found.lower, found.words, found.starts, found.ends
    first, last = at, at
    real = False  # whether a whole word is among the tokens
    scan = Scan(first, min(end, first + MAX_NAME))
    for at in scan:
        word = printed[at]
        if not word[0].isupper():
            joined = (
                lower[at] in words.particles and at > first and at + 1 < end and printed[at + 1][0].isupper()
            )
            hyphen = word in "-–" and at > first and starts[at] == ends[at - 1]
            glued = (
                hyphen and lower[at - 1] in words.particles and at + 1 < end and starts[at + 1] == ends[at]
            )
            if not glued and not (joined and lower[at] in ("bin", "binti")):
                break
            scan.at = at + 1
            continue
        stop = at + 1 < end and lower[at + 1] == "." and starts[at + 1] == ends[at]
        if stop and (len(word) == 1 or lower[at] in words.initials) and not found.sentence_starts[at + 1]:
            goes_on = at + 2 < end and printed[at + 2][0].isupper()
            if not goes_on and not real:
                break
            if goes_on or len(word) == 1:
                scan.at = last = at + 2
                continue
        if len(word) > 1 and lower[at] in words.not_names and not _month_inside(found, at, real, end, words):
            break
        if real and HEADLINE_VERB.match(lower[at]):
            break
        if word.isupper() and len(word) > 2 and not real and not (capitals and _shouted(found, at, end)):
            break
        if len(word) > 1 and word.isupper() and real and not printed[first].isupper():
            break
        scan.at = last = at + 1
        real = real or len(word) > 1
    if not real or last == first:
        return None
    if last - first == 1 and last < end and _is_number(found, last, words):
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


def _shouted(found: Reading, at: int, end: int) -> bool:
    """Whether two words in capitals follow each other: "AGUS SALIM"."""
    return at + 1 < end and all(len(w) > 2 and w.isalpha() and w.isupper() for w in found.words[at : at + 2])


def _month_inside(found: Reading, at: int, real: bool, end: int, words: NameWords) -> bool:
    """Whether a month's name is one of a person's names: another one follows it."""
    if not real or found.lower[at] not in words.months or at + 1 >= end:
        return False
    return found.words[at + 1][0].isupper() and found.lower[at + 1] not in words.not_names


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
