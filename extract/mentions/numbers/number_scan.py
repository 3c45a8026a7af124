"""Reads numbers as Indonesia prints them: digits with their groups, and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.mentions.numbers.words import NumberWords
from extract.vocabulary.scan import skip

#: "8.573" and "1.400.000"; "12,000" is met in the press as well.
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+")
_DECIMAL = re.compile(r"\d{1,6}[.,]\d{1,3}")
#: More digits than this are codes and telephone numbers.
_LONGEST = 15


def parse_digits(word: str) -> float | None:
    """The value of a digit token, None where it is no plain number.

    >>> parse_digits("8.573"), parse_digits("1,4"), parse_digits("0811.22.33")
    (8573.0, 1.4, None)
    """
    if len(word) > _LONGEST:
        return None
    if word.isdecimal():
        return float(int(word))
    if _GROUPED.fullmatch(word):
        whole = word.replace(".", "").partition(",")[0] if "." in word else word.replace(",", "")
        return float(int(whole))
    if _DECIMAL.fullmatch(word):
        return float(word.replace(",", "."))
    return None


class NumberScan:
    """Reads numbers that open at a token."""

    def __init__(self, lower: list[str], starts: Sequence[bool], words: NumberWords) -> None:
        self.lower = lower
        self.starts = starts  # whether a sentence opens at a token
        self.words = words
        self.size = len(lower)

    def word(self, i: int) -> str:
        return self.lower[i] if 0 <= i < self.size else ""

    def opens_digits(self, i: int) -> bool:
        return self.word(i)[:1].isdecimal()

    def digits(self, i: int) -> tuple[int, float] | None:
        """(end, value) of "12", "8.573", "1,4 miliar", "12 ribu"."""
        value = parse_digits(self.lower[i])
        if value is None:
            return None
        end = i + 1
        for end in range(i + 1, self.size + 1):
            factor = self.words.multipliers.get(self.word(end), 0)
            if factor < 1000 or value >= 10**_LONGEST:
                break
            text = self.lower[i]
            if "." in text and "," not in text and end == i + 1 and len(text.partition(".")[2]) < 3:
                value = float(text)
            value *= factor
        return end, value

    def spelled(self, i: int) -> tuple[int, float] | None:
        """(end, value) of "empat belas", "seratus lima puluh", "dua ribu tiga ratus"."""
        spelled = _Spelled(self.words)
        end = skip(i, self.size, lambda token: spelled.take(self.lower[token], opens=token == i))
        whole = float(spelled.total + spelled.group)
        if self.word(end) in self.words.halves:  # "setengah miliar", "dua setengah juta"
            factor = self.words.multipliers.get(self.word(end + 1), 0)
            if factor >= 1000 and whole < 1000:
                return end + 2, (whole + 0.5) * factor
        return (end, whole) if end > i and whole else None

    def number(self, i: int) -> tuple[int, float] | None:
        """Either of the two, with its repetition in brackets: "empat (4)"."""
        found = self.digits(i) if self.lower[i][0].isdecimal() else self.spelled(i)
        if found and self.word(found[0]) == "(" and self.word(found[0] + 1):
            inside = found[0] + 1
            again = self.digits(inside) if self.lower[inside][0].isdecimal() else self.spelled(inside)
            if again and again[1] == found[1] and self.word(again[0]) == ")":
                return again[0] + 1, found[1]
        return found


@dataclass(slots=True)
class _Spelled:
    """A number in words, as far as it has been read."""

    words: NumberWords
    total: int = 0  # of the groups that "ribu" or "juta" closed
    group: int = 0  # below a thousand

    def take(self, word: str, opens: bool) -> bool:
        """Whether a word goes on with the number; "kelima belas" may only open it."""
        words = self.words
        value = words.units.get(word) or (words.collective.get(word) if opens else None)
        if value is not None:
            return self._add(value)
        if word in words.teens and 0 < self.group % 100 < 10:
            self.group += words.teens[word]
            return True
        if word in words.multipliers and self.group:
            self._multiply(words.multipliers[word])
            return True
        return False

    def _add(self, value: int) -> bool:
        if value >= 1000:
            self.total, self.group = self.total + value, 0
            return True
        room = 10 if value < 10 else 1000 if value >= 100 else 100
        if self.group % room:
            return False  # "dua tiga" is no number
        self.group += value
        return True

    def _multiply(self, factor: int) -> None:
        if factor == 10:
            self.group += self.group % 10 * 9
        elif factor == 100:
            self.group = self.group * 100 if self.group < 10 else 0
        else:
            self.total, self.group = self.total + self.group * factor, 0
