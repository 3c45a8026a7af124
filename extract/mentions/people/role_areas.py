"""The areas behind an office: a unit's number, rows of places, names that only the office makes places."""

from __future__ import annotations

from extract.mentions.people.names import NameWords, read_name
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import Reading


class AreaRows:
    """Reads where the areas behind an office end. One for each article."""

    def __init__(
        self, found: Reading, words: RoleWords, names: NameWords, places: dict[int, int], areas: Areas
    ) -> None:
        self.found = found
        self.lower = found.lower
        self.printed = found.words
        self.words = words
        self.names = names
        self.places = places
        self.table = areas
        self.mentioned = {self.lower[first] for first, last in places.items() if last - first == 1}

    def number(self, at: int, end: int) -> int:
        """The token behind a unit's number: "Danramil 05/Gubug"."""
        if at + 2 >= end:
            return at
        slash = self.lower[at + 1] in "/-"
        if not self.printed[at].isdigit() and not (slash and self.lower[at] in self.words.numerals):
            return at
        unit = at + 1 + slash
        named = (
            unit + 1 < end
            and self.printed[unit][0].isupper()
            and self.lower[unit] not in self.names.honorifics
        )
        # without a slash a single word is the unit's name: "Danrem 074 Warastratama, ..."
        if named and (slash or self.lower[unit + 1] in (",", "dan", "serta", ".")):
            return unit + 1
        return unit

    def named_area(self, at: int, end: int) -> int:
        """Where a kecamatan's, regency's or command's name ends that only the office tells, 0 if none."""
        if command := self.words.unit_areas.at(self.lower, at) if self.found.capital(at, end) else None:
            return command[0]
        stop = skip(at, min(at + 3, end), lambda token: self.printed[token][0].isupper())
        for last in range(stop, at, -1):
            name = fold("".join(self.printed[at:last]))
            if name in self.table.kecamatan_by_name or name in self.table.regencies_by_name:
                return last
        return 0

    def around(self, at: int, end: int) -> int:
        """The token behind a larger area that only commas set off: "Camat Boja, Kendal, NAME"; else `at`."""
        if at + 3 >= end or self.lower[at] != ",":
            return at
        behind = self.places.get(at + 1, 0) or self.named_area(at + 1, end)
        if not at < behind < end - 1 or self.lower[behind] != ",":
            return at
        name = read_name(self.found, behind + 1, end, self.names)
        return behind if name is not None and name[0] not in self.places else at

    def again(self, at: int, end: int) -> bool:
        """Whether a comma stands behind a word that names a place elsewhere in the article."""
        return at + 1 < end and self.lower[at] in self.mentioned and self.lower[at + 1] == ","

    def areas(self, at: int, end: int) -> int:
        """Where a row of areas ends: "Boja, Kecamatan Boja, Kabupaten Kendal"."""
        last = at
        scan = Scan(at, end)
        for start in scan:
            name = self._behind_cues(start, end)
            if name >= end or name not in self.places:
                break
            last = self.places[name]
            last += last < end and self.lower[last] in self.words.area_tails
            scan.at = last
        return last

    def _behind_cues(self, at: int, end: int) -> int:
        """The token behind a comma and the kinds of areas that announce a name: ", Kecamatan", "Kab."."""
        comma = self.lower[at] == "," and at + 1 < end and self.lower[at + 1] in self.words.kinds

        def announces(token: int) -> bool:
            # "Kecamatan Kota" has the name of a kind: what is a place is no cue before one
            if token in self.places:
                return False
            return self.lower[token] in self.words.kinds or (self.lower[token] == "." and token > at)

        return skip(at + comma, end, announces)

    def regency(self, at: int) -> bool:
        """Whether a word is a regency's name, or a kecamatan's that no capital or a full name follows."""
        if not self.printed[at][0].isupper():
            return False
        name = fold(self.printed[at])
        if name in self.table.regencies_by_name:
            return True
        if name not in self.table.kecamatan_by_name or at + 1 >= len(self.lower):
            return False
        behind = self.lower[at + 1]
        if not self.printed[at + 1][0].isupper() or (
            behind in self.names.honorifics and behind not in self.names.initials
        ):
            return True
        names = read_name(self.found, at + 1, min(at + 8, len(self.lower)), self.names)
        return names is not None and names[0] == at + 1 and names[1] - names[0] > 1
