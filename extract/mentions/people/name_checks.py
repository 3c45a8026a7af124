"""Whether what looks like a name behind an office is one: no place, no guest on a list, no other word."""

from __future__ import annotations

import re

from extract.mentions.people.office import OfficeText, Role
from extract.vocabulary.areas import fold

#: Words of a body's own name behind its noun that leave none for a person.
BODY_NAME = 2
#: Verbs by their openings, in the headline of an event: "Gubernur Menyapa".
TOLD = re.compile(r"me(?:mb|mp|nc|nd|nj|ng|ny)[a-z]{3,}$")


class NameChecks:
    """Judges what stands behind an office. One for each article."""

    def __init__(self, text: OfficeText) -> None:
        self.text = text
        self.found = text.found
        self.roles = text.words
        # what is a place at one mention is none's name at another: "Desa X ... petugas RPPA X"
        self.place_names = text.rows.mentioned
        self.between = self.roles.list_joiners | {",", ";"}  # what parts the members of a list

    def is_word(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether what looks like a name behind an office is a word: a group's name, a verb, a subject."""
        if role.comma:
            return self._is_listed(role) if self._is_shared(role) else self._is_subject(role, last, end)
        if self._is_body(role, first, last, end):
            return True
        if last - first > 1 or first > role.last:
            return False
        if role.bare and self.found.lower[role.end - 1] in self.roles.never_alone:
            return True  # "Kepala Dispora menyebut ..."
        if role.kind == "office" and self._is_unit_area(first):
            return True  # "Kepala Puskesmas Boja mengatakan ..."
        lower = self.found.lower
        headline = role.bare and role.kind == "place" and TOLD.match(lower[first]) is not None
        return headline or lower[role.end - 1] in self.roles.groups

    def _is_body(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether all of a run behind a body's noun is the body's own name: "Direktur PT Lereng Hijau"."""
        if last - first > BODY_NAME or self.found.lower[role.end - 1] not in self.roles.bodies:
            return False
        # behind a comma the person may be named; a run that goes on is not all of it
        return not (self.found.has(last, end, ",") or self.found.capital(last, end))

    def _is_shared(self, role: Role) -> bool:
        return role.bare and self.roles.shared.at(self.found.lower, role.first) is not None

    def _is_listed(self, role: Role) -> bool:
        """Whether an office that many hold is one of a list: "Bidan, Paralegal, Sahabat Saksi dan Korban"."""
        return role.first > 0 and self.found.lower[role.first - 1] in self.between

    def _is_subject(self, role: Role, last: int, end: int) -> bool:
        """Whether another clause begins behind a comma: "Menanti izin bupati, NAME menegaskan ..."."""
        small = role.bare and role.kind == "place" and self.found.words[role.end - 1][0].islower()
        return small and last < end and self.found.lower[last] != ","

    def is_pointed_at(self, role: Role, last: int, end: int) -> bool:
        """Whether capitalised words are a body's, that is spoken of: "Ketua Kelompok Tani Sri Rejeki itu"."""
        if role.comma or role.closed or role.bare or role.kind == "place":
            return False
        return self.found.has(last, end, self.roles.pointing)

    def _is_unit_area(self, at: int) -> bool:
        """Whether a lone word is a kecamatan's or regency's name: a body's place, no person."""
        areas, name = self.text.rows.table, fold(self.found.words[at])
        return name in areas.kecamatan_by_name or name in areas.regencies_by_name

    def is_guest(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether one word behind a bare office's comma goes on a list: "Kapolsek, Babinsa, dan ..."."""
        if not role.comma or not role.bare or last - first > 1:
            return False
        return last >= end or self.found.lower[last] in self.between or self.found.lower[last] == "."

    def is_place(self, first: int, last: int) -> bool:
        word = self.found.lower[first]
        if last - first == 1 and (word in self.place_names or word in self.roles.quarters):
            return True
        return self.text.places.get(first, 0) >= last or first in self.text.known
