"""What a name tells of the office beside it: where the office ends, and where the name begins."""

from __future__ import annotations

from extract.mentions.people.complement_words import ComplementWords
from extract.mentions.people.names import read_name, skip_degrees
from extract.mentions.people.office import MAX_ROLE, OfficeText, Role
from extract.vocabulary.scan import Scan, skip
from extract.vocabulary.tokens import VERB

#: Tokens of the longest unknown name of a body.
MAX_RUN = 8
#: Words of most names.
COMMON_NAME = 2
#: Tokens behind a name in which it may be printed again, short.
REACH = 400


class RoleEnds:
    """Settles the words between an office and a name that no list knows. One for each article."""

    def __init__(self, text: OfficeText, parts: ComplementWords) -> None:
        self.text = text
        self.parts = parts
        self.found = text.found
        self.lower = text.lower
        self.printed = text.printed
        self.words = text.words
        self.names = text.names

    def extend(self, role: Role, end: int) -> Role:
        """An office behind a name, with the words that no list knows, up to a verb or a mark."""
        scan = Scan(role.end, min(end, role.first + MAX_ROLE))
        for at in scan:
            scan.at = self.text.known.get(at) or self.text.places.get(at) or at + self._belongs(at, end)
        at = scan.at
        return self.text.role(role.first, at, at, role.kind, False, True, role.bare and at == role.end)

    def _belongs(self, at: int, end: int) -> bool:
        """Whether a word or mark that begins no name goes on with an office."""
        word = self.lower[at]
        if not word[0].isalnum():
            return word in "-/&" or (word == "." and self.lower[at - 1] in self.words.kinds)
        if word in self.words.stops or VERB.match(word):
            return False
        return word not in self.words.list_joiners or self.parts.opens_more(at + 1, end)

    def up_to(self, role: Role, end: int) -> Role:
        """An office with all the words up to a token."""
        return self.text.role(role.first, end, end, role.kind, False, True, False)

    def split(self, role: Role, first: int, last: int) -> int:
        """Where a name begins in a run of capitalised words that a complement may open."""
        if role.kind == "place" or role.closed or last - first < COMMON_NAME:
            return first
        head = self.lower[role.end - 1]
        if role.bare and head in self.words.never_alone:
            return first + 1  # "Kepala Dispora NAME"
        if last - first == COMMON_NAME:
            return first
        if role.bare:
            return first + (head in self.words.with_complement)
        body = head in self.words.bodies
        if self.printed[role.end - 1].isupper() and not body:
            return first  # "Ketua DPRD NAME"
        for token in range(first + 1, last):
            if self._speaks_later(token, last):
                return token
        return last - COMMON_NAME if body else first  # "Direktur PT X Y NAME NAME"

    def _speaks_later(self, token: int, behind: int) -> bool:
        """Whether a word stands alone later on, as the short name of a person does."""
        word, printed = self.printed[token], self.printed
        later = range(behind, min(len(printed) - 1, behind + REACH))
        return len(word) > 1 and any(printed[at] == word and self._stands_alone(at) for at in later)

    def _stands_alone(self, at: int) -> bool:
        """Whether no capital touches a word on either side."""
        return not (self.printed[at + 1][0].isupper() or self.printed[at - 1][0].isupper())

    def complement_run(self, role: Role, first: int, last: int, end: int) -> tuple[int, int, int] | None:
        """(end of the office, first, last) of "Ketua Mekar Wangi, NAME": the first run was the complement."""
        if role.kind == "place" or role.closed:
            return None
        # words that are no names may end a body's: "Yayasan Maju Bersama, NAME"
        last = skip(last, min(end, first + MAX_RUN), lambda token: self.printed[token][0].isupper())
        if not self.found.has(last, end, ",") or skip_degrees(self.found, last, end, self.names) > last:
            return None
        name = read_name(self.found, last + 1, end, self.names)
        if name is None or name[0] in self.text.places or name[1] >= end:
            return None
        return (last, *name) if self._is_holder(role, *name, end) else None

    def _is_holder(self, role: Role, first: int, last: int, end: int) -> bool:
        """Whether a name behind a run of capitalised words and a comma is that of who holds the office."""
        after = self.lower[last]
        told = self._apposed(last, end) or VERB.match(after) is not None
        if not told and self.printed[role.end - 1].isupper():
            return False  # a row of people: "Ketua TP PKK NAME, NAME, ..."
        if not (told or role.bare) and last - first < 2:
            return False
        return after == "," or (after[0].isalpha() and after not in self.words.joiners)

    def _apposed(self, at: int, end: int) -> bool:
        """Whether a comma and then a verb stand behind a name: "Ketua Komunitas X, NAME, mengaku"."""
        if at + 1 >= end or self.lower[at] != ",":
            return False
        return self.printed[at + 1][0].islower() and self.lower[at + 1] not in self.words.company_joiners
