"""The grammar of offices: a head noun with its complement, "Kepala Bidang X, Dinas Y Kabupaten Z"."""

from __future__ import annotations

from dataclasses import replace

from extract.mentions.people.complement_words import ComplementWords
from extract.mentions.people.complements import ENCLITIC, Complement
from extract.mentions.people.names import read_name
from extract.mentions.people.office import MAX_ROLE, OfficeText, Role
from extract.vocabulary.scan import BackScan, skip

#: Marks that join two offices: "Gubernur - Wakil Gubernur".
JOINING_MARKS = frozenset("-–&/")
#: Of which a term of years is made besides its words.
YEAR_MARKS = "0123456789-–/"


class RoleParser:
    """Reads the office that opens at a token. One for each article."""

    def __init__(self, text: OfficeText, parts: ComplementWords) -> None:
        self.text = text
        self.parts = parts
        self.found = text.found
        self.lower = text.lower
        self.words = text.words
        self.rows = text.rows
        self.role = text.role

    def read(self, at: int, begin: int, end: int) -> Role | None:
        """The office whose head stands at token `at` of the sentence `begin` to `end`."""
        head = self._head(at)
        if head is None:
            return None
        stop, kind = head
        if self._opens_name(at, stop, end):
            return None
        first = self._prefixed(at, begin)
        if first > begin and self.lower[first - 1] in self.words.blockers:
            return None
        end = min(end, at + MAX_ROLE)
        if stop >= end:
            return self.role(first, stop, stop, kind, False, True, True)
        if self.lower[at] in self.words.with_pronoun:
            return self._pronoun_role(first, stop)
        if kind == "place":
            return self._place_role(first, stop, end)
        return self._office_role(first, stop, end, at)

    def _head(self, at: int) -> tuple[int, str] | None:
        """(end, kind) of the head noun at a token."""
        if self.lower[at] in self.words.with_pronoun:
            return at + 1, "office"
        if self.text.names.ranks.at(self.lower, at):
            return None  # "Komisaris Besar Polisi NAME"
        if hit := self.words.heads.at(self.lower, at):
            return hit
        return (self.text.known[at], "office") if at in self.text.chiefs else None

    def _opens_name(self, at: int, stop: int, end: int) -> bool:
        """Whether an office's noun is a person's first name: "Imam Hartono, Kepala Dinsos"."""
        if self.lower[at] not in self.words.also_names or not self.found.capital(at, end):
            return False
        name = read_name(self.found, stop, end, self.text.names)
        return name is not None and name[0] == stop and not self.parts.opens_more(stop, end)

    def _prefixed(self, at: int, begin: int) -> int:
        """The first token of "Plt.", "mantan" before a head, or the head itself."""
        scan = BackScan(at, begin)
        for at in scan:
            scan.at = before = self._before_bracket(at, begin)
            before -= before - 1 > begin and self.lower[before - 1] == "."
            size = next((n for n in (2, 1) if self._is_prefix(before - n, before, begin)), 0)
            if not size:
                break
            scan.at = before - size
        return scan.at

    def _before_bracket(self, at: int, begin: int) -> int:
        """Where "(Plt)" opens that ends before a token, else the token: "Pejabat Sementara (Pjs) Bupati"."""
        opens = at - 3
        bracket = opens >= begin and self.lower[at - 1] == ")" and self.lower[opens] == "("
        return opens if bracket and self.lower[at - 2] in self.words.prefix_words else at

    def _is_prefix(self, first: int, last: int, begin: int) -> bool:
        found = self.words.prefixes.at(self.lower, first) if first >= begin else None
        return found is not None and found[0] == last

    def _pronoun_role(self, first: int, stop: int) -> Role | None:
        """ "Ketuanya, NAME"; None without the comma."""
        if self.lower[stop] != ",":
            return None
        role = self.role(first, stop, stop + 1, "office", True, True, True)
        return replace(role, text=role.text[: -len(ENCLITIC)])

    # --- offices of a place ------------------------------------------------------------------------

    def _place_role(self, first: int, stop: int, end: int) -> Role:
        if stop >= end:
            return self.role(first, stop, stop, "place", False, False, True)
        if joined := self._joined_role(first, stop, end):
            return joined
        if hit := self.words.elsewhere.at(self.lower, stop):  # "Bu Camat di sana, NAME"
            comma = self.found.has(hit[0], end, ",")
            return self.role(first, stop, hit[0] + comma, "place", comma, True, True)
        stop = self._behind_short(stop, end)
        at = self._behind_areas(stop, end)
        bare, closed = at == stop, at > stop
        if close := self.text.bracket(at, end):
            at, closed, bare = close + 1, True, False
        last = self._behind_term(at, end) if closed else at
        comma = (closed or bare) and self.found.has(last, end, ",")
        return self.role(first, at, last + comma, "place", comma, closed, bare)

    def _joined_role(self, first: int, stop: int, end: int) -> Role | None:
        """Two offices of one place: "Gubernur dan Wakil Gubernur X"; None where a single one stands."""
        at = stop + 1
        joiner = self.lower[stop] in JOINING_MARKS or self.lower[stop] in self.words.office_joiners
        joined = self.words.heads.at(self.lower, at) if joiner and at < end else None
        if joined is None or joined[1] != "place":
            return None
        second = self._place_role(at, joined[0], end)
        own = self.role(first, stop, second.last, "place", second.comma, True, second.bare)
        behind = second.text[len(self.found.quote(at, joined[0])) :]
        return replace(own, text=own.text + behind, pair=second)

    def _behind_short(self, at: int, end: int) -> int:
        """The token behind an office's short form in brackets: "Wakil Gubernur (Wagub) Jawa Tengah"."""
        close = self.text.bracket(at, end)
        return close + 1 if close and close + 1 < end else at

    def _behind_areas(self, at: int, end: int) -> int:
        """The token behind a unit's number and the areas of an office; `at` itself if there are none."""
        start = self.rows.number(at, end)
        last = self.rows.areas(start, end)
        if last == start:
            last = self.rows.named_area(start, end) or start
        return self.rows.around(self._behind_outer(last, end), end) if last > at else at

    def _behind_outer(self, at: int, end: int) -> int:
        """The token behind the area that holds an office's own: "Kepala Desa X di Kecamatan Y, NAME"."""
        if not (self.found.has(at, end, self.words.within) and self.found.has(at + 1, end, self.words.kinds)):
            return at
        outer = self.rows.areas(at + 1, end)
        return outer if outer > at + 1 and self.found.has(outer, end, ",") else at

    def _behind_term(self, at: int, end: int) -> int:
        """The token behind "terpilih", "periode 2025-2030" at a token."""
        if hit := self.words.elsewhere.at(self.lower, at) if at < end else None:
            at = hit[0]
        if self.found.has(at, end, self.words.terms):
            at = skip(at, end, lambda t: self.lower[t][0] in YEAR_MARKS or self.lower[t] in self.words.terms)
        return min(at, end)

    # --- offices of a body or field ----------------------------------------------------------------

    def _office_role(self, first: int, stop: int, end: int, head: int) -> Role:
        # "Kabag Kesra Setda X" is an agency's name as well
        last = self.text.known.get(head, stop)
        small = self.found.words[head][0].islower() or self.found.sentence_starts[head]
        return Complement(self.text, self.parts, first, stop, end, small, last, last > stop).read()
