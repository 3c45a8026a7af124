"""The lines of a text that are the article's own: outlets' "Baca juga", captions and credits are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract.vocabulary.tokens import TERMINAL, TextRules

#: Characters; the title of another article below a text is no longer.
LINK_TITLE = 160


class Line(NamedTuple):
    """A line without the blanks around it; lines between two blank ones share a block."""

    block: int
    start: int
    end: int


def find_lines(text: str, rules: TextRules) -> Iterator[Line]:
    """The lines of a text that are no noise, in order."""
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
        linked = (label or linked) and _may_link(stripped)
        label = False
        if linked:
            block += 1
            continue
        tail = tail and _may_link(stripped)
        if tail or rules.tail_lines.match(stripped):
            tail = True
            block += 1
            continue
        if rules.noise_lines.match(stripped):
            block += 1  # what stood on its two sides is no one paragraph
            label = stripped.endswith(":")
            continue
        yield Line(block, start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))


def _may_link(line: str) -> bool:
    """Whether a line may be the title of another article: it is short and closes with no stop."""
    return len(line) <= LINK_TITLE and line[-1] not in TERMINAL
