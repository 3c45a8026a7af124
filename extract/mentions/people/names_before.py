"""Names that stand before their office: "NAME, Kabid Y Dinsos X", "NAME selaku ...", "NAME Kepala ..."."""

from __future__ import annotations

from collections.abc import Collection

from extract.mentions.people.names import NameWords, read_name, skip_degrees
from extract.mentions.people.office import OfficeText, Role
from extract.vocabulary.scan import BackScan, skip_before
from extract.vocabulary.tokens import Reading

#: Tokens of the longest name with its honorifics and degrees, where no comma parts it from the office.
MAX_BEFORE = 10
#: Tokens of the longest link between a name and an office: "yang menjabat sebagai".
LONGEST_LINK = 4
#: Names before one whose office they share.
MAX_JOINED = 5
#: Tokens of a name without its honorifics and degrees, and letters of what a stop may shorten in it.
LONGEST_NAME, LONGEST_INITIAL = 6, 4


class NamesBefore:
    """Reads the name before an office. One for each article."""

    def __init__(self, text: OfficeText) -> None:
        self.found = text.found
        self.roles = text.words
        self.names = text.names
        self.known = text.known
        self.places = text.places

    def find(self, at: int, begin: int, taken: Collection[int]) -> tuple[int, int, bool] | None:
        """(first, last, whether a word such as "selaku" joins them) of the name right before an office."""
        parted = self._parted(at, begin)
        if parted is None:
            return None
        name = self._ending_at(parted[0], begin, taken)
        return (*name, parted[1]) if name else None

    def _ending_at(self, end: int, begin: int, taken: Collection[int]) -> tuple[int, int] | None:
        """The name that ends before a token, degrees and age left out."""
        stop = self._before_degrees(self._before_age(end, begin), begin)
        first = self._opening(stop, begin)
        name = read_name(self.found, first, stop, self.names)
        if name is None or any(t in taken for t in range(name[0], stop)):
            return None
        if name[1] != stop and skip_degrees(self.found, name[1], stop, self.names) != stop:
            return None
        if self._names_else(name[0]) or self._is_of_else(first, begin) or self._is_office(first, *name):
            return None
        return name

    def joined(self, first: int, begin: int, taken: Collection[int]) -> list[tuple[int, int]]:
        """Those named before a name who hold its office too: "A, B, dan NAME, anggota DPRD"."""
        names: list[tuple[int, int]] = []
        scan = BackScan(skip_back(self.found, first, self.names, begin), begin + 1)
        for at in scan:
            end = at - 1
            if self.found.lower[end] in self.roles.row_joiners and not names:
                end -= self.found.lower[end - 1] == ","
            elif not names or self.found.lower[end] != ",":
                break
            name = self._ending_at(end, begin, taken) if end > begin and len(names) < MAX_JOINED else None
            if name is None:
                break
            names.append(name)
            scan.at = skip_back(self.found, name[0], self.names, begin)
        return names

    def _parted(self, at: int, begin: int) -> tuple[int, bool] | None:
        """Where a name must end before an office, and whether a word or a bracket joins them."""
        lower, links = self.found.lower, self.roles.links
        link = at
        for start in range(at - 1, max(at - LONGEST_LINK, begin) - 1, -1):
            if (hit := links.at(lower, start)) and hit[0] == at:
                link = start
        mark = lower[link - 1] if link - 1 > begin else ""
        if link < at:
            return link - (mark == ","), True
        if mark in (",", "(", "["):
            return at - 1, mark != ","
        return None

    def _opening(self, stop: int, begin: int) -> int:
        """The first of the capitalised words and initials that end at a token, within their sentence."""
        scan = BackScan(stop, max(begin, stop - LONGEST_NAME))
        for first in scan:
            scan.at = self._word_before(first, begin)
            if self.found.sentence_starts[scan.at]:
                break
        return scan.at

    def _word_before(self, first: int, begin: int) -> int:
        """The first token of the word or initial that ends before a token; the token itself if none does."""
        found = self.found
        word = found.words[first - 1]
        if word == ".":
            short = first - 2 >= begin and len(found.words[first - 2]) <= LONGEST_INITIAL
            initial = short and found.words[first - 2][0].isupper() and not found.sentence_starts[first]
            return first - 2 * initial
        name = word[0].isupper() and not word.isupper()
        return first - (name and found.lower[first - 1] not in self.names.not_names)

    def _is_of_else(self, first: int, begin: int) -> bool:
        """Whether a word before a name makes it a place's or an office's."""
        if first <= begin:
            return False
        before = self.found.lower[first - 1]
        of_place = before in self.roles.place_words and not self.found.sentence_starts[first]
        return of_place or before in self.roles.role_words

    def _is_office(self, opening: int, first: int, last: int) -> bool:
        """Whether what stands before an office is no name but another: "Forum Koordinasi Daerah, kepala"."""
        if last - first == 1 and self._only_word(first):
            return True
        return all(word in self.roles.role_words for word in self.found.lower[opening:last])

    def _only_word(self, at: int) -> bool:
        """Whether a lone capitalised word before a comma opens its sentence with what may be any word."""
        return self.found.sentence_starts[at] and self.found.lower[at].endswith("nya")

    def _names_else(self, at: int) -> bool:
        """Whether a place's or an agency's name covers a token."""
        near = range(max(0, at - 12), at + 1)
        return any(self.places.get(t, 0) > at or self.known.get(t, 0) > at for t in near)

    def _before_age(self, stop: int, begin: int) -> int:
        """The end of the name before its age or byname: "NAME (21), anggota ..."."""
        lower = self.found.lower
        age = lower[stop - 1].isdigit() and len(lower[stop - 1]) < 3
        if age and stop - 2 > begin and lower[stop - 2] == ",":
            return stop - 2  # "NAME, 45, Ketua ..."
        if stop - 3 <= begin or lower[stop - 1] != ")":
            return stop
        opened = range(stop - 3, max(begin, stop - 6), -1)
        return next((opens for opens in opened if lower[opens] == "("), stop)

    def _before_degrees(self, stop: int, begin: int) -> int:
        """The end of the name before its degrees."""
        lower, printed = self.found.lower, self.found.words
        at = skip_before(
            stop,
            begin + 1,
            lambda t: lower[t] in ".," or (lower[t] in self.names.degrees and printed[t][0].isupper()),
        )
        for cut in range(at, stop):
            parted = lower[cut] != "." and (lower[cut] == "," or cut > begin)
            if parted and skip_degrees(self.found, cut, stop, self.names) >= stop - 1:
                return cut
        return stop

    def find_uncut(self, role: Role, begin: int, end: int) -> tuple[int, int] | None:
        """The name that stands before an office without a comma.

        It opens an item or a sentence ("NAME Kepala Dinas X menjelaskan ..."), or is told to have spoken.
        """
        if role.bare or not self.found.words[role.first][0].isupper() or role.first - 2 < begin:
            return None
        starts = self.found.sentence_starts
        start = skip_before(
            role.first,
            max(begin, role.first - MAX_BEFORE),
            lambda t: not starts[t + 1] and self.found.lower[t] not in self.roles.said,
        )
        name = read_name(self.found, start, role.first, self.names)
        item = start == begin and self.found.segment_at(begin).kind == "item"
        if name is None or (name[1] - name[0] < 2 and not item) or self._names_else(name[0]):
            return None
        if skip_degrees(self.found, name[1], role.first, self.names) != role.first:
            return None
        if (start == begin or starts[start]) and not item and not self._speaks(role, end):
            return None
        return name

    def _speaks(self, role: Role, end: int) -> bool:
        """Whether a verb follows an office, and no name."""
        told = role.last < end and self.found.words[role.last][0].islower()
        return told and read_name(self.found, role.last, end, self.names) is None


def skip_back(found: Reading, first: int, names: NameWords, begin: int) -> int:
    """The first token of a name with the honorifics before it."""
    scan = BackScan(first, begin)
    for at in scan:
        before = at - 1
        if found.lower[before] == "." and before > begin:
            before -= 1
        if found.sentence_starts[at] or found.lower[before] not in names.honorifics:
            break
        scan.at = before
    return scan.at
