"""Prepares an article for reading and keeps its offsets.

The press glues outlets' names, "Baca juga" lines and credits to its prose. They are left out here, so
that no finder ever sees them; what stays becomes tokens that know where they stand in the text as given.
Title and text go into one token sequence (the title first), because headlines carry lists and places too.
Between them stands `FIELD_GAP`, so that no phrase begins in the one and ends in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from extract.vocabulary.scan import skip

SegmentKind = Literal["title", "dateline", "heading", "prose", "item"]

#: One token: a currency sign before digits, a number with its separators, a word (with inner apostrophes,
#: digits as in DP3AKB), or one other character.
TOKEN = re.compile(r"Rp(?=\s?\.?\s?\d)|\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’ʼ`][^\W_]+)*|\S")
#: The token behind a title, in no segment and no sentence. `TOKEN` gives none like it, neither for foreign
#: text nor for a phrase of the vocabulary.
FIELD_GAP = "\n"
#: A line that opens with a bullet, or with a number or letter and a stop.
ITEM = re.compile(r"\s*(?:[-*•–—▪●‣◦·✓➢]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
#: A dateline ends at its first dash, within what a place, an outlet and a date take up.
DATELINE = re.compile(r"\s*(?P<head>[^\n–—]{2,90}?)\s*(?:–|—|--|(?<=\s)-|-(?=\s))\s*(?=\S)")
#: Tokens; what is longer is no sentence of prose and is cut, so that work within a sentence stays bounded.
LONGEST_SENTENCE = 300
#: Characters; the title of another article below a text is no longer.
LINK_TITLE = 160
#: Parts the cells of a table that was turned into lines.
CELL = " | "
#: Characters in which the credit that closes an article is looked for.
CREDIT_REACH = 80
#: Active and intransitive verbs: the name of an office ends before them.
VERB = re.compile(r"(?:me[mn]|meng|meny|ber)[a-z]{4,}$|me[lry][a-z]{4,}$|di[a-z]{3,}(?:kan|i)$")
CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«(["
TERMINAL = ".?!…"
_ENDS = frozenset(TERMINAL)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of tokens that belongs together: `first` inclusive, `last` exclusive."""

    kind: SegmentKind
    first: int
    last: int
    block: int  # lines of one block (between blank lines) share a number


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
    abbreviations: frozenset[str]  # lower case, no stop: a following stop ends no sentence
    outlet_words: frozenset[str]


def _is_dateline(head: str) -> bool:
    """Whether what stands before a first dash names places, outlets or a date, and is no prose."""
    words = head.replace("|", " ").replace(",", " ").split()
    if not 1 <= len(words) <= 10:
        return False
    lowered = [w for w in words if w[0].islower() and "." not in w]
    return not lowered or (len(lowered) == 1 and any(w.isupper() for w in words))


def _lines(text: str, rules: TextRules) -> Iterator[tuple[int, int, int]]:
    """(block, start, end) of the lines that are no noise."""
    block, position = 0, 0
    blank, tail = True, False
    label = linked = False  # "Baca juga:" stands alone right above; other articles' titles stand below it
    for raw in text.split("\n"):
        start, position = position, position + len(raw) + 1
        stripped = raw.strip()
        if not stripped:
            if not blank:
                block += 1
            blank, linked = True, False
            continue
        blank = False
        linked = (label or linked) and len(stripped) <= LINK_TITLE and stripped[-1] not in TERMINAL
        label = False
        if linked:
            block += 1
            continue
        tail = tail and len(stripped) <= LINK_TITLE and stripped[-1] not in TERMINAL
        if tail or rules.tail_lines.match(stripped):
            tail = True
            block += 1
            continue
        if rules.noise_lines.match(stripped):
            block += 1  # what stood on its two sides is no one paragraph
            label = stripped.endswith(":")
            continue
        yield block, start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())


def _chunks(text: str, rules: TextRules) -> list[tuple[int, SegmentKind, int, int]]:
    """(block, kind, start, end): hard-wrapped lines are joined, items stand alone."""
    chunks: list[tuple[int, SegmentKind, int, int]] = []
    cells = False  # whether the line before is a table's row, which is never joined with another one
    for block, start, end in _lines(text, rules):
        line = text[start:end]
        row_before, cells = cells, CELL in line
        item = ITEM.match(line)
        if item:
            chunks.append((block, "item", start + item.end(), end))
        elif (
            chunks and chunks[-1][0] == block and not (cells or row_before) and _wraps(text, chunks[-1], line)
        ):
            last = chunks[-1]
            chunks[-1] = (block, last[1], last[2], end)
        else:
            chunks.append((block, "prose", start, end))
    if chunks and (
        credit := rules.credit.search(text, max(chunks[-1][2], chunks[-1][3] - CREDIT_REACH), chunks[-1][3])
    ):
        block, kind, start, _ = chunks.pop()
        if text[start : credit.start()].strip():
            chunks.append((block, kind, start, credit.start()))
    return chunks


def _wraps(text: str, before: tuple[int, SegmentKind, int, int], line: str) -> bool:
    """Whether `line` goes on with the chunk before it in the same block."""
    _, kind, start, end = before
    if kind == "item":
        return line[0].islower() or (end - start > 60 and text[end - 1] not in ".;:!?")
    return text[end - 1] not in ":;" or line[0].islower() or end - start > 200


def _heading(text: str, start: int, end: int) -> bool:
    """A short paragraph without a closing stop, as the press sets its subheads."""
    line = text[start:end]
    return len(line) <= 90 and len(line.split()) <= 12 and line[-1] not in TERMINAL + CLOSERS + ":;,"


class _Tokens:
    """Collects tokens; sentence starts are decided when a segment is closed."""

    def __init__(self, rules: TextRules) -> None:
        self.rules = rules
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_starts: list[bool] = []
        self.segments: list[Segment] = []

    def add(self, source: str, start: int, end: int, kind: SegmentKind, block: int) -> None:
        first = len(self.words)
        ranges = [match.span() for match in TOKEN.finditer(source, start, end)]
        self.words += [source[begin:behind] for begin, behind in ranges]
        self.starts += [begin for begin, _ in ranges]
        self.ends += [behind for _, behind in ranges]
        last = len(self.words)
        if last == first:
            return
        self.sentence_starts.extend([False] * (last - first))
        self.sentence_starts[first] = True
        if kind in ("prose", "item"):
            self._split(first, last)
        self.segments.append(Segment(kind, first, last, block))

    def part(self) -> None:
        """Sets the gap behind what was added, if anything was: it has no width and ends every sentence."""
        if self.words:
            self.words.append(FIELD_GAP)
            self.starts.append(self.ends[-1])
            self.ends.append(self.ends[-1])
            self.sentence_starts.append(True)

    def _split(self, first: int, last: int) -> None:
        words, starts, ends = self.words, self.starts, self.ends
        stops = [i for i in range(first, last - 1) if words[i] in _ENDS]
        opened = first
        for i in (*stops, last - 1):
            for opened in range(opened + LONGEST_SENTENCE, i, LONGEST_SENTENCE):  # noqa: B020
                self.sentence_starts[opened] = True
            after = skip(i + 1, last, lambda t: words[t] in CLOSERS and starts[t] == ends[t - 1])
            if after >= last or starts[after] == ends[after - 1]:
                continue
            head = words[after]
            if not (head[0].isupper() or head[0].isdigit() or head in OPENERS):
                continue
            if words[i] == "." and i > first:
                before = words[i - 1]
                if before.lower() in self.rules.abbreviations or (len(before) == 1 and before.isupper()):
                    continue
            self.sentence_starts[after] = True
            opened = after


def read_text(title: str, text: str, rules: TextRules) -> Reading:
    """Tokens of title and text without noise, with sentences and segments. Linear in the text's length."""
    tokens = _Tokens(rules)
    tokens.add(title, 0, len(title), "title", -1)
    tokens.part()
    title_end = len(tokens.words)
    chunks = _chunks(text, rules)
    for number, (block, kind, start, end) in enumerate(chunks):
        if number == 0:
            dateline = DATELINE.match(text, start, end)
            if dateline and _is_dateline(dateline.group("head")):
                tokens.add(text, start, dateline.end("head"), "dateline", block)
                start = dateline.end()
        # what closes the text heads nothing
        if kind == "prose" and 0 < number < len(chunks) - 1 and _heading(text, start, end):
            kind = "heading"
        tokens.add(text, start, end, kind, block)
    return Reading(
        title=title,
        text=text,
        words=tokens.words,
        lower=[w.lower() for w in tokens.words],
        starts=tokens.starts,
        ends=tokens.ends,
        sentence_starts=tokens.sentence_starts,
        segments=tokens.segments,
        title_end=title_end,
        segment_firsts=[s.first for s in tokens.segments],
    )


def tokenize(phrase: str) -> list[str]:
    """The tokens of a vocabulary phrase, as `read_text` would split it."""
    return TOKEN.findall(phrase)


def compile_lines(patterns: Iterable[str]) -> re.Pattern[str]:
    """One case-insensitive pattern of alternatives."""
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
