"""Finds where a private person lives and what school a child goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.records import PrivateWords
from extract.article.view import View
from extract.privacy.words import PrivacyWords
from extract.vocabulary.scan import Scan

#: "RT02", "RW5" as one word.
GLUED = re.compile(r"r[tw]\d{1,3}$")
NUMBER = re.compile(r"\d+[a-z]?$|[ivx]+$")
#: Tokens of a street's or school's own name.
MAX_NAME = 6
#: Tokens in which the house of a body is told before its street.
MAX_HOUSE = 8


class Dwellings:
    """Looks through the sentences of one article. `taken` are tokens of public offices and their holders."""

    def __init__(self, view: View, words: PrivacyWords, taken: frozenset[int]) -> None:
        self.found = view.reading
        self.words = words
        self.taken = taken

    def find(self, begin: int, end: int, *, near: bool, strong: bool) -> Iterator[PrivateWords]:
        """The addresses and schools of a sentence that has a cue.

        `near`: a name is hidden in it or in the one before; `strong`: it has a strong cue.
        """
        scan = Scan(begin, end)
        for at in scan:
            hit = None if at in self.taken else self._at(at, begin, end, near or strong)
            if hit is None:
                scan.at = at + 1
                continue
            last, kind = hit
            shown = self.words.shown[kind]
            yield PrivateWords(
                kind="school" if kind == "school" else "address",
                printed=self.found.quote(at, last),
                shown=shown,
            )
            scan.at = last

    def _at(self, at: int, begin: int, end: int, private: bool) -> tuple[int, str] | None:
        """(token behind, kind) of the address or school that opens at a token."""
        if last := self._neighbourhood(at, end):
            return last, "address"
        if not private:
            return None
        if last := self._street(at, begin, end) or self._quarter(at, end):
            return last, "address"
        if last := self.school(at, end):
            return last, "school"
        return None

    def _neighbourhood(self, at: int, end: int) -> int:
        """ "RT 02/RW 05", "RT.02 RW.05", "RT02/05"; the token behind, 0 if there is none."""
        lower, last = self.found.lower, 0
        if at > 0 and lower[at - 1] in self.words.heads_of_neighbourhoods:
            return 0
        scan = Scan(at, end)
        for at in scan:
            if GLUED.match(lower[at]):
                scan.at = last = at + 1
            elif lower[at] in self.words.neighbourhoods:
                behind = at + 1 + (at + 1 < end and lower[at + 1] in ".:")
                if behind >= end or not NUMBER.match(lower[behind]):
                    break
                scan.at = last = behind + 1
            elif last and lower[at] in ("/", ",", "-", ".") and at + 1 < end:
                slashed = lower[at] == "/" and NUMBER.match(lower[at + 1])
                if (
                    not slashed
                    and lower[at + 1] not in self.words.neighbourhoods
                    and not GLUED.match(lower[at + 1])
                ):
                    break
                if slashed:
                    last = at + 2
                scan.at = at + 1 + bool(slashed)
            else:
                break
        return last

    def _street(self, at: int, begin: int, end: int) -> int:
        """ "Jalan Mawar No. 3", "Gang Melati III/7"; one that is a body's address is none."""
        lower = self.found.lower
        if lower[at] not in self.words.streets:
            return 0
        if not self.words.buildings.isdisjoint(lower[max(begin, at - MAX_HOUSE) : at]):
            return 0
        named = self._name_end(at + 1, end)
        numbered = self._number_end(named, end)
        return numbered if numbered > named > at + 1 else 0

    def _quarter(self, at: int, end: int) -> int:
        """ "Dusun Krajan", "Perumahan Griya Asri Blok C2"."""
        found = self.found
        if found.lower[at] not in self.words.quarters:
            return 0
        named = self._name_end(at + 1, end)
        return self._number_end(named, end) if named > at + 1 else 0

    def school(self, at: int, end: int) -> int:
        """ "SMPN 2 Bukateja", "SD Negeri 1 Kembangan", "pondok pesantren Al-Falah"."""
        hit = self.words.schools.at(self.found.lower, at)
        if hit is None or hit[0] > end:
            return 0
        last = hit[0]
        if last < end and self.found.words[last].isdigit():
            last += 1
        named = self._name_end(last, end)
        return named if named > hit[0] else 0

    def _name_end(self, at: int, end: int) -> int:
        """The token behind a row of capitalised words."""
        found, begin = self.found, at
        if at < end and found.lower[at] == ".":
            at, begin = at + 1, at + 1
        scan = Scan(at, min(end, begin + MAX_NAME))
        for at in scan:
            word = found.words[at]
            inner = word in "-'’." and at > begin and at + 1 < end and found.words[at + 1][0].isupper()
            glued = inner and found.starts[at] == found.ends[at - 1]
            if not (word[0].isupper() or glued) or found.lower[at] in self.words.house_numbers:
                break
            if found.lower[at] in self.words.area_kinds or found.lower[at] in self.words.neighbourhoods:
                break  # "Dusun Krajan Desa Majasari"
            scan.at = at + 1
        return scan.at

    def _number_end(self, at: int, end: int) -> int:
        """The token behind "No. 3", "Nomor 12A", "Blok C2", "III/7"; `at` if none stands there."""
        lower = self.found.lower
        opened = at
        if at < end and lower[at] == ",":
            opened = at + 1
        if opened < end and lower[opened] in self.words.house_numbers:
            behind = opened + 1
            if behind < end and lower[behind] == ".":
                behind += 1
            if behind < end and any(c.isdigit() for c in lower[behind]):
                return self._number_end(behind + 1, end)
            if behind < end and self.found.words[behind].isupper():
                return self._number_end(behind + 1, end)
            return at
        if at < end and (lower[at][0].isdigit() or (at > 0 and lower[at] == "/")):
            return self._number_end(at + 1, end)
        return at
