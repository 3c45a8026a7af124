"""What somebody meant who mistyped a name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggest(word: str, names: Iterable[str], *, otherwise: str = "there are") -> str:
    """The end of a complaint on an unknown name: the nearest one, or all that there are."""
    known = list(names)
    if close := get_close_matches(word, known, n=1, cutoff=0.7):
        return f"did you mean {close[0]!r}?"
    return f"{otherwise}: {', '.join(known)}" if known else "there is none"
