"""An article's words with what they bear: marked text, quoted sentences, and how a newer text differs."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Sequence
from typing import Any

from db.pages.parts.said import Row

_PIECES = re.compile(r"\S+\s*|\s+")

#: Words on either side beyond which a difference is told by paragraph: comparing takes time by their product.
_MOST_WORDS = 3000


def mark_text(text: str, evidence: Sequence[Row]) -> list[dict[str, Any]]:
    """The text in pieces: `text`, `kind` of the claim that it bears, or none, and `starts`, ids of claims.

    `evidence` has `start`, `end`, `kind` and `claim`. Where claims overlap, the shorter one gives the colour.
    """
    spans = [row for row in evidence if 0 <= row["start"] < row["end"] <= len(text)]
    edges = sorted({0, len(text), *(row["start"] for row in spans), *(row["end"] for row in spans)})
    by_start = sorted(spans, key=lambda row: row["start"])
    seen: set[str] = set()
    pieces = []
    active: list[Row] = []
    upcoming = 0
    for start, end in itertools.pairwise(edges):
        while upcoming < len(by_start) and by_start[upcoming]["start"] <= start:
            active.append(by_start[upcoming])
            upcoming += 1
        active = [row for row in active if row["end"] > start]
        shortest = min(active, key=lambda row: row["end"] - row["start"], default=None)
        starts = [row["claim"] for row in active if row["claim"] not in seen]
        seen.update(starts)
        pieces.append(
            {
                "text": text[start:end],
                "kind": shortest["kind"] if shortest else "",
                "starts": list(dict.fromkeys(starts)),
            }
        )
    return pieces


def find_differences(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces of both texts in order, each "same", "gone" or "new"."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, before, after)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(("gone", "".join(before[a:b])))
        if d > c:
            pieces.append(("new", "".join(after[c:d])))
    return pieces


def shorten_same(pieces: Sequence[tuple[str, str]], room: int = 160) -> list[tuple[str, str]]:
    """What stayed the same, cut to its ends: readers look for what did not."""
    shown = []
    for kind, text in pieces:
        if kind == "same" and len(text) > 2 * room:
            text = f"{text[:room]} […] {text[-room:]}"
        shown.append((kind, text))
    return shown
