"""The grammar of agencies' names: what a full or a short name is made of, its bracket and its region."""

from __future__ import annotations

from dataclasses import dataclass

from extract.mentions.agencies.printed_regions import RegionReader
from extract.mentions.agencies.words import AgencyWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.scan import Scan, skip_before
from extract.vocabulary.tokens import VERB, Reading

#: Tokens that a bracket behind a name may hold.
MAX_BRACKET = 9


@dataclass(frozen=True, slots=True)
class Found:
    """An agency's name at tokens `first` to `last` (exclusive); `bare` ends before its bracket and region."""

    first: int
    last: int
    types: tuple[str, ...]
    region: str  # codes joined with "|", "Indonesia", a foreign area's name, "" if none is printed
    rule: str


class NameParser:
    """Reads the name that begins at a token. One for each article."""

    def __init__(self, found: Reading, words: AgencyWords, areas: Areas) -> None:
        self.words = found.words
        self.lower = found.lower.copy()  # slips of the press inside a name are set right here
        self.table = words
        self.regions = RegionReader(self.words, self.lower, words, areas)
        self.learned: dict[str, tuple[str, ...]] = {}  # short name as printed -> types
        self.end = 0  # tokens behind it belong to another sentence or segment

    def read(self, first: int, end: int) -> Found | None:
        """The agency whose name opens at token `first`; `end` is where its sentence ends."""
        self.end = end
        lower, table = self.lower, self.table
        if lower[first] in table.not_agencies.heads and table.not_agencies.at(lower, first):
            return None
        if self._is_former(first):
            return None
        if known := table.known.at(lower, first):
            stop, kind = known
            if self.words[first][0].isupper() or len(lower[first]) > 3:
                return self.short(first, stop, (kind,), "agencies.acronym")
        if head := table.heads.at(lower, first):
            return self._full(first, *head)
        word = self.words[first]
        if types := table.acronyms.types(word):
            return self.short(first, first + 1, types, "agencies.acronym")
        if lower[first].startswith(table.chiefs):  # "Kadinsos"
            office = word[2:].capitalize()
            known = table.known.at([office.lower()], 0)
            if types := (known[1],) if known else table.acronyms.types(office):
                return self.short(first, first + 1, types, "agencies.chief")
        return None

    def _is_former(self, first: int) -> bool:
        """Whether a name is that of a house which was an agency's: "bekas kantor Dinas Pertanian"."""
        former, lower = self.table.former, self.lower
        for back in range(max(0, first - 2), first):
            if lower[back] in former.heads and (found := former.at(lower, back)) and found[0] == first:
                return True
        return False

    # --- full names --------------------------------------------------------------------------------

    def _full(self, first: int, at: int, head: str) -> Found | None:
        lower, table = self.lower, self.table
        unit = head in table.unit_heads
        lexicon = table.unit_words if unit else table.name_words
        lower_case = not self.words[first][0].isupper()
        if at < self.end and lower[at] == "(" and (close := self._bracket(at)):
            at = close + 1  # "Unit Pelaksana Teknis Daerah (UPTD) PPA"
        if at >= self.end:
            return None
        if unit and lower_case and lower[at] not in table.unit_plain:
            return None
        stop = self._name_end(at, lexicon, head, lower_case)
        if stop == at:
            return None
        types = self._types(head, at, stop)
        if unit and (parent := self._parent(stop)):
            stop = parent
        return self._finish(first, stop, types, "agencies.full-name", head)

    def _name_end(self, at: int, lexicon: frozenset[str], head: str, lower_case: bool) -> int:
        """Where the words of a name end that go on from token `at`."""
        words, lower, joiners = self.words, self.lower, self.table.joiners
        start, last = at, at
        # "dinas sosial": the case of the first word is that of the rest
        small = lower_case or (at < self.end and words[at][0].islower())
        scan = Scan(start, self.end)
        for at in scan:
            if (
                self._fits(at, lexicon, small)
                or (at == last and self._capitals(at, start, head))
                or (at == start and self._part_types(at, head))
            ):
                scan.at = last = at + 1
            elif last > start and lower[at] in joiners and not (small and lower[at] in ",/-"):
                following = self._behind_joiner(at)
                if self._resumes(following, lexicon, small, start, head):
                    scan.at = following
        return skip_before(last, start, lambda token: lower[token] in joiners)

    def _behind_joiner(self, at: int) -> int:
        """The token behind a joiner, or behind a comma with one: ", dan"."""
        listed = self.lower[at] == "," and at + 1 < self.end and self.lower[at + 1] in ("dan", "serta", "&")
        return at + 1 + listed

    def _resumes(self, at: int, lexicon: frozenset[str], small: bool, start: int, head: str) -> bool:
        """Whether a name goes on behind a joiner, and no other one opens there."""
        if at >= self.end or not (self._fits(at, lexicon, small) or self._capitals(at, start, head)):
            return False
        return not (self.table.heads.at(self.lower, at) or self.table.known.at(self.lower, at))

    def _fits(self, at: int, lexicon: frozenset[str], small: bool) -> bool:
        if not (small or self.words[at][0].isupper() or self.lower[at] == "dan"):
            return False
        if self.lower[at] in lexicon:
            return True
        meant = self.table.spelled(self.lower[at])
        if meant in lexicon and not self.regions.read(at, self.end):
            self.lower[at] = meant
            return True
        return False

    def _part_types(self, at: int, head: str) -> tuple[str, ...]:
        """The types of a short name behind its noun: "Dinas Kominfo", "Badan Kesbangpol", "Dinas DPMD"."""
        word = self.words[at]
        if head not in self.table.short_heads or not word[0].isupper() or self.regions.read(at, self.end):
            return ()
        known = self.table.known.at(self.lower, at)
        if known and known[0] == at + 1:
            return (known[1],)
        return self.table.acronyms.types(word) or self.table.acronyms.parts(self.lower[at])

    def _capitals(self, at: int, start: int, head: str) -> bool:
        """Whether a token in capitals is a part of the name: "Dinas PMD", "Kementerian PPPA"."""
        word, lower = self.words[at], self.lower[at]
        if not word.isupper() or not 2 <= len(word) <= 12 or lower in self.table.not_parts:
            return False
        opens, parts = head in self.table.capital_heads, head in self.table.capital_part_heads
        if not (opens or parts) or self.regions.read(at, self.end):
            return False
        return (at == start and opens) or bool(self.table.acronyms.loose_parts(lower))

    def _parent(self, at: int) -> int:
        """Where "Setda" behind a unit's name ends, 0 if none stands there."""
        found = self.table.parents.at(self.lower, at) if at < self.end else None
        return found[0] if found else 0

    def _types(self, head: str, at: int, stop: int) -> tuple[str, ...]:
        """The types that a full name shows, in its order."""
        allowed = self.table.by_head.get(head, ())
        for kind in allowed:
            if kind in self.table.plain and kind not in self.table.rest:
                return (kind,)
        found: list[str] = []
        scan = Scan(at, stop)
        for token in scan:
            scan.at = token + 1
            if hit := self.table.typed.at(self.lower, token):
                if hit[1] in allowed and hit[0] <= stop:
                    found.append(hit[1])
                scan.at = max(token + 1, min(hit[0], stop))
            elif token == at and (short := self._part_types(at, head)):
                found.extend(short)
            elif self.words[token].isupper():
                found.extend(t for t in self.table.acronyms.loose_parts(self.lower[token]) if t in allowed)
        return self.table.acronyms.merge(tuple(found)) or tuple(self.table.rest)

    # --- short names -------------------------------------------------------------------------------

    def short(self, first: int, at: int, types: tuple[str, ...], rule: str) -> Found | None:
        """A short name with the capitals that belong to it: "Dinsos KBPP"."""
        scan = Scan(at, self.end)
        for token in scan:
            hyphen = self.lower[token] == "-" and token + 1 < self.end  # "Dinsos-P3A"
            if not self._suffix(token + hyphen, types):
                break
            types = self._with_suffix(types, token + hyphen)
            scan.at = token + 1 + hyphen
        at = scan.at
        if at < self.end and self._parent(at) and self.table.units.isdisjoint(types):
            at = self._parent(at)
        return self._finish(first, at, types, rule, "")

    def _with_suffix(self, types: tuple[str, ...], at: int) -> tuple[str, ...]:
        """Types of an office with those of the capitals behind its name."""
        return self.table.acronyms.merge((*types, *self.table.acronyms.loose_parts(self.lower[at])))

    def _suffix(self, at: int, types: tuple[str, ...]) -> bool:
        word, lower = self.words[at], self.lower[at]
        if (
            not word.isupper()
            or not 2 <= len(word) <= 12
            or not word.isalnum()
            or lower in self.table.not_parts
        ):
            return False
        if (len(types) == 1 and types[0] in self.table.shared) or self.regions.read(at, self.end):
            return False
        return bool(self.table.acronyms.loose_parts(lower))

    # --- what stands behind a name -----------------------------------------------------------------

    def _finish(self, first: int, at: int, types: tuple[str, ...], rule: str, head: str) -> Found | None:
        """The name with its bracket and region; None for a class of offices."""
        if self._is_class(at, ""):
            return None
        last, region = at, ""
        scan = Scan(at, self.end)
        for opens in scan:
            if self.lower[opens] == "(" and (close := self._bracket(opens)):
                inner = self._learn(opens + 1, close, types)
                region = region or inner
                types, last = self._behind_suffixes(types, close + 1)
                scan.at = last
                continue
            found = None if region else self.regions.read(opens, self.end)
            if found is None:
                break
            at, region = found
            scan.at = last = at
            if not region and at < self.end and self.lower[at] == "(" and (close := self._bracket(at)):
                # "Dinas Kesehatan Kota (DKK) Salatiga"
                self._learn(at + 1, close, types)
                behind = self.regions.read(close + 1, self.end) if close + 1 < self.end else None
                if behind:
                    region = self.regions.of_kind(behind[1], opens)
                    scan.at = last = behind[0]
            if not region:
                break
        if self._is_class(scan.at, region):
            return None
        if not region and not self.table.nationals.isdisjoint(types):
            region = "Indonesia"
        return Found(first, last, types, region, rule)

    def _behind_suffixes(self, types: tuple[str, ...], at: int) -> tuple[tuple[str, ...], int]:
        """The types with those of the letters behind a bracket, and where letters and a unit's parent end."""
        scan = Scan(at, self.end)
        for suffix in scan:
            if self._suffix(suffix, types):
                types = self._with_suffix(types, suffix)
                scan.at = suffix + 1
        parent = 0 if self.table.units.isdisjoint(types) else self._parent(scan.at)
        return types, parent or scan.at

    def _is_class(self, at: int, region: str) -> bool:
        """Whether many offices are meant: "Dinas Sosial se-Jateng", "dinas sosial terkait"."""
        if at >= self.end:
            return False
        table = self.table.classes
        if table.at(self.lower, at) is not None:
            return True
        concerned = None if region else self.table.concerned.at(self.lower, at)
        return concerned is not None and not self._names_topic(concerned[0])

    def _names_topic(self, at: int) -> bool:
        """Whether what an office is asked about stands at a token: "Dinas Sosial terkait lansia"."""
        word = self.lower[at] if at < self.end else ""
        return word.isalpha() and word not in self.table.no_topic and VERB.match(word) is None

    def _bracket(self, at: int) -> int:
        """The closing bracket of the short one that opens at a token, 0 if it is none."""
        for close in range(at + 2, min(at + MAX_BRACKET + 2, self.end)):
            if self.lower[close] == ")":
                return close if self.words[at + 1][0].isupper() else 0
            if self.lower[close] == "(":
                return 0
        return 0

    def _learn(self, first: int, last: int, types: tuple[str, ...]) -> str:
        """Remembers the short name between two brackets; returns the region printed with it."""
        short, region = last, ""
        for at in range(first + 1, last):
            if found := self.regions.read(at, self.end):
                short, region = at, found[1]
                break
        name = self.words[first]
        if short - first <= 3 and not name.islower() and len(name) > 1:
            self.learned.setdefault(name, types)
        return region
