"""Several people under one office: "anggota DPRD X: A, B, dan C", "Gubernur dan Wakil Gubernur, A dan B"."""

from __future__ import annotations

from extract.mentions.people.name_checks import NameChecks
from extract.mentions.people.names import read_name, skip_degrees
from extract.mentions.people.office import OfficeText, Role
from extract.vocabulary.scan import Scan, skip

#: People of a list who share one office.
MAX_MEMBERS = 6

Name = tuple[int, int]


class OfficeRows:
    """Reads the names behind an office that several hold. One for each article."""

    def __init__(self, text: OfficeText, checks: NameChecks) -> None:
        self.found = text.found
        self.lower = text.lower
        self.roles = text.words
        self.names = text.names
        self.checks = checks
        self.parts = self.roles.row_joiners | {",", ";"}

    def announced(self, role: Role, end: int) -> tuple[list[Name], int]:
        """Those whom an office and a colon announce, and where to go on; 0 if there are none.

        Whoever has an office of his own in brackets keeps that: it is still to be read.
        """
        hit = self.roles.announcers.at(self.lower, role.end) if role.end < end else None
        if hit is None:
            return [], 0
        shared = self.roles.shared.at(self.lower, role.first) is not None
        if not shared and (self.lower[role.end] != ":" or not self.found.sentence_starts[role.first]):
            return [], 0  # "Pesan Ketua PKK: ..."
        at, found, held = hit[0], False, []
        for _ in range(MAX_MEMBERS):
            name = self._person(at, end, capitals=True)
            if name is None:
                break
            at = skip_degrees(self.found, name[1], end, self.names)
            if not (found or shared) and name[1] - name[0] < 2 and at == name[1]:
                break  # "Ketua: Salam hangat"
            if at < end and not self._may_part(at):
                break
            found = True
            if self.found.has(at, end, "("):
                at = self._behind_bracket(at, end)
            else:
                held.append(name)
            at = skip(at, end, lambda token: self.lower[token] in self.parts)
        return held, hit[0] if found else 0

    def _may_part(self, at: int) -> bool:
        """Whether what stands at a token may stand between two names of a row."""
        return self.lower[at] in self.parts or self.lower[at] in (".", "(")

    def _person(self, at: int, end: int, capitals: bool = False) -> Name | None:
        """The name at a token, unless it is a place's or an office's."""
        name = read_name(self.found, at, end, self.names, capitals=capitals)
        if name is None or self.checks.is_place(*name) or self.roles.heads.at(self.lower, name[0]):
            return None
        return name

    def _behind_bracket(self, at: int, end: int) -> int:
        """The token behind the bracket that opens at a token."""
        return min(skip(at, end, lambda token: self.lower[token] != ")") + 1, end)

    def second(self, at: int, end: int) -> Name | None:
        """The second of two names behind two joined offices: "Gubernur dan Wakil Gubernur, A dan B"."""
        if not (self.found.has(at, end, self.roles.row_joiners) or self.found.has(at, end, "-–")):
            return None
        name = read_name(self.found, at + 1, end, self.names)
        return name if name is not None and not self.checks.is_place(*name) else None

    def members(self, at: int, end: int) -> tuple[list[Name], int]:
        """The others who hold an office together, "anggota DPRD X, A, B, dan C", and where to go on."""
        names: list[Name] = []
        scan = Scan(at, end)
        for at in scan:
            if len(names) == MAX_MEMBERS:
                break
            joined = at + (self.lower[at] == ",")
            last = self.found.has(joined, end, self.roles.row_joiners)
            if joined == at and not last:
                two = None if names else self.second(at, end)
                return ([two], two[1]) if two else ([], at)
            name = self._person(joined + last, end)
            if name is None:
                return [], at
            names.append(name)
            if last:  # without it the commas may part anything
                return names, name[1]
            scan.at = skip_degrees(self.found, name[1], end, self.names)
        return [], scan.at
