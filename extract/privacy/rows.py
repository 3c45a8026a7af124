"""Rows of capitalised words that may name a person: what no finder knows as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.article.view import View
from extract.mentions.people.names import HEADLINE_VERB, skip_degrees, skip_honorifics
from extract.privacy.words import PrivacyWords
from extract.vocabulary.scan import Scan, skip_before
from extract.vocabulary.tokens import OPENERS

#: Letters of initials ("M", "MP", "SNA"); longer ones are short names of bodies.
MAX_INITIALS = 3
#: An age in years, or a baby's in months.
AGE = re.compile(r"\d{1,3}$")
#: Share of capitalised words from which a headline prints every word so.
TITLE_CASE = 0.7


@dataclass(frozen=True, slots=True)
class Row:
    """A possible name at tokens `first` to `last` (exclusive); `sure` unless it is a first word alone."""

    first: int
    last: int
    sure: bool = True
    initials: bool = False
    common: bool = False  # initials that more often are a short name: "RS"
    aged: int = 0  # the token behind the age that follows it


class Rows:
    """Looks through one article for possible names."""

    def __init__(self, view: View, words: PrivacyWords) -> None:
        self.view = view
        self.found = view.reading
        self.words = words

    @cached_property
    def known(self) -> frozenset[int]:
        """Tokens of places, offices, agencies, pillars and programmes."""
        view = self.view
        named = {
            t for key in ("agencies", "pillars", "programmes") for s in view.spans(key) for t in _range(s)
        }
        places = {t for s in view.spans("places") if s.kb_id_ or s.label_ == "PROVINCE" for t in _range(s)}
        return frozenset(named | places)

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that the text prints in lower case: in capitals they are no names."""
        return frozenset(w for w in self.found.words if w.islower() and len(w) > 2)

    @cached_property
    def shouted_title(self) -> bool:
        """Whether the headline prints each word in capitals, so that capitals tell no name there."""
        words = [w for w in self.found.words[: self.found.title_end] if w[0].isalpha()]
        return sum(w[0].isupper() for w in words) >= TITLE_CASE * len(words) if words else False

    @cached_property
    def degrees(self) -> frozenset[int]:
        """Tokens of degrees behind the names of the article's offices: "NAME, S.Psi., M.Si."."""
        ends = {s.end for s in self.view.spans("people")}
        return frozenset(t for end in ends for t in range(end, self._skip_degrees(end)))

    def _skip_degrees(self, at: int) -> int:
        end = self.view.sentences[self.view.sentence_at(at - 1)][1]
        return skip_degrees(self.found, at, end, self.words.names)

    def opens(self, at: int, begin: int) -> bool:
        """Whether a word is the first of its sentence or of words quoted in it."""
        return (
            all(not w[0].isalnum() for w in self.found.words[begin:at]) or self.found.words[at - 1] in OPENERS
        )

    def between(self, begin: int, end: int) -> Iterator[Row]:
        """The possible names of a sentence's tokens, in order."""
        scan = Scan(begin, end)
        for at in scan:
            scan.at = at + 1
            if not self.found.words[at][0].isupper() or at in self.known or at in self.degrees:
                continue
            last = self._row_end(at, end)
            yield from self._names(at, last, begin)
            scan.at = max(last, at + 1)

    def _row_end(self, at: int, end: int) -> int:
        """Where a row of capitalised words ends: at a known thing, a small word or a mark."""
        found, words = self.found, self.words.names
        scan = Scan(at, end)
        for at in scan:
            if at in self.known:
                break
            word = found.words[at]
            if word[0].isupper():
                scan.at = at + 1
                continue
            goes_on = at + 1 < end and found.words[at + 1][0].isupper() and at + 1 not in self.known
            glued = word in ".-–'" and found.starts[at] == found.ends[at - 1]
            inside = found.lower[at] in words.particles or (
                glued
                and (word != "." or len(found.words[at - 1]) == 1 or found.lower[at - 1] in words.initials)
            )
            initial_stop = word == "." and glued and len(found.words[at - 1]) == 1
            if inside and goes_on:
                scan.at = at + 2
            elif initial_stop and not goes_on:
                return at + 1 if found.words[at - 2 : at - 1] == ["."] else at
            else:
                break
        return scan.at

    def _names(self, first: int, last: int, begin: int) -> Iterator[Row]:
        """What of a row of capitalised words may be a name: behind openers and titles, unless a body's."""
        found = self.found
        opened = first
        for at in range(first, last):
            lower = found.lower[at]
            if lower in self.words.openers:
                if row := self._row(opened, at, begin):
                    yield row
                opened = at + 1
            elif lower in self.words.bodies and not self._is_aged_initials(at):
                if at > opened and (row := self._row(opened, at, begin)):
                    yield row
                return  # what follows is the body's own name
            elif self._is_word(at, begin):
                if row := self._row(opened, at, begin):
                    yield row
                if lower in self.words.names.not_names and lower not in self.words.openers:
                    return
                opened = at + 1
        if row := self._row(opened, last, begin):
            yield row

    def _is_aged_initials(self, at: int) -> bool:
        """Whether a body's short name is somebody's initials: "RS (16)"."""
        word = self.found.words[at]
        return (
            word.isupper()
            and len(word) <= MAX_INITIALS
            and self.age_behind(at + 1, len(self.found.words)) > 0
        )

    def _is_word(self, at: int, begin: int) -> bool:
        """Whether a capitalised word is a word like any other."""
        found, lower = self.found, self.found.lower[at]
        if len(lower) < 2 or not lower[0].isalpha() or self._is_aged_initials(at):
            return False
        if lower in self.words.names.not_names or HEADLINE_VERB.match(lower):
            return True
        in_title = at < found.title_end and self.shouted_title
        first = self.opens(at, begin)
        return (first or in_title) and (
            lower in self.small or lower in self.words.words or (first and lower.endswith("nya"))
        )

    def _row(self, first: int, last: int, begin: int) -> Row | None:
        """The possible name in a token range without its titles; None where it has no name's form."""
        if first >= last:
            return None
        found = self.found
        first = skip_honorifics(found, first, last, self.words.names)
        last = skip_before(last, first, lambda token: not found.words[token][0].isalpha())
        letters = [w for w in found.words[first:last] if w[0].isalpha()]
        if not letters or self._is_place(first, last, begin) or found.lower[first] in self.words.outlets:
            return None
        if all(w.isupper() and len(w) <= MAX_INITIALS for w in letters):
            joined = "".join(letters)
            if len(joined) > MAX_INITIALS + 1:
                return None
            return Row(first, last, False, True, joined.lower() in self.words.not_initials)
        if len(letters) == 1 and letters[0].isupper() and not self._all_shouted(first):
            return Row(first, last, sure=False, common=True)
        in_title = first < found.title_end and self.shouted_title
        return Row(first, last, sure=not in_title and (len(letters) > 1 or not self.opens(first, begin)))

    def _is_place(self, first: int, last: int, begin: int) -> bool:
        """Whether a row stands behind a body or a preposition or noun of place, or one word did elsewhere."""
        found = self.found
        before = found.lower[first - 1] if first > begin else ""
        if (before in self.words.bodies and found.words[first - 1][0].isupper()) or self._is_honoured(
            first, begin
        ):
            return True
        if before in self.words.places or self._is_origin(first, last, begin):
            return True
        return last - first == 1 and found.lower[first] in self._placed

    def _is_origin(self, first: int, last: int, begin: int) -> bool:
        """Whether one word is where somebody comes from, and nobody's parent: "pulang dari Jakarta"."""
        lower = self.found.lower
        return (
            last - first == 1
            and first > begin + 1
            and lower[first - 1] == "dari"
            and lower[first - 2] not in self.words.openers
        )

    def _is_honoured(self, first: int, begin: int) -> bool:
        """Whether a body bears a person's name: "RSUD dr. R. NAME"."""
        lower, honorifics = self.found.lower, self.words.names.honorifics

        def honours(token: int) -> bool:
            word = lower[token]
            return word == "." or word in honorifics or (len(word) == 1 and word.isalpha())

        at = skip_before(first, begin + 1, honours) - 1
        return at < first - 1 and at >= begin and lower[at] in self.words.bodies

    @cached_property
    def _placed(self) -> frozenset[str]:
        """Capitalised words behind a noun of place, anywhere in the article: "Desa Wadas"."""
        found, nouns = self.found, self.words.area_kinds
        return frozenset(
            found.lower[at + 1]
            for at in range(len(found.words) - 1)
            if found.lower[at] in nouns and found.words[at + 1][0].isupper()
        )

    def _all_shouted(self, at: int) -> bool:
        """Whether a word in capitals stands in a headline of capitals."""
        return at < self.found.title_end and all(
            w.isupper() for w in self.found.words[: self.found.title_end] if w[0].isalpha()
        )

    def age_behind(self, last: int, end: int) -> int:
        """The token behind the age that follows a name: "(14)", "(14 tahun)", ", 14,"; 0 if none does."""
        lower = self.found.lower
        at = last
        if at + 1 < end and lower[at] == "." and lower[at + 1] == "(":
            at += 1  # "M.P. (14)"
        if at >= end or lower[at] not in "(,[/":
            return 0
        opened = lower[at]
        at += 1
        if at < end and lower[at] in self.words.aged:
            at += 1
        if at >= end or not AGE.match(lower[at]) or not 0 < int(lower[at]) < 120:
            return 0
        at += 1
        unit = at < end and lower[at] in self.words.years
        at += unit
        if opened in "([":
            return at + 1 if at < end and lower[at] in ")]," else 0
        return at if unit or at >= end or lower[at] in ",." else 0


def _range(span: Span) -> range:
    return range(span.start, span.end)
