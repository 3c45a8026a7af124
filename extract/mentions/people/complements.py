"""The complement of an office, read word by word behind its head."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.mentions.people.complement_words import ComplementWords
from extract.mentions.people.office import OfficeText, Role
from extract.vocabulary.scan import Scan
from extract.vocabulary.tokens import VERB

#: Lower-case words of a complement that no list knows.
MAX_LOOSE = 6
#: What binds an office to a person spoken of: "ketuanya".
ENCLITIC = "nya"


@dataclass(slots=True)
class Complement:
    """The walk over the complement of the office at tokens `first` to `stop`.

    Each `_behind_` method reads one thing that may stand at a token and gives the token behind it: the token
    itself if the complement ends there, 0 if the thing is another one.
    """

    text: OfficeText
    parts: ComplementWords
    first: int
    stop: int  # where the head ends
    end: int  # where the complement must end
    small: bool  # whether it may be of lower-case words that no list knows
    last: int  # where it ends as far as it has been read
    closed: bool  # whether it may be complete there
    comma: bool = False
    loose: int = 0  # unknown lower-case words behind `last`
    whole: Role | None = None  # the office, where a word shows that it is complete

    def read(self) -> Role:
        scan = Scan(self.last, self.end)
        for at in scan:
            scan.at = self._behind(at)
        if self.whole is not None:
            return self.whole
        if self.loose and self.comma:
            self.last = scan.at
        return self._role(self.last + self.comma, self.comma, self.closed)

    def _role(self, last: int, comma: bool, closed: bool) -> Role:
        bare = self.last == self.stop
        return self.text.role(self.first, self.last, last, "office", comma, closed, bare)

    def _behind(self, at: int) -> int:
        return (
            self._behind_name(at)
            or self._behind_bracket(at)
            or self._behind_comma(at)
            or self._behind_part(at)
            or self._behind_unknown(at)
            or self._behind_joiner(at)
            or self._behind_reference(at)
            or self._behind_enclitic(at)
            or self._behind_loose(at)
            or at
        )

    def _to(self, token: int) -> int:
        """Goes on with a complement that reaches to a token."""
        self.last = token
        return token

    def _behind_name(self, at: int) -> int:
        """An agency, a programme, a pillar, or a row of areas."""
        if at in self.text.known:
            self.closed, self.loose = self.closed or at in self.text.agencies, 0
            return self._to(self.text.known[at])
        if at in self.text.places:
            self.closed, self.loose = True, 0
            return self._to(self.text.rows.areas(at, self.end))
        return 0

    def _behind_bracket(self, at: int) -> int:
        if close := self.text.bracket(at, self.end):
            return self._to(close + 1)
        if self.text.lower[at] == ")" and self.closed and self._before_comma(at):
            self.whole = self._role(at + 2, True, True)  # a bracket that nothing opened
            return at
        return 0

    def _before_comma(self, at: int) -> bool:
        return self.text.found.has(at + 1, self.end, ",")

    def _behind_comma(self, at: int) -> int:
        if self.text.lower[at] != ",":
            return 0
        kind = self.closed and self.text.found.has(at + 1, self.end, self.text.words.kinds)
        if kind or at + 1 in self.text.known or self.parts.goes_on(at + 1, self.end):
            return at + 1
        self.comma = at == self.last or self.loose > 0
        return at

    def _behind_part(self, at: int) -> int:
        """A word of complements."""
        if not self.closed and self.parts.hyphened(at, self.end):
            return self._to(at + 3)
        if not self.parts.belongs(at, self.end, self.closed):
            return 0
        self.closed = self.closed and self.text.lower[at] not in self.text.words.after_area
        return self._to(at + 1)

    def _behind_unknown(self, at: int) -> int:
        """A word that only the others around it, or another mention, make a part."""
        if self.closed:
            return 0
        if self.text.rows.regency(at) or self.text.rows.again(at, self.end):
            self.closed = True
            return self._to(at + 1)
        behind = self.parts.unknown_inside(at, self.end) or self.parts.told_short(at, self.end)
        return self._to(behind) if behind else 0

    def _behind_joiner(self, at: int) -> int:
        if self.text.lower[at] not in self.text.words.joiners or not self.parts.opens_more(at + 1, self.end):
            return 0
        self.closed = False
        return at + 1

    def _behind_reference(self, at: int) -> int:
        """A word such as "setempat" and a comma."""
        if self.text.lower[at] not in self.text.words.back_references or not self._before_comma(at):
            return 0
        self.whole = self._role(at + 2, True, True)
        return at

    def _behind_enclitic(self, at: int) -> int:
        """Another word of the office with "-nya", right behind."""
        word = self.text.lower[at]
        stem = word.removesuffix(ENCLITIC)
        if stem == word or stem not in self.text.words.role_words or at != self.last:
            return 0
        comma = self._before_comma(at)
        role = self.text.role(self.first, at + 1, at + 1, "office", False, True, False)
        self.whole = replace(role, text=role.text[: -len(ENCLITIC)], comma=comma, last=at + 1 + comma)
        return at

    def _behind_loose(self, at: int) -> int:
        """A lower-case word that no list knows."""
        word = self.text.lower[at]
        if not self.small or self.loose == MAX_LOOSE or not word.isalpha():
            return 0
        if self.text.printed[at][0].isupper() or word in self.text.words.stops or VERB.match(word):
            return 0
        self.loose += 1
        return at + 1
