"""Finds the private words of an article: names of victims, children, the sick, their schools and addresses.

In a sentence with a strong cue ("korban", "pasien") nobody without an office is named; beside a weak one
("anak", "lansia") the name next to it is hidden, and so is a name with an age. What is hidden once is hidden
in the whole article. Whoever holds an office keeps the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from db.records import Person, PrivateWords
from extract.article.view import View
from extract.privacy.cues import Cue, Cues
from extract.privacy.dwellings import Dwellings
from extract.privacy.officials import Officials
from extract.privacy.rows import Row, Rows
from extract.privacy.spelling import Spelling
from extract.privacy.words import PrivacyWords
from extract.vocabulary.scan import skip_before
from extract.vocabulary.tokens import tokenize

#: Tokens between a cue and its name.
REACH = 9
#: Words between a weak cue and its name that say something else of the one who has both.
MAX_PLAIN = 1
#: Months and years of which a lone word's figure may as well count something: "Majasari (3)".
SMALL_COUNT = 5

#: What a word ends in that is most often a noun: "Pelatihan", "Alasannya".
NOUN_ENDINGS = ("an", "nya", "asi", "tas", "ing")

#: Before an age.
OPEN = frozenset("([,/")


def find_private(view: View) -> tuple[PrivateWords, ...]:
    """What of an article readers must not see. Pure; needs the spans of every finder."""
    return _Scan(view).find()


def unlisted(view: View, people: tuple[Person, ...]) -> tuple[PrivateWords, ...]:
    """Those whose office is one of the neighbourhood or of volunteers: no public persons."""
    roles = view.vocabulary.table("privacy", "unlisted_roles")
    return tuple(
        PrivateWords(kind="unlisted", printed=person.name, shown=person.name)
        for person in people
        if roles.at(tokenize(person.role.lower()), 0)
    )


class _Scan:
    """One article's walk over its sentences."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found = view.reading
        self.words = view.vocabulary.compiled(PrivacyWords)
        self.rows = Rows(view, self.words)
        self.officials = Officials(view, self.words)
        self.cues = Cues(view, self.words, self.rows, self.officials)
        self.dwellings = Dwellings(view, self.words, self.officials.tokens)
        self.hidden: list[Row] = []

    def find(self) -> tuple[PrivateWords, ...]:
        places: list[PrivateWords] = []
        near = False  # whether the sentence before hides a name
        for begin, end in self.view.sentences:
            cues = self.cues.of(begin, end)
            if not (cues or near or begin in self._told):
                continue
            before = len(self.hidden)
            self._read_sentence(begin, end, cues)
            named = len(self.hidden) > before
            strong = any(kind == "strong" for _, _, kind in cues)
            if named or near or cues:
                places += self.dwellings.find(begin, end, near=named or near, strong=strong)
            near = named
        names = Spelling(self.view, self.words, self.rows, self.officials).spell(self.hidden)
        return tuple(dict.fromkeys([*names, *places]))

    # --- one sentence ------------------------------------------------------------------------------

    @cached_property
    def _told(self) -> frozenset[int]:
        """First tokens of sentences that may print a name with an age or initials, also without a cue."""
        lower = self.found.lower
        figures = (t - 1 for t, word in enumerate(lower) if word[0].isdigit() and t and lower[t - 1] in OPEN)
        announced = () if self.words.announcing.isdisjoint(lower) else self._find_announced()
        return frozenset(self.view.sentences[self.view.sentence_at(t)][0] for t in (*figures, *announced))

    def _find_announced(self) -> Iterator[int]:
        return (t for t, word in enumerate(self.found.lower) if word in self.words.announcing)

    def _read_sentence(self, begin: int, end: int, cues: list[Cue]) -> None:
        rows = list(self.rows.between(begin, end))
        listed = False  # whether the row before is hidden and this one goes on with it
        for number, row in enumerate(rows):
            if number and listed:
                listed = self._joins(rows[number - 1].last, row.first)
            hide = not self.officials.is_held(row) or self._is_misread(row, cues)
            hide = hide and (self._tells(row, begin, end, cues) or (listed and not row.initials))
            if hide:
                last = self.rows.age_behind(row.last, end)
                self.hidden.append(replace(row, aged=last))
            listed = hide

    def _tells(self, row: Row, begin: int, end: int, cues: list[Cue]) -> bool:
        """Whether a sentence tells that a name is private."""
        if row.common:
            near = cues or any(begin <= other.first < end for other in self.hidden[-1:])
            return bool(near) and self.rows.age_behind(row.last, end) > 0
        aged = self.rows.age_behind(row.last, end) and self._is_age(row, begin, end, cues)
        return bool(aged) or self._is_made_up(row, begin, end) or self._is_told_by(cues, row, begin, end)

    def _is_made_up(self, row: Row, begin: int, end: int) -> bool:
        """Whether a name is said to be initials or an invented one: "sebut saja Bunga"."""
        lower = self.found.lower
        before = self.words.initials.find(lower, max(begin, row.first - 4), row.first)
        if before and self._announced(row, begin):
            return True
        opened = row.last + 1 < end and lower[row.last] in "(,"
        return opened and self.words.aliases.at(lower, row.last + 1) is not None

    def _is_told_by(self, cues: list[Cue], row: Row, begin: int, end: int) -> bool:
        """Whether a cue of the sentence belongs to a name."""
        strong = any(kind == "strong" for _, _, kind in cues)
        if strong and not row.initials and (row.sure or self._acts(row, begin, end)):
            return True
        if any(self._tight(cue, row) for cue in cues if cue[1] <= row.first):
            return not row.initials or strong
        return not row.initials and any(self._behind(row, cue, end) for cue in cues if cue[0] >= row.last)

    def _acts(self, row: Row, begin: int, end: int) -> bool:
        """Whether a sentence's first word is who something befalls: "Joko dikurung keluarganya"."""
        word = self.found.lower[row.first]
        if row.first < self.found.title_end or row.last >= end or word.endswith(NOUN_ENDINGS):
            return False
        return self.found.lower[row.last] in self.words.befalls

    def _announced(self, row: Row, begin: int) -> bool:
        """Whether an announcer of initials or of an invented name ends right before a row."""
        lower, between = self.found.lower, (*':,("“”', "adalah", "dengan", "saja", "namanya")
        at = skip_before(row.first, begin, lambda token: lower[token] in between)
        for first in range(max(begin, row.first - 5), row.first):
            hit = self.words.initials.at(lower, first)
            if hit and at <= hit[0] <= row.first:
                return True
        return False

    def _is_age(self, row: Row, begin: int, end: int, cues: list[Cue]) -> bool:
        """Whether the figure behind a name is an age, and not how many there are of something."""
        letters = [
            self.found.words[t] for t in range(row.first, row.last) if self.found.words[t][0].isalpha()
        ]
        if cues or len(letters) > 1 or (row.initials and len(letters[0]) == 1):
            return True
        behind = self.found.lower[row.last : min(end, row.last + 12)]
        ahead = self.found.lower[max(begin, row.first - 4) : row.first]
        if not self.words.persons.isdisjoint((*behind, *ahead)):
            return True
        figure = next((int(w) for w in behind[:4] if w.isdigit()), 0)
        return not row.initials and figure >= SMALL_COUNT

    def _tight(self, cue: Cue, row: Row) -> bool:
        """Whether a name stands right behind a cue, with nothing between that begins something else."""
        _, at, kind = cue
        if row.first - at > REACH:
            return False
        if (
            row.first < self.found.title_end
            and self.rows.shouted_title
            and (row.first > at or kind == "weak")
        ):
            return False
        between = range(at, row.first)
        plain = sum(self._is_plain(t) for t in between)
        return all(self._passes(t) for t in between) and (kind == "strong" or plain <= MAX_PLAIN)

    def _is_plain(self, token: int) -> bool:
        """Whether a word between a cue and a name tells nothing of the one who has both."""
        word = self.found.lower[token]
        told = word in self.words.modifiers or token in self.rows.known
        return self.found.words[token].islower() and not told

    def _passes(self, token: int) -> bool:
        word, lower = self.found.words[token], self.found.lower[token]
        if (
            lower in self.words.breakers
            or token in self.officials.offices
            or self.found.sentence_starts[token]
        ):
            return False
        if token in self.rows.known:
            return True
        if word[0].isupper():
            known = (
                self.words.openers,
                self.words.names.honorifics,
                self.words.words,
                self.words.names.numerals,
            )
            return token in self._school_tokens or any(lower in words for words in known)
        return word[0].isalnum() or word in ",:(\"“”)'/-" or (word == "." and self._is_title_stop(token))

    @cached_property
    def _school_tokens(self) -> frozenset[int]:
        """Tokens of schools' names: "siswa MI Muhammadiyah, NAME"."""
        found = self.words.schools.find(self.found.lower, 0, len(self.found.lower))
        ends = ((first, self.dwellings.school(first, len(self.found.lower))) for first, _, _ in found)
        return frozenset(t for first, last in ends for t in range(first, last))

    def _is_title_stop(self, token: int) -> bool:
        return token > 0 and self.found.lower[token - 1] in self.words.names.honorifics

    def _behind(self, row: Row, cue: Cue, end: int) -> bool:
        """Whether a cue says what somebody is: "NAME (14), siswi", "NAME yang lumpuh"."""
        lower = self.found.lower
        if row.first < self.found.title_end and self.rows.shouted_title:
            return False
        at = self.rows.age_behind(row.last, end) or row.last
        comma = at < end and lower[at] in ",("
        at += comma
        link = self.words.links.at(lower, at) if at < end else None
        if link:
            at = link[0]
        if at < cue[0] and lower[at] in self.words.kin:
            at += 1  # "NAME, ibu korban"
        if at < cue[0] and lower[at] in ("kandung", "dari", "warga", "seorang", "si", "sang", "para"):
            at += 1
        return at == cue[0] and (comma or link is not None)

    def _joins(self, last: int, first: int) -> bool:
        """Whether only "," and "dan" part two names."""
        return 0 < first - last <= 6 and all(
            w in (",", "dan", "serta", "&", "(", ")") or w.isdigit() or w in self.words.years
            for w in self.found.lower[last:first]
        )

    def _is_misread(self, row: Row, cues: list[Cue]) -> bool:
        """Whether somebody with a small office is named as a victim or a victim's family right there."""
        if not any(cue[2] == "strong" and cue[1] <= row.first and self._tight(cue, row) for cue in cues):
            return False
        return self.officials.has_small_office(row)
