"""Walks over one article's offices and finds the people who hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.mentions.people.committee_lines import find_office_lines
from extract.mentions.people.complement_words import ComplementWords
from extract.mentions.people.name_checks import NameChecks
from extract.mentions.people.names import read_name, skip_degrees
from extract.mentions.people.names_before import NamesBefore, skip_back
from extract.mentions.people.office import OfficeText, Role
from extract.mentions.people.office_rows import OfficeRows
from extract.mentions.people.role_ends import RoleEnds
from extract.mentions.people.roles import RoleParser
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import VERB

#: Tokens of a clause between an office and its holder.
MAX_ASIDE = 14
#: Tokens before a name in which it may be called the writer's.
BYLINE = 3
#: Marks that end a clause between an office and its holder.
ASIDE_ENDS = frozenset(',.;:()"”')
#: The rules of names behind and before their office.
BEFORE, BEHIND = "people.office-before", "people.office-behind"


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

    def __init__(self, text: OfficeText) -> None:
        self.found = text.found
        self.roles = text.words
        self.names = text.names
        self.chiefs = text.chiefs
        self.hits: list[FoundPerson] = []
        self.taken: set[int] = set()
        self.office = (0, 0)  # tokens of the office read last
        self.text = text
        parts = ComplementWords(text)
        self.parser = RoleParser(text, parts)
        self.ends = RoleEnds(text, parts)
        self.checks = NameChecks(text)
        self.before = NamesBefore(text)
        self.rows = OfficeRows(text, self.checks)

    def find(self) -> list[FoundPerson]:
        """Everyone with an office, in the text's order."""
        self._find_lines()
        heads = self.roles.openers
        goes_on = 0
        for at in [at for at, word in enumerate(self.found.lower) if word in heads or at in self.chiefs]:
            if at < goes_on:
                continue
            segment = self.found.segment_at(at)
            if segment.kind in ("prose", "item"):
                goes_on = self._at_head(at, segment.first, self._sentence_end(at, segment.last))
        return sorted(self.hits, key=lambda p: p.first)

    def _find_lines(self) -> None:
        """Adds the people of a committee's lines."""
        for line in find_office_lines(self.found, self.roles, self.names):
            role = self.text.role(line.first, line.colon, line.colon, "office", False, True, False)
            for name in line.names:
                if not self.checks.is_place(*name):
                    self._add(*name, role, "people.line")

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
        role = self._with_quarter(role, end)
        name = read_name(self.found, role.last, end, self.names, capitals=role.comma or role.closed)
        if name is None or self._is_no_holder(role, *name, end):
            return 0
        role, first, last = self._part(role, *name, end)
        self._add(first, last, role, BEFORE)
        after = skip_degrees(self.found, last, end, self.names)
        if role.pair is not None:
            second = self.rows.second(after, end)
            return self._add_all([second], role.pair, second[1]) if second else after
        if self.roles.shared.at(self.found.lower, role.first):
            others, after = self.rows.members(after, end)
            self._add_all(others, role, after)
        return after

    def _with_quarter(self, role: Role, end: int) -> Role:
        """An office with the quarter that its area is told by: "Jaringan Perempuan X Selatan, NAME"."""
        if role.comma or not self.found.has(role.last, end, self.roles.quarters):
            return role
        after = role.last + 1
        comma = self.found.has(after, end, ",")
        return replace(self.ends.up_to(role, after), last=after + comma, comma=comma)

    def _is_no_holder(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether the name behind an office is a place's, a guest's, a word or a body's."""
        checks = self.checks
        if checks.is_place(first, last) or checks.is_guest(role, first, last, end):
            return True
        return checks.is_word(role, first, last, end) or checks.is_pointed_at(role, last, end)

    def _part(self, role: Role, first: int, last: int, end: int) -> tuple[Role, int, int]:
        """Office and name where capitalised words stand between them that may belong to either."""
        if role.comma:
            return role, first, last
        if behind := self.ends.complement_run(role, first, last, end):
            return self.ends.up_to(role, behind[0]), *behind[1:]
        begins = self.ends.split(role, first, last)
        return (self.ends.up_to(role, begins) if begins > first else role), begins, last

    def _told_aside(self, role: Role, end: int) -> int:
        """The person behind "dijabat" or a clause on the office; where to go on, 0 if none is named.

        "Kabid X Dinsos yang memimpin rapat, NAME, ..."
        """
        lower, at = self.found.lower, role.end
        if at >= end or (role.bare and role.kind == "office"):
            return 0
        filled = self.roles.filled.at(lower, at)
        begin = filled[0] if filled else self._behind_clause(at, end)
        name = read_name(self.found, begin, end, self.names) if begin else None
        if name is None or self.checks.is_place(*name) or self.roles.heads.at(lower, begin):
            return 0
        if self.text.is_inside(name[0]):
            return 0  # "bidan yang dilatih Dinas Sosial, Pengendalian Penduduk ..."
        after = skip_degrees(self.found, name[1], end, self.names)
        if filled is None and not self._closes_aside(name, after, end):
            return 0
        self._add(*name, role, BEFORE)
        return after

    def _behind_clause(self, at: int, end: int) -> int:
        """The token behind the comma that ends the clause at a token, 0 if it tells of another office."""
        lower = self.found.lower
        if lower[at] not in self.roles.relatives:
            return 0
        comma = next((t for t in range(at, min(end, at + MAX_ASIDE)) if lower[t] in ASIDE_ENDS), end)
        if not self.found.has(comma, end, ","):
            return 0
        if any(self.roles.heads.at(lower, t) for t in range(at, comma)):
            return 0  # "Kepala X yang diwakili Sekretaris Y, NAME"
        return comma + 1

    def _closes_aside(self, name: tuple[int, int], after: int, end: int) -> bool:
        """Whether a comma, or behind more than one word a verb, shows that a name has ended."""
        if self.found.has(after, end, ","):
            return True
        return name[1] - name[0] > 1 and after < end and VERB.match(self.found.lower[after]) is not None

    def _announced(self, role: Role, end: int) -> int:
        """Those whom an office and a colon announce: where to go on, 0 if there are none."""
        people, goes_on = self.rows.announced(role, end)
        return self._add_all(people, role, goes_on)

    # --- office behind name ------------------------------------------------------------------------

    def _behind_name(self, role: Role, begin: int, end: int) -> bool:
        """Whether the office belongs to the name before it."""
        name = self.before.find(role.first, begin, self.taken)
        if name is None:
            if uncut := self.before.find_uncut(role, begin, end):
                self._add(*uncut, role, BEHIND)
            return uncut is not None
        first, last, linked = name
        if self.office[0] <= first < self.office[1]:
            return False
        listed = first > begin and self.found.lower[first - 1] == ","
        if listed and last - first < 2 and not linked and not role.closed:
            return False  # "Puskesmas, Puskesos, Paralegal, Forum Anak"
        if not linked and self._held_by_next(role, first, last, begin, end):
            return False
        if not linked and self._acts(role, first, begin, end):
            return False  # "Sebulan sekali, kata NAME, petugas Dinsos datang"
        whole = role if role.closed or role.kind == "place" else self.ends.extend(role, end)
        shared = self.roles.shared.at(self.found.lower, role.first) is not None
        held = self.before.joined(first, begin, self.taken) if shared else []
        for begins, ends in (*held, (first, last)):
            self._add(begins, ends, whole, BEHIND)
        return True

    def _held_by_next(self, role: Role, first: int, last: int, begin: int, end: int) -> bool:
        """Whether the name behind an office holds it, and not the one before."""
        if self.found.words[role.first][0].islower():
            return False
        follows = read_name(self.found, role.last, end, self.names)
        if follows is None or self.checks.is_place(*follows):
            return False
        long = last - first > 1
        if long and follows[1] - follows[0] == 1 and self._ends_body(role, follows[1], end):
            return False
        at_start = self.found.sentence_starts[skip_back(self.found, first, self.names, begin)]
        return not (role.comma and at_start and long)

    def _acts(self, role: Role, first: int, begin: int, end: int) -> bool:
        """Whether an office behind whoever is quoted is no apposition: a verb follows it."""
        lower = self.found.lower
        said = skip_back(self.found, first, self.names, begin) - 1
        if said < begin or lower[said] not in self.roles.said or self.found.words[role.first][0].isupper():
            return False
        at = self.ends.extend(role, end).end if not role.closed else role.end
        return at < end and (VERB.match(lower[at]) is not None or lower[at] in self.roles.acting)

    def _ends_body(self, role: Role, behind: int, end: int) -> bool:
        """Whether a word behind an office is a body's name: "NAME, Ketua Sanggar Difabel Lembayung, ..."."""
        return not (role.comma or role.bare) and self.found.has(behind, end, ",")

    # --- by pronoun --------------------------------------------------------------------------------

    def _deputy(self, at: int, end: int) -> int:
        """ "wakilnya, NAME": deputy of the person named last."""
        start = at + self.found.has(at + 1, end, ",")
        name = read_name(self.found, start + 1, end, self.names)
        before = [p for p in self.hits if p.first < at]
        if not name or not before:
            return 0
        last = before[-1]
        role = f"Wakil {last.role}"
        self.hits.append(FoundPerson(name[0], name[1], role, at, at + 1, "people.deputy"))
        self.taken.update(range(*name))
        return name[1]

    def _add_all(self, people: list[tuple[int, int]], role: Role, goes_on: int) -> int:
        for name in people:
            self._add(*name, role, BEFORE)
        return goes_on

    def _add(self, first: int, last: int, role: Role, rule: str) -> None:
        if any(w in self.roles.writers for w in self.found.lower[max(0, first - BYLINE) : first]):
            return
        self.hits.append(FoundPerson(first, last, role.text, role.first, role.end, rule))
        self.taken.update(range(first, last))
