"""Walks over one article's offices and finds the people who hold them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from extract.mentions.people.committee_lines import find_office_lines
from extract.mentions.people.name_checks import NameChecks
from extract.mentions.people.names import NameWords, read_name, skip_degrees
from extract.mentions.people.names_before import NamesBefore, skip_back
from extract.mentions.people.role_ends import RoleEnds
from extract.mentions.people.roles import VERB, Role, RoleParser
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import Reading

#: People of a list who share one office.
MAX_MEMBERS = 6
#: Tokens of a clause between an office and its holder.
MAX_ASIDE = 14
#: Tokens before a name in which it may be called the writer's.
BYLINE = 3
#: Between the last two of a row.
JOINERS = ("dan", "serta", "&")


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A name at tokens `first` to `last` (exclusive) with the tokens of the office."""

    first: int
    last: int
    role: str
    role_first: int
    role_last: int
    rule: str


class PeopleScan:
    """One article's walk over its offices."""

    def __init__(
        self,
        found: Reading,
        roles: RoleWords,
        names: NameWords,
        known: dict[int, int],
        agencies: Collection[int],
        places: dict[int, int],
        areas: Areas,
    ) -> None:
        self.found = found
        self.roles = roles
        self.names = names
        self.places = places
        self.parser = RoleParser(found, roles, names, known, agencies, places, areas)
        self.hits: list[FoundPerson] = []
        self.taken: set[int] = set()
        self.office = (0, 0)  # tokens of the office read last
        self.chiefs = self.parser.chiefs
        self.ends = RoleEnds(self.parser)
        self.checks = NameChecks(found, roles, self.parser, places)
        self.before = NamesBefore(found, roles, names, known, places)

    def find(self) -> list[FoundPerson]:
        heads = self.roles.openers
        opening = [at for at, word in enumerate(self.found.lower) if word in heads or at in self.chiefs]
        goes_on = 0
        for line in find_office_lines(self.found, self.roles, self.names):
            role = self.parser.role(line.first, line.colon, line.colon, "office", False, True, False)
            for name in line.names:
                if not self.checks.is_place(*name):
                    self._add(*name, role, "people.line")
        for at in opening:
            if at < goes_on:
                continue
            segment = self.found.segment_at(at)
            if segment.kind in ("prose", "item"):
                goes_on = self._at_head(at, segment.first, self._sentence_end(at, segment.last))
        return sorted(self.hits, key=lambda p: p.first)

    def _sentence_end(self, at: int, last: int) -> int:
        return skip(at + 1, last, lambda token: not self.found.sentence_starts[token])

    def _at_head(self, at: int, begin: int, end: int) -> int:
        """Reads the office at a token; the token to go on from, 0 if there is no office."""
        if self.found.lower[at] in self.roles.deputies:
            return self._deputy(at, end)
        role = self.parser.read(at, begin, end)
        if role is None:
            return 0
        held = self._behind_name(role, begin, end)
        self.office = role.first, role.end
        if held:
            return role.last
        named = self._announced(role, end) or self._name_after(role, end) or self._told_aside(role, end)
        if named:
            return named
        return role.last

    # --- office before name ------------------------------------------------------------------------

    def _name_after(self, role: Role, end: int) -> int:
        """The person behind an office; where to go on, 0 if none is named."""
        if not role.comma and role.last < end and self.found.lower[role.last] in self.roles.quarters:
            after = role.last + 1  # "Jaringan Perempuan X Selatan, NAME"
            comma = after < end and self.found.lower[after] == ","
            role = replace(self.ends.up_to(role, after), last=after + comma, comma=comma)
        at, comma = role.last, role.comma
        name = read_name(self.found, at, end, self.names, capitals=comma or role.closed)
        if name is None or self.checks.is_place(*name) or self.checks.is_guest(role, *name, end):
            return 0
        first, last = name
        if self.checks.is_word(role, first, last, end):
            return 0
        whole = role.closed or role.bare or role.kind == "place"
        if not (comma or whole) and last < end and self.found.lower[last] in self.roles.pointing:
            return 0  # "Ketua Kelompok Tani Sri Rejeki itu": the body's name
        if not comma and (behind := self.ends.complement_run(role, first, last, end)):
            role = self.ends.up_to(role, behind[0])
            first, last = behind[1:]
        elif not comma:
            begins = self.ends.split(role, first, last)
            if begins > first:
                role = self.ends.up_to(role, begins)
            first = begins
        self._add(first, last, role, "people.office-before")
        after = skip_degrees(self.found, last, end, self.names)
        if role.pair is not None:
            return self._second(role.pair, after, end)
        if self.roles.shared.at(self.found.lower, role.first):
            return self._members(role, after, end)
        return after

    def _told_aside(self, role: Role, end: int) -> int:
        """The person behind "dijabat" or a clause on the office; where to go on, 0 if none is named.

        "Kabid X Dinsos yang memimpin rapat, NAME, ..."
        """
        lower, at = self.found.lower, role.end
        if at >= end or (role.bare and role.kind == "office"):
            return 0
        if filled := self.roles.filled.at(lower, at):
            comma = filled[0] - 1
        elif lower[at] == "yang":
            comma = next((t for t in range(at, min(end, at + MAX_ASIDE)) if lower[t] in ',.;:()"”'), end)
            if comma >= end or lower[comma] != ",":
                return 0
            if any(self.roles.heads.at(lower, t) for t in range(at, comma)):
                return 0  # "Kepala X yang diwakili Sekretaris Y, NAME"
        else:
            return 0
        name = read_name(self.found, comma + 1, end, self.names)
        if name is None or self.checks.is_place(*name) or self.roles.heads.at(lower, comma + 1):
            return 0
        after = skip_degrees(self.found, name[1], end, self.names)
        if filled is None and (after >= end or not (lower[after] == "," or VERB.match(lower[after]))):
            return 0
        if name[1] - name[0] < 2 and filled is None and lower[after] != ",":
            return 0
        self._add(*name, role, "people.office-before")
        return after

    def _announced(self, role: Role, end: int) -> int:
        """Those whom an office and a colon announce: "anggota DPRD X: A, B, dan C"; 0 if there are none.

        Whoever has an office of his own in brackets keeps that.
        """
        lower = self.found.lower
        hit = self.roles.announcers.at(lower, role.end) if role.end < end else None
        if hit is None:
            return 0
        shared = self.roles.shared.at(lower, role.first) is not None
        if not shared and (lower[role.end] != ":" or not self.found.sentence_starts[role.first]):
            return 0  # "Pesan Ketua PKK: ..."
        at, found = hit[0], False
        for _ in range(MAX_MEMBERS):
            name = read_name(self.found, at, end, self.names, capitals=True)
            if name is None or self.checks.is_place(*name) or self.roles.heads.at(lower, name[0]):
                break
            at = skip_degrees(self.found, name[1], end, self.names)
            if not found and name[1] - name[0] < 2 and at == name[1] and not shared:
                break  # "Ketua: Salam hangat"
            if at < end and lower[at] not in ",;.(" and lower[at] not in JOINERS:
                break
            found = True
            if at >= end or lower[at] != "(":
                self._add(*name, role, "people.office-before")
            else:
                at = self._behind_bracket(at, end)
            at = skip(at, end, lambda token: lower[token] in ",;" or lower[token] in JOINERS)
        return hit[0] if found else 0  # the offices in brackets are still to be read

    def _behind_bracket(self, at: int, end: int) -> int:
        """The token behind the bracket that opens at a token."""
        return min(skip(at, end, lambda token: self.found.lower[token] != ")") + 1, end)

    def _second(self, role: Role, at: int, end: int) -> int:
        """The second of two names behind two joined offices: "Gubernur dan Wakil Gubernur, A dan B"."""
        if at < end and self.found.lower[at] in ("dan", "-", "–", "&", "serta"):
            name = read_name(self.found, at + 1, end, self.names)
            if name and not self.checks.is_place(*name):
                self._add(*name, role, "people.office-before")
                return name[1]
        return at

    def _members(self, role: Role, at: int, end: int) -> int:
        """The others who hold an office together: "anggota DPRD X, A, B, dan C"."""
        lower = self.found.lower
        names: list[tuple[int, int]] = []
        scan = Scan(at, end)
        for at in scan:
            if len(names) == MAX_MEMBERS:
                break
            joined = at + (lower[at] == ",")
            last = joined < end and lower[joined] in ("dan", "serta", "&")
            if joined == at and not last:
                return self._second(role, at, end) if not names else at
            name = read_name(self.found, joined + last, end, self.names)
            if name is None or self.checks.is_place(*name) or self.roles.heads.at(lower, name[0]):
                return at
            names.append(name)
            if last:  # without it the commas may part anything
                for one in names:
                    self._add(*one, role, "people.office-before")
                return name[1]
            scan.at = skip_degrees(self.found, name[1], end, self.names)
        return scan.at

    # --- office behind name ------------------------------------------------------------------------

    def _behind_name(self, role: Role, begin: int, end: int) -> bool:
        """Whether the office belongs to the name before it."""
        name = self.before.find(role.first, begin, self.taken)
        if name is None:
            if uncut := self.before.find_uncut(role, begin, end):
                self._add(*uncut, role, "people.office-behind")
            return uncut is not None
        first, last, linked = name
        if self.office[0] <= first < self.office[1]:
            return False
        listed = first > begin and self.found.lower[first - 1] == ","
        if listed and last - first < 2 and not linked and not role.closed:
            return False  # "Puskesmas, Puskesos, Paralegal, Forum Anak"
        follows = read_name(self.found, role.last, end, self.names)
        small = self.found.words[role.first][0].islower()
        if follows and last - first > 1 and follows[1] - follows[0] == 1 and not role.comma and not role.bare:
            # "NAME, Ketua Sanggar Difabel Lembayung, ...": the body's name
            follows = None if follows[1] < end and self.found.lower[follows[1]] == "," else follows
        if not linked and not small and follows and not self.checks.is_place(*follows):
            at_start = self.found.sentence_starts[skip_back(self.found, first, self.names, begin)]
            if not (role.comma and at_start and last - first > 1):
                return False
        whole = role if role.closed or role.kind == "place" else self.ends.extend(role, end)
        self._add(first, last, whole, "people.office-behind")
        return True

    # --- by pronoun --------------------------------------------------------------------------------

    def _deputy(self, at: int, end: int) -> int:
        """ "wakilnya, NAME": deputy of the person named last."""
        start = at + 1 if at + 1 < end and self.found.lower[at + 1] == "," else at + 0
        name = read_name(self.found, start + 1, end, self.names)
        before = [p for p in self.hits if p.first < at]
        if not name or not before:
            return 0
        last = before[-1]
        role = f"Wakil {last.role}"
        self.hits.append(FoundPerson(name[0], name[1], role, at, at + 1, "people.deputy"))
        self.taken.update(range(*name))
        return name[1]

    def _add(self, first: int, last: int, role: Role, rule: str) -> None:
        if any(w in self.roles.writers for w in self.found.lower[max(0, first - BYLINE) : first]):
            return
        self.hits.append(FoundPerson(first, last, role.text, role.first, role.end, rule))
        self.taken.update(range(first, last))
