"""An article's tokens: title and text as one sequence, cut into segments and sentences.

The press glues outlets' names, "Baca juga" lines and credits to its prose. They are left out, so that no
finder ever sees them.
"""

from __future__ import annotations

import re

from extract.article.layout.blocks import Chunk, find_chunks
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import (
    BAR,
    CLOSERS,
    FIELD_GAP,
    OPENERS,
    TERMINAL,
    TOKEN,
    Reading,
    Segment,
    TextRules,
)

#: A dateline ends at its first dash, within what a place, an outlet and a date take up.
DATELINE = re.compile(r"\s*(?P<head>[^\n–—]{2,90}?)\s*(?:–|—|--|(?<=\s)-|-(?=\s))\s*(?=\S)")
#: Tokens; what is longer is no sentence of prose and is cut, so that work within a sentence stays bounded.
LONGEST_SENTENCE = 300
_ENDS = frozenset(TERMINAL)


def _is_dateline(head: str) -> bool:
    """Whether what stands before a first dash names places, outlets or a date, and is no prose."""
    words = head.replace("|", " ").replace(",", " ").split()
    if not 1 <= len(words) <= 10:
        return False
    lowered = [w for w in words if w[0].islower() and "." not in w]
    return not lowered or (len(lowered) == 1 and any(w.isupper() for w in words))


def _part_dateline(text: str, opening: list[Chunk]) -> list[Chunk]:
    """A text's first chunk, its dateline apart if it has one."""
    for chunk in opening:
        found = DATELINE.match(text, chunk.start, chunk.end) if not chunk.cells else None
        if found and _is_dateline(found.group("head")):
            head = Chunk(chunk.block, "dateline", chunk.start, found.end("head"))
            return [head, chunk._replace(start=found.end())]
    return opening


class _Tokens:
    """Collects tokens; sentence starts are decided when a segment is closed."""

    def __init__(self, rules: TextRules) -> None:
        self.rules = rules
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_starts: list[bool] = []
        self.segments: list[Segment] = []

    def add(self, source: str, chunk: Chunk) -> None:
        """Adds a chunk of a field as one segment; nothing where it holds no token."""
        first = len(self.words)
        cells = []
        for number, (start, end) in enumerate(chunk.cells or [(chunk.start, chunk.end)]):
            if number:
                self._set(BAR, start)
            opened = len(self.words)
            self._cut(source, start, end)
            cells.append((opened, len(self.words)))
        last = len(self.words)
        if last == first:
            return
        self.sentence_starts.extend([False] * (last - first))
        self.sentence_starts[first] = True
        if chunk.kind in ("prose", "item"):
            self._split(first, last)
        self.segments.append(
            Segment(chunk.kind, first, last, chunk.block, tuple(cells) if chunk.cells else ())
        )

    def _cut(self, source: str, start: int, end: int) -> None:
        ranges = [match.span() for match in TOKEN.finditer(source, start, end)]
        self.words += [source[begin:behind] for begin, behind in ranges]
        self.starts += [begin for begin, _ in ranges]
        self.ends += [behind for _, behind in ranges]

    def _set(self, word: str, at: int) -> None:
        """Sets a token without width, behind the last one or where the text has none yet."""
        self.words.append(word)
        self.starts.append(at)
        self.ends.append(at)

    def part(self) -> None:
        """Sets the gap behind what was added, if anything was: it has no width and ends every sentence."""
        if self.words:
            self._set(FIELD_GAP, self.ends[-1])
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
    tokens.add(title, Chunk(-1, "title", 0, len(title)))
    tokens.part()
    title_end = len(tokens.words)
    chunks = find_chunks(text, rules)
    for chunk in (*_part_dateline(text, chunks[:1]), *chunks[1:]):
        tokens.add(text, chunk)
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
