"""Things of a text in their order, asked for by where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Ordered(Generic[T]):
    """Items by their first token: finding them takes logarithmic time, so that long texts stay linear."""

    def __init__(self, items: Iterable[tuple[int, T]]) -> None:
        pairs = list(items)
        self._starts = [start for start, _ in pairs]
        self._items = [item for _, item in pairs]

    def within(self, first: int, last: int) -> list[T]:
        """Those that open at tokens `first` to `last` (exclusive)."""
        return self._items[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def before(self, token: int) -> T | None:
        """The last one that opens before a token."""
        at = bisect_left(self._starts, token)
        return self._items[at - 1] if at else None

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)
