"""Whether what looks like a name behind an office is one: no place, no guest on a list, no other word."""

from __future__ import annotations

import re

from extract.mentions.people.roles import Role, RoleParser
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import fold
from extract.vocabulary.tokens import Reading

#: Verbs by their openings, in the headline of an event: "Gubernur Menyapa".
TOLD = re.compile(r"me(?:mb|mp|nc|nd|nj|ng|ny)[a-z]{3,}$")


class NameChecks:
    """Judges what stands behind an office. One for each article."""

    def __init__(self, found: Reading, roles: RoleWords, parser: RoleParser, places: dict[int, int]) -> None:
        self.found = found
        self.roles = roles
        self.parser = parser
        self.places = places
        # what is a place at one mention is none's name at another: "Desa X ... petugas RPPA X"
        self.place_names = parser.rows.mentioned

    def is_word(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether what looks like a name behind an office is a word: a group's name, a verb, a subject."""
        lower = self.found.lower
        if role.comma and role.bare and self.roles.shared.at(lower, role.first):
            # "Bidan, Paralegal, Sahabat Saksi dan Korban"
            return role.first > 0 and lower[role.first - 1] in (",", "dan", "serta", ";")
        if role.comma:
            # "Menanti izin bupati, NAME menegaskan ..."
            small = role.bare and role.kind == "place" and self.found.words[role.end - 1][0].islower()
            return small and last < end and lower[last] != ","
        if last - first > 1 or first > role.last:
            return False
        if role.kind == "office" and self._is_unit_area(first):
            return True  # "Kepala Puskesmas Boja mengatakan ..."
        group = lower[role.end - 1] in self.roles.groups
        return group or (role.bare and role.kind == "place" and TOLD.match(lower[first]) is not None)

    def _is_unit_area(self, at: int) -> bool:
        """Whether a lone word is a kecamatan's or regency's name: a body's place, no person."""
        areas, name = self.parser.rows.table, fold(self.found.words[at])
        return name in areas.kecamatan_by_name or name in areas.regencies_by_name

    def is_guest(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether one word behind a bare office's comma goes on a list: "Kapolsek, Babinsa, dan ..."."""
        if not role.comma or not role.bare or last - first > 1:
            return False
        return last >= end or self.found.lower[last] in (",", "dan", "serta", ";", ".")

    def is_place(self, first: int, last: int) -> bool:
        word = self.found.lower[first]
        if last - first == 1 and (word in self.place_names or word in self.roles.quarters):
            return True
        return self.places.get(first, 0) >= last or first in self.parser.known
