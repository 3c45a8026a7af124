"""What a name tells of the office beside it: where the office ends, and where the name begins."""

from __future__ import annotations

from extract.mentions.people.names import read_name, skip_degrees
from extract.mentions.people.roles import MAX_ROLE, VERB, Role, RoleParser
from extract.vocabulary.scan import Scan, skip

#: Tokens of the longest unknown name of a body.
MAX_RUN = 8
#: Words of most names.
COMMON_NAME = 2
#: Tokens behind a name in which it may be printed again, short.
REACH = 400


class RoleEnds:
    """Settles the words between an office and a name that no list knows. One for each article."""

    def __init__(self, parser: RoleParser) -> None:
        self.parser = parser
        self.found = parser.found
        self.lower = parser.lower
        self.printed = parser.printed
        self.words = parser.words
        self.names = parser.names

    def extend(self, role: Role, end: int) -> Role:
        """An office behind a name, with the words that no list knows, up to a verb or a mark."""
        scan = Scan(role.end, min(end, role.first + MAX_ROLE))
        for at in scan:
            word = self.lower[at]
            if at in self.parser.known:
                scan.at = self.parser.known[at]
            elif at in self.parser.places:
                scan.at = self.parser.places[at]
            elif not word[0].isalnum():
                if word not in "-/&" and not (word == "." and self.lower[at - 1] in self.words.kinds):
                    break
                scan.at = at + 1
            elif word in self.words.stops or VERB.match(word):
                break
            elif word not in ("dan", "serta") or self.parser.opens_more(at + 1, end):
                scan.at = at + 1
            else:
                break
        at = scan.at
        return self.parser.role(role.first, at, at, role.kind, False, True, role.bare and at == role.end)

    def up_to(self, role: Role, end: int) -> Role:
        """An office with all the words up to a token."""
        return self.parser.role(role.first, end, end, role.kind, False, True, False)

    def split(self, role: Role, first: int, last: int) -> int:
        """Where a name begins in a run of capitalised words that a complement may open."""
        if role.kind == "place" or role.closed or last - first < 3:
            return first
        if role.bare:
            return first + (self.lower[role.end - 1] in self.words.with_complement)
        body = self.lower[role.end - 1] in self.words.bodies
        if self.printed[role.end - 1].isupper() and not body:
            return first  # "Ketua DPRD NAME"
        for token in range(first + 1, last):
            if self._speaks_later(token, last):
                return token
        return last - COMMON_NAME if body else first  # "Direktur PT X Y NAME NAME"

    def _speaks_later(self, token: int, behind: int) -> bool:
        """Whether a word stands alone later on, as the short name of a person does."""
        word, printed = self.printed[token], self.printed
        if len(word) < 2:
            return False
        for at in range(behind, min(len(printed) - 1, behind + REACH)):
            if printed[at] == word and not printed[at + 1][0].isupper() and not printed[at - 1][0].isupper():
                return True
        return False

    def complement_run(self, role: Role, first: int, last: int, end: int) -> tuple[int, int, int] | None:
        """(end of the office, first, last) of "Ketua Mekar Wangi, NAME": the first run was the complement."""
        if role.kind == "place" or role.closed:
            return None
        # words that are no names may end a body's: "Yayasan Maju Bersama, NAME"
        last = skip(last, min(end, first + MAX_RUN), lambda token: self.printed[token][0].isupper())
        if last >= end or self.lower[last] != ",":
            return None
        if skip_degrees(self.found, last, end, self.names) > last:
            return None
        name = read_name(self.found, last + 1, end, self.names)
        if name is None or name[0] in self.parser.places or name[1] >= end:
            return None
        after = self.lower[name[1]]
        told = self._apposed(name[1], end) or VERB.match(after) is not None
        if not told and self.printed[role.end - 1].isupper():
            return None  # a row of people: "Ketua TP PKK NAME, NAME, ..."
        if not role.bare and name[1] - name[0] < 2 and not told:
            return None
        if after != "," and (not after[0].isalpha() or after in self.words.joiners):
            return None
        return last, *name

    def _apposed(self, at: int, end: int) -> bool:
        """Whether a comma and then a verb stand behind a name: "Ketua Komunitas X, NAME, mengaku"."""
        if at + 1 >= end or self.lower[at] != ",":
            return False
        return self.printed[at + 1][0].islower() and self.lower[at + 1] not in ("dan", "serta", "beserta")
