"""From lines to blocks: which of them are one paragraph, and which stand alone as items, rows or answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.article.layout.lines import Line, find_lines
from extract.article.layout.tables import Cell, Table, find_tables
from extract.vocabulary.tokens import CELL, CLOSERS, TERMINAL, SegmentKind, TextRules

#: A line that opens with a bullet, or with a number or letter and a stop.
ITEM = re.compile(
    r"\s*(?:[-*•–—▪●‣◦·✓➢]|[^\w\s\x00-\x7f“”‘’«»…]{1,2}|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|[IVX]{2,4}[.)])\s+(?=\S)"
)
#: A line that opens with what the rest of it is said of: "Kabupaten X: A, B", "X – A, B".
LABEL = re.compile(r"[A-Z0-9][^:.!?–—|]{0,45}?(?:\s?:|\s[-–—])\s+\S")
#: A line that opens with who says the rest of it, and how often one asks who interviews.
SPEAKER = re.compile(r"(?P<who>[A-Z][^:?!\n]{0,30}?)\s?:\s+(?=\S)")
ASKED = 2
#: Characters; a line that ends earlier than a hard-wrapped one would.
SHORT_LINE = 45
#: Words without a capital in a line of names; with more it is a sentence.
SMALL_WORDS = 3
#: Characters in which the credit that closes an article is looked for.
CREDIT_REACH = 80
#: Characters of a wrapped line, and of a list's or lead's line that may go on in the next one.
WRAPPED, LONG_LEAD = 60, 200
#: Characters and words of a subhead.
HEADING, HEADING_WORDS = 90, 12


class Chunk(NamedTuple):
    """A part of the text that belongs together; a row's cells lie in it."""

    block: int
    kind: SegmentKind
    start: int
    end: int
    cells: tuple[Cell, ...] = ()


def find_chunks(text: str, rules: TextRules) -> list[Chunk]:
    """The chunks of a text: hard-wrapped lines are joined, items and a table's rows stand alone."""
    lines = list(find_lines(text, rules))
    speakers = _find_speakers(text, lines)
    chunks: list[Chunk] = []
    behind = 0
    for table in find_tables(text, lines, rules):
        chunks += _paragraphs(text, lines[behind : table.first], rules, speakers)
        chunks += _rows(lines, table)
        behind = table.last
    chunks += _paragraphs(text, lines[behind:], rules, speakers)
    _drop_credit(text, chunks, rules)
    for at, chunk in enumerate(chunks[1:-1], 1):  # what closes the text heads nothing
        if chunk.kind == "prose" and _is_heading(text, chunk):
            chunks[at] = chunk._replace(kind="heading")
    return chunks


def _find_speakers(text: str, lines: list[Line]) -> frozenset[str]:
    """The names before colons of those who ask several times, and of those who answer them."""
    said = [SPEAKER.match(text, line.start, line.end) for line in lines]
    asks = [bool(who) and text[line.end - 1] == "?" for who, line in zip(said, lines, strict=True)]
    asking = Counter(who.group("who") for who, asked in zip(said, asks, strict=True) if who and asked)
    often = {name for name, times in asking.items() if times >= ASKED}
    answering = {
        answer.group("who")
        for who, answer in pairwise(said)
        if who is not None and answer is not None and who.group("who") in often
    }
    return frozenset(often | answering)


def _rows(lines: list[Line], table: Table) -> Iterator[Chunk]:
    block = lines[table.first].block
    for number, cells in enumerate(table.rows):
        kind: SegmentKind = "header" if table.headed and not number else "row"
        yield Chunk(block, kind, cells[0][0], cells[-1][1], cells)


def _paragraphs(text: str, lines: list[Line], rules: TextRules, speakers: frozenset[str]) -> list[Chunk]:
    chunks: list[Chunk] = []
    for _, group in groupby(lines, key=lambda line: line.block):
        block = list(group)
        apart = _stand_alone(text, block)
        before: Chunk | None = None
        for line in block:
            kind, start = _open(text, line, rules, speakers)
            if (
                before is not None
                and not apart
                and kind == "prose"
                and start == line.start
                and _wraps(text, before, line)
            ):
                before = chunks[-1] = before._replace(end=line.end)
            else:
                before = Chunk(line.block, kind, start, line.end)
                chunks.append(before)
    return chunks


def _open(text: str, line: Line, rules: TextRules, speakers: frozenset[str]) -> tuple[SegmentKind, int]:
    """What a line is by its first characters, and where its own words begin."""
    if item := ITEM.match(text, line.start, line.end):
        return "item", item.end()
    if speaker := rules.speakers.match(text, line.start, line.end):
        return "prose", speaker.end()
    said = SPEAKER.match(text, line.start, line.end) if speakers else None
    if said is not None and said.group("who") in speakers:
        return "prose", said.end()
    return "prose", line.start


def _stand_alone(text: str, block: list[Line]) -> bool:
    """Whether the lines of a block are no wrapped paragraph: each opens like a line of a list."""
    if len(block) < 2 or any(text[line.start].islower() for line in block):
        return False
    return all(_parts(text, before, line) for before, line in pairwise(block))


def _parts(text: str, before: Line, line: Line) -> bool:
    """Whether a line is not the one before it going on: that one is shorter than a wrapped line would be."""
    if text[before.end - 1] == ",":
        return False
    if before.end - before.start > SHORT_LINE:
        return _is_labelled(text, before) and _is_labelled(text, line)
    if text[before.end - 1] in ":;" + TERMINAL or line.end - line.start <= SHORT_LINE:
        return True
    small = sum(word[0].islower() for word in text[line.start : line.end].split())
    return small <= SMALL_WORDS or _is_labelled(text, line)


def _is_labelled(text: str, line: Line) -> bool:
    return LABEL.match(text, line.start, line.end) is not None


def _wraps(text: str, before: Chunk, line: Line) -> bool:
    """Whether a line goes on with the chunk before it in the same block."""
    if CELL in text[before.start : before.end] or CELL in text[line.start : line.end]:
        return False  # a table's row that stands alone
    opens_small, last = text[line.start].islower(), text[before.end - 1]
    if before.kind == "item":
        return opens_small or (before.end - before.start > WRAPPED and last not in ".;:!?")
    return last not in ":;" or opens_small or before.end - before.start > LONG_LEAD


def _drop_credit(text: str, chunks: list[Chunk], rules: TextRules) -> None:
    """Takes what closes the last paragraph from it: "(*)", "(Red/TPN)"."""
    if not chunks:
        return
    last = chunks[-1]
    credit = rules.credit.search(text, max(last.start, last.end - CREDIT_REACH), last.end)
    if credit is None:
        return
    del chunks[-1]
    if text[last.start : credit.start()].strip():
        chunks.append(last._replace(end=credit.start()))


def _is_heading(text: str, chunk: Chunk) -> bool:
    """A short paragraph without a closing stop, as the press sets its subheads."""
    line = text[chunk.start : chunk.end]
    return (
        len(line) <= HEADING
        and len(line.split()) <= HEADING_WORDS
        and line[-1] not in TERMINAL + CLOSERS + ":;,"
    )
