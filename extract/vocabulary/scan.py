"""Scans over tokens that cannot stand still: every loop of `extract` whose length the text decides is one.

Each ends at the latest where its range does, and a turn that moves on by nothing is its last. No module but
this one has a `while`; tests/extract/vocabulary/test_scan.py says so.
"""

from __future__ import annotations

from collections.abc import Callable


def skip(at: int, end: int, belongs: Callable[[int], bool]) -> int:
    """The first token from `at` on that does not belong, `end` if all do; `at` if it is behind that."""
    while at < end and belongs(at):
        at += 1
    return at


def skip_before(at: int, begin: int, belongs: Callable[[int], bool]) -> int:
    """The first of the tokens right before `at` that belong, none before `begin`; `at` if none does."""
    while at > begin and belongs(at - 1):
        at -= 1
    return at


class Scan:
    """Goes on in steps that the loop's body sets: `for at in scan: ...; scan.at = behind`."""

    __slots__ = ("_last", "at", "end")

    def __init__(self, at: int, end: int) -> None:
        self.at = at
        self.end = end
        self._last = at - 1

    def __iter__(self) -> Scan:
        return self

    def __next__(self) -> int:
        at = self.at
        if at >= self.end or at <= self._last:
            raise StopIteration
        self._last = at
        return at


class BackScan:
    """The same towards the beginning: the body sets `scan.at` to where what stands before `at` begins."""

    __slots__ = ("_last", "at", "begin")

    def __init__(self, at: int, begin: int) -> None:
        self.at = at
        self.begin = begin
        self._last = at + 1

    def __iter__(self) -> BackScan:
        return self

    def __next__(self) -> int:
        at = self.at
        if at <= self.begin or at >= self._last:
            raise StopIteration
        self._last = at
        return at
