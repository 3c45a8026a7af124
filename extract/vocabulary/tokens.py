"""What an article is read into: tokens that know where they stand in the text as given.

Title and text are one token sequence (the title first), because headlines carry lists and places too.
Between them stands `FIELD_GAP`, so that no phrase begins in the one and ends in the other. How a text is cut
is told in extract/article/layout/.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Literal

#: "header" and "row" are those of a table, whatever its shape on the page.
SegmentKind = Literal["title", "dateline", "heading", "prose", "item", "header", "row"]

#: One token: a currency sign before digits, a number with its separators, a word (with inner apostrophes,
#: digits as in DP3AKB), or one other character.
TOKEN = re.compile(r"Rp(?=\s?\.?\s?\d)|\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’ʼ`][^\W_]+)*|\S")
#: The token behind a title, in no segment and no sentence. `TOKEN` gives none like it, neither for foreign
#: text nor for a phrase of the vocabulary.
FIELD_GAP = "\n"
#: Parts the cells of a table that was turned into lines.
CELL = " | "
#: Active and intransitive verbs: the name of an office ends before them.
VERB = re.compile(r"(?:me[mn]|meng|meny|ber)[a-z]{4,}$|me[lry][a-z]{4,}$|di[a-z]{3,}(?:kan|i)$")
#: The token between the cells of a row. It has no width, so that rows read alike where no bar is printed.
BAR = "|"
CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«(["
TERMINAL = ".?!…"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of tokens that belongs together: `first` inclusive, `last` exclusive."""

    kind: SegmentKind
    first: int
    last: int
    block: int  # lines of one block (between blank lines) share a number
    cells: tuple[tuple[int, int], ...] = ()  # tokens of a row's cells; empty cells have none


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's tokens. Parallel lists, one entry a token; offsets count code points of their field."""

    title: str
    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence_starts: list[bool]
    segments: list[Segment]
    title_end: int  # index of the first token of the text; the one before it is the gap, if there is a title
    segment_firsts: list[int]

    def crosses(self, first: int, last: int) -> bool:
        """Whether tokens `first` up to `last` (exclusive) reach over the gap between title and text."""
        return first < self.title_end <= last

    def segment_at(self, token: int) -> Segment:
        return self.segments[bisect_right(self.segment_firsts, token) - 1]

    def has(self, token: int, end: int, words: Container[str]) -> bool:
        """Whether one of some words stands at a token before `end`; a string holds marks of one letter."""
        return token < end and self.lower[token] in words

    def capital(self, token: int, end: int) -> bool:
        """Whether a word with a capital stands at a token before `end`."""
        return token < end and self.words[token][0].isupper()

    def glued(self, token: int) -> bool:
        """Whether nothing parts a token from the one before it."""
        return self.starts[token] == self.ends[token - 1]

    def field(self, token: int) -> Literal["title", "text"]:
        return "title" if token < self.title_end else "text"

    def source(self, token: int) -> str:
        return self.title if token < self.title_end else self.text

    def quote(self, first: int, last: int) -> str:
        """What stands printed from token `first` up to token `last` (exclusive)."""
        return self.source(first)[self.starts[first] : self.ends[last - 1]]


@dataclass(frozen=True, slots=True)
class TextRules:
    """The words that text preparation needs; from `knowledge/cues/text.toml`."""

    tail_lines: re.Pattern[str]  # matches at a line's start: links to other articles follow
    noise_lines: re.Pattern[str]  # matches at a line's start: the line is left out
    credit: re.Pattern[str]  # matches what closes the last paragraph: "(*)", "(Red/TPN)"
    columns: re.Pattern[str]  # a whole cell: the name of a table's column
    states: re.Pattern[str]  # a whole cell: that something is there or not
    speakers: re.Pattern[str]  # matches at a line's start: who asks or answers
    #: Folded names of areas, of which cells may consist; from the official list, not from the cues.
    regencies: frozenset[str] = field(metadata={"derived": True})
    kecamatan: frozenset[str] = field(metadata={"derived": True})
    abbreviations: frozenset[str]  # lower case, no stop: a following stop ends no sentence
    outlet_words: frozenset[str]


def tokenize(phrase: str) -> list[str]:
    """The tokens of a vocabulary phrase, as those of a text are split."""
    return TOKEN.findall(phrase)


def compile_lines(patterns: Iterable[str]) -> re.Pattern[str]:
    """One case-insensitive pattern of alternatives."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
