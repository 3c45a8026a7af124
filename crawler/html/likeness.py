"""How far two texts hold the same words. Pure."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def count_words(text: str) -> Counter[str]:
    """The words of a text, in lower case, and how often each stands there."""
    return Counter(_WORD.findall(text.casefold()))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    """F1 of two bags of words; 0 where either is empty."""
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0
