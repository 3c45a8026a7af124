"""Names that stand before their office: "NAME, Kabid Y Dinsos X", "NAME selaku ...", "NAME Kepala ..."."""

from __future__ import annotations

from collections.abc import Collection

from extract.mentions.people.names import NameWords, read_name, skip_degrees
from extract.mentions.people.roles import Role
from extract.mentions.people.words import RoleWords
from extract.vocabulary.scan import BackScan, skip_before
from extract.vocabulary.tokens import Reading

#: Tokens of the longest name with its honorifics and degrees, where no comma parts it from the office.
MAX_BEFORE = 10


class NamesBefore:
    """Reads the name before an office. One for each article."""

    def __init__(
        self,
        found: Reading,
        roles: RoleWords,
        names: NameWords,
        known: dict[int, int],
        places: dict[int, int],
    ) -> None:
        self.found = found
        self.roles = roles
        self.names = names
        self.known = known
        self.places = places

    def find(self, at: int, begin: int, taken: Collection[int]) -> tuple[int, int, bool] | None:
        """(first, last, whether a word such as "selaku" joins them) of the name right before an office."""
        lower, printed = self.found.lower, self.found.words
        stop = at
        linked = False
        for back in range(1, 5):
            if at - back >= begin and (hit := self.roles.links.at(lower, at - back)) and hit[0] == at:
                stop, linked = at - back, True
        close = stop - 1
        if not linked:
            if close <= begin or lower[close] not in ",([":
                return None
            linked = lower[close] in "(["
            stop = close
        elif close > begin and lower[close] == ",":
            stop = close
        stop = self._before_degrees(self._before_age(stop, begin), begin)
        scan = BackScan(stop, max(begin, stop - 6))
        for first in scan:
            word = printed[first - 1]
            initial = (
                word == "."
                and first - 2 >= begin
                and len(printed[first - 2]) <= 4
                and printed[first - 2][0].isupper()
            )
            if initial and not self.found.sentence_starts[first]:
                scan.at = first - 2
            elif word[0].isupper() and lower[first - 1] not in self.names.not_names and not word.isupper():
                scan.at = first - 1
            else:
                break
            if self.found.sentence_starts[scan.at]:
                break
        first = scan.at
        name = read_name(self.found, first, stop, self.names)
        if name is None or any(t in taken for t in range(name[0], stop)):
            return None
        if name[1] != stop and skip_degrees(self.found, name[1], stop, self.names) != stop:
            return None
        stop = name[1]
        if self._names_else(name[0]):
            return None
        if (
            first > begin
            and not self.found.sentence_starts[first]
            and lower[first - 1] in self.roles.place_words
        ):
            return None
        known = [lower[t] in self.roles.role_words for t in range(first, stop)]
        if all(known) or (first > begin and lower[first - 1] in self.roles.role_words):
            return None  # "Forum Koordinasi Pimpinan Daerah, kepala ..."
        if stop - name[0] == 1 and self._only_word(name[0]):
            return None
        return name[0], stop, linked

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
        if (
            stop - 2 > begin
            and lower[stop - 1].isdigit()
            and len(lower[stop - 1]) < 3
            and lower[stop - 2] == ","
        ):
            return stop - 2  # "NAME, 45, Ketua ..."
        if stop - 3 <= begin or lower[stop - 1] != ")":
            return stop
        for opens in range(stop - 3, max(begin, stop - 6), -1):
            if lower[opens] == "(":
                return opens
        return stop

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
        lower, printed = self.found.lower, self.found.words
        if role.bare or not printed[role.first][0].isupper() or role.first - 2 < begin:
            return None
        starts = self.found.sentence_starts
        start = skip_before(
            role.first,
            max(begin, role.first - MAX_BEFORE),
            lambda t: not starts[t + 1] and lower[t] not in self.roles.said,
        )
        name = read_name(self.found, start, role.first, self.names)
        opens = start == begin or starts[start]
        item = start == begin and self.found.segment_at(begin).kind == "item"
        if name is None or (name[1] - name[0] < 2 and not item) or self._names_else(name[0]):
            return None
        if skip_degrees(self.found, name[1], role.first, self.names) != role.first:
            return None
        if opens and not item:
            told = role.last < end and printed[role.last][0].islower()
            if not told or read_name(self.found, role.last, end, self.names):
                return None
        return name


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
