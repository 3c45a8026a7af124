"""The grammar of people's names: honorifics before, degrees behind, initials inside."""

from __future__ import annotations

from extract.areas import fold
from extract.text import Reading
from extract.vocabulary import Vocabulary

#: Tokens of the longest name.
MAX_NAME = 8
#: Tokens of the longest row of degrees.
MAX_DEGREES = 24


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


def skip_honorifics(found: Reading, at: int, end: int, words: NameWords) -> int:
    """The token behind "H.", "Drs.", "Komjen Pol (Purn)"."""
    lower, printed = found.lower, found.words
    while at < end:
        behind = at + 1 < end and (lower[at + 1] == "." or _opens(printed[at + 1]))
        if behind and lower[at] in words.honorifics:
            at += 1
            if at < end and lower[at] == ".":
                at += 1
        elif (
            lower[at] == "("
            and at + 2 < end
            and lower[at + 1] in words.honorifics
            and ")" in lower[at : at + 4]
        ):
            at = lower.index(")", at) + 1
        else:
            break
    return at


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
    while at < end and at - first < MAX_NAME:
        word = printed[at]
        if not word[0].isupper():
            joined = (
                lower[at] in words.particles and at > first and at + 1 < end and printed[at + 1][0].isupper()
            )
            hyphen = word in "-–" and at > first and starts[at] == ends[at - 1]
            if joined and lower[at] in ("bin", "binti"):
                at += 1
                continue
            if hyphen and lower[at - 1] in words.particles and at + 1 < end and starts[at + 1] == ends[at]:
                at += 1
                continue
            break
        stop = at + 1 < end and lower[at + 1] == "." and starts[at + 1] == ends[at]
        if stop and (len(word) == 1 or lower[at] in words.initials) and not found.sentence_starts[at + 1]:
            goes_on = at + 2 < end and printed[at + 2][0].isupper()
            if not goes_on and not real:
                break
            at += 2
            last = at
            continue
        if len(word) > 1 and lower[at] in words.not_names and not _month_inside(found, at, real, end, words):
            break
        if word.isupper() and len(word) > 2 and not real and not (capitals and _shouted(found, at, end)):
            break
        if len(word) > 1 and word.isupper() and real and not printed[first].isupper():
            break
        at += 1
        last = at
        real = real or len(word) > 1
    return (first, last) if real and last > first else None


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
    last = at
    limit = min(end, at + MAX_DEGREES)
    while at < limit and lower[at] in ",.":
        at += 1
        if at >= limit or not (printed[at][0].isupper() and lower[at] in words.degrees):
            break
        while at < limit and (lower[at] == "." or (lower[at] in words.degrees and printed[at][0].isupper())):
            at += 1
        last = at
        if last > 0 and lower[last - 1] == "." and found.sentence_starts[min(at, len(lower) - 1)]:
            break
    return last


def name_key(found: Reading, first: int, last: int) -> tuple[str, ...]:
    """A name's words for comparison."""
    return tuple(fold(found.words[t]) for t in range(first, last) if found.words[t][0].isalpha())
