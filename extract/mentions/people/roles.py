"""The grammar of offices: a head noun with its complement, "Kepala Bidang X, Dinas Y Kabupaten Z"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from extract.mentions.people.names import NameWords
from extract.mentions.people.role_areas import AreaRows
from extract.mentions.people.words import RoleWords
from extract.vocabulary.areas import Areas
from extract.vocabulary.scan import BackScan, Scan, skip
from extract.vocabulary.tokens import Reading

#: Tokens of the longest office.
MAX_ROLE = 45
#: Lower-case words of a complement that no list knows.
MAX_LOOSE = 6
#: Active and intransitive verbs: an office ends before them.
VERB = re.compile(r"(?:me[mn]|meng|meny|ber)[a-z]{4,}$|me[lry][a-z]{4,}$|di[a-z]{3,}(?:kan|i)$")


@dataclass(frozen=True, slots=True)
class Role:
    """An office at tokens `first` to `end`; a name may open at `last`."""

    first: int
    end: int
    last: int
    text: str
    kind: str  # "place", "office"
    comma: bool  # whether a comma parts it from what follows
    closed: bool  # whether its complement is surely complete
    bare: bool  # whether it has no complement
    pair: Role | None = None


class RoleParser:
    """Reads the office that opens at a token. One for each article."""

    def __init__(
        self,
        found: Reading,
        words: RoleWords,
        names: NameWords,
        known: dict[int, int],
        agencies: Collection[int],
        places: dict[int, int],
        areas: Areas,
    ) -> None:
        self.rows = AreaRows(found, words, names, places, areas)
        self.found = found
        self.lower = found.lower
        self.printed = found.words
        self.words = words
        self.names = names
        self.known = known  # first token of agencies, pillars and programmes -> end
        self.agencies = agencies  # first tokens; such a name completes a complement
        self.places = places
        # "Kadinsos Batang": an office and its chief in one word
        self.chiefs = {t for t in agencies if self.lower[t].startswith(words.chiefs)}

    def read(self, at: int, begin: int, end: int) -> Role | None:
        """The office whose head stands at token `at` of the sentence `begin` to `end`."""
        pronoun = self.lower[at] in self.words.with_pronoun
        if pronoun:
            stop, kind = at + 1, "office"
        elif self.names.ranks.at(self.lower, at):
            return None  # "Komisaris Besar Polisi NAME"
        elif hit := self.words.heads.at(self.lower, at):
            stop, kind = hit
        elif at in self.chiefs:
            stop, kind = self.known[at], "office"
        else:
            return None
        first = self._prefixed(at, begin)
        if first > begin and self.lower[first - 1] in self.words.blockers:
            return None
        end = min(end, at + MAX_ROLE)
        if stop >= end:
            return self.role(first, stop, stop, kind, False, True, True)
        if pronoun:
            comma = self.lower[stop] == ","
            role = self.role(first, stop, stop + comma, kind, comma, True, True)
            return replace(role, text=role.text[:-3]) if comma else None
        if kind == "place":
            return self._place_role(first, stop, end)
        return self._office_role(first, stop, end, at)

    def _prefixed(self, at: int, begin: int) -> int:
        """The first token of "Plt.", "mantan" before a head, or the head itself."""
        scan = BackScan(at, begin)
        for before in scan:
            if self.lower[before - 1] == ")" and before - 3 >= begin and self.lower[before - 3] == "(":
                if self.lower[before - 2] not in self.words.prefix_words:
                    break
                scan.at = before = before - 3  # "(Plt) Camat", "Pejabat Sementara (Pjs) Bupati"
            if self.lower[before - 1] == "." and before - 1 > begin:
                before -= 1
            size = next((n for n in (2, 1) if before - n >= begin and self._is_prefix(before - n, before)), 0)
            if not size:
                break
            scan.at = before - size
        return scan.at

    def _is_prefix(self, first: int, last: int) -> bool:
        found = self.words.prefixes.at(self.lower, first)
        return found is not None and found[0] == last

    def role(self, first: int, end: int, last: int, kind: str, comma: bool, closed: bool, bare: bool) -> Role:
        text = " ".join(self.found.quote(first, end).split())
        return Role(first, end, last, text, kind, comma, closed, bare)

    # --- offices of a place ------------------------------------------------------------------------

    def _place_role(self, first: int, stop: int, end: int) -> Role:
        at = stop
        if at >= end:
            return self.role(first, stop, stop, "place", False, False, True)
        if at + 1 < end and self.lower[at] in ("dan", "-", "–", "&", "/"):
            joined = self.words.heads.at(self.lower, at + 1)
            if joined and joined[1] == "place":
                second = self._place_role(at + 1, joined[0], end)
                own = self.role(first, stop, second.last, "place", second.comma, True, second.bare)
                behind = second.text[len(self.found.quote(at + 1, joined[0])) :]
                return replace(own, text=own.text + behind, pair=second)
        if hit := self.words.elsewhere.at(self.lower, at):  # "Bu Camat di sana, NAME"
            comma = hit[0] < end and self.lower[hit[0]] == ","
            return self.role(first, stop, hit[0] + comma, "place", comma, True, True)
        if self.lower[at] == "(" and (close := self._bracket(at, end)) and close + 1 < end:
            at = stop = close + 1  # "Wakil Gubernur (Wagub) Jawa Tengah"
        start = self.rows.number(at, end)
        at = self.rows.areas(start, end)
        if at == start:
            at = self.rows.named_area(at, end) or start
        closed = at > stop
        if closed and at + 1 < end and self.lower[at] == "di" and self.lower[at + 1] in self.words.kinds:
            outer = self.rows.areas(at + 1, end)  # "Kepala Desa X di Kecamatan Y, NAME"
            if outer > at + 1 and outer < end and self.lower[outer] == ",":
                at = outer
        if closed:
            at = self.rows.around(at, end)
        if at < end and self.lower[at] == "(" and (close := self._bracket(at, end)):
            at = close + 1
            closed = True
        last = self._behind_term(at, end) if closed else at
        comma = last < end and self.lower[last] == "," and closed | (at == stop)
        return self.role(first, at, last + comma, "place", comma, closed, at == stop)

    def _behind_term(self, at: int, end: int) -> int:
        """The token behind "terpilih", "periode 2025-2030" at a token."""
        if hit := self.words.elsewhere.at(self.lower, at) if at < end else None:
            at = hit[0]
        if at < end and self.lower[at] in self.words.terms:
            at = skip(
                at, end, lambda t: self.printed[t][0] in "0123456789-–/" or self.lower[t] in self.words.terms
            )
        return min(at, end)

    # --- offices of a body or field ----------------------------------------------------------------

    def _office_role(self, first: int, stop: int, end: int, head: int) -> Role | None:
        lower, printed = self.lower, self.printed
        small = printed[head][0].islower() or self.found.sentence_starts[head]
        # "Kabag Kesra Setda X" is an agency's name as well
        last = self.known.get(head, stop)
        closed, comma, loose = last > stop, False, 0
        scan = Scan(last, end)
        for at in scan:
            word = lower[at]
            if at in self.known:
                closed, loose = closed or at in self.agencies, 0
                scan.at = last = self.known[at]
            elif at in self.places:
                scan.at = last = self.rows.areas(at, end)
                closed, loose = True, 0
            elif word == "(" and (close := self._bracket(at, end)):
                scan.at = last = close + 1
            elif word == ")" and closed and at + 1 < end and lower[at + 1] == ",":
                # a bracket that nothing opened
                return self.role(first, last, at + 2, "office", True, True, last == stop)
            elif word == ",":
                kind = closed and at + 1 < end and lower[at + 1] in self.words.kinds
                if kind or at + 1 in self.known or self._goes_on(at + 1, end):
                    scan.at = at + 1
                    continue
                comma = at == last or loose > 0
                break
            elif not closed and self._hyphened(at, end):
                scan.at = last = at + 3  # "e-Government"
            elif self._material(at, end, closed):
                scan.at = last = at + 1
                closed = closed and word not in self.words.after_area
            elif not closed and (self.rows.regency(at) or self.rows.again(at, end)):
                scan.at = last = at + 1
                closed = True
            elif not closed and (behind := self._unknown_inside(at, end) or self._told_short(at, end)):
                scan.at = last = behind
            elif word in self.words.joiners and self.opens_more(at + 1, end):
                scan.at = at + 1
                closed = False
            elif word in self.words.back_references and at + 1 < end and lower[at + 1] == ",":
                return self.role(first, last, at + 2, "office", True, True, last == stop)
            elif word.endswith("nya") and word[:-3] in self.words.role_words and at == last:
                role = self.role(first, at + 1, at + 1, "office", False, True, False)
                comma = at + 1 < end and lower[at + 1] == ","
                return replace(role, text=role.text[:-3], comma=comma, last=at + 1 + comma)
            elif small and not printed[at][0].isupper() and word.isalpha() and loose < MAX_LOOSE:
                if word in self.words.stops or VERB.match(word):
                    break
                scan.at = at + 1
                loose += 1
            else:
                break
        if loose and comma:
            last = scan.at
        return self.role(first, last, last + comma, "office", comma, closed, last == stop)

    def _unknown_inside(self, at: int, end: int) -> int:
        """Where unknown capitalised words end that more of the complement or an honorific follows, else 0."""
        stop = skip(at, min(at + 4, end), lambda t: self.printed[t][0].isupper() and t not in self.known)
        for token in range(at, stop):
            lower = self.lower[token]
            if (
                token > at
                and lower in self.names.honorifics
                and (
                    token + 1 < end and (self.lower[token + 1] == "." or self.printed[token + 1][0].isupper())
                )
            ):
                return token
            if token > at and lower in self.words.role_words and lower not in self.names.initials:
                return token
            if token == at + 1 and self._names_behind(self.places.get(token, end), end):
                return token  # "Ketua Dekranasda Kendal NAME"
        return stop if at < stop < end and stop in self.known else 0

    def _names_behind(self, at: int, end: int) -> bool:
        """Whether a name may follow at a token, a comma left out."""
        at += at < end and self.lower[at] == ","
        return at < end and self.printed[at][0].isupper() and self.lower[at] not in self.names.not_names

    def _told_short(self, at: int, end: int) -> int:
        """Where the unknown name of a body ends that a bracket shortens: "Pusat Warga (PAW)", else 0."""
        for stop in range(at, min(at + 14, end - 2)):
            word = self.printed[stop]
            if word == "(":
                short = self.printed[stop + 1]
                if short.lower() in self.words.company_forms:
                    return stop  # "PT Lereng Hijau (Persero)"
                return stop if stop > at + 1 and len(short) > 1 and short.isupper() else 0
            if not word[0].isupper() and self.lower[stop] not in self.words.joiners:
                return 0
        return 0

    def _goes_on(self, at: int, end: int) -> bool:
        """Whether a complement goes on behind a comma: "Pemberdayaan Perempuan, Perlindungan Anak"."""
        if at + 1 < end and self.lower[at] in ("and", "&"):
            at += 1  # "Communication, Relations, and CSR"
        if at >= end or not self.printed[at][0].isupper():
            return False
        return self.lower[at] in self.words.role_words and not self.words.heads.at(self.lower, at)

    def _material(self, at: int, end: int, closed: bool) -> bool:
        """Whether a word belongs to a complement that ends before token `end`."""
        word, lower = self.printed[at], self.lower[at]
        if closed:
            return lower in self.words.kinds or lower in self.words.after_area or word.isdigit()
        if lower in self.words.role_words or lower in self.words.kinds:
            return True
        if word.isupper() and len(word) > 1 and word.isalnum():
            return True
        if len(word) == 1 and word.isupper() and self.lower[at - 1] in self.words.numbered:
            return True  # "Komisi E", "Asisten I"
        if lower in self.words.numerals and word.isupper() and at + 1 < end:
            return self.opens_more(at + 1, end)  # "Ketua I TP PKK"
        if word.isdigit() or (lower == "." and self.lower[at - 1] in self.words.kinds):
            return True
        return self.words.heads.at(self.lower, at) is not None and lower not in self.words.stops

    def opens_more(self, at: int, end: int) -> bool:
        """Whether more of a complement stands at a token, joiners and kinds of areas left out."""
        end = min(end, at + MAX_ROLE)
        at = skip(at, end, lambda t: self.lower[t] in self.words.joiners or self.lower[t] in self.words.kinds)
        if at >= end:
            return False
        if self.words.heads.at(self.lower, at) and self.printed[at][0].isupper():
            return False  # "Ketua DPRD dan Bupati ..."
        return at in self.known or at in self.places or self._material(at, end, False)

    def _hyphened(self, at: int, end: int) -> bool:
        """Whether a small prefix, a hyphen and a capitalised word stand at a token."""
        if at + 2 >= end or self.lower[at + 1] != "-" or len(self.lower[at]) > 2:
            return False
        return self.printed[at].isalpha() and self.printed[at + 2][0].isupper()

    def _bracket(self, at: int, end: int) -> int:
        """The bracket that closes the one at a token, 0 if it is far or holds an age."""
        for close in range(at + 1, min(at + 25, end)):
            if self.lower[close] == ")":
                return 0 if self.printed[at + 1].isdigit() else close
        return 0
