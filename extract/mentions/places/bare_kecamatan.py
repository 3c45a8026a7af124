"""Names of kecamatan that stand alone: the article's other names decide whether they are places at all."""

from __future__ import annotations

from collections.abc import Iterable

from extract.mentions.places.candidates import Mention
from extract.mentions.places.place_text import PlaceText
from extract.vocabulary.scan import skip, skip_before
from extract.vocabulary.tokens import OPENERS, Segment

#: Tokens on either side of a name in which its sentence's other names are looked at.
BESIDE = 25
#: Kecamatan in its sentence that make an everyday word one too; names on either side that are looked at.
MATES, NEIGHBOURS = 2, 6
#: Tokens between a name and the list that its sentence goes on with.
COMPANY = 3
#: Tokens in which a building's kind stands before its name.
BUILDING = 6
#: Marks that open a quote.
_QUOTES = frozenset(OPENERS) - {"(", "["}
#: Kinds of segments that may name one place each.
_LISTING = ("heading", "item")


def settle_bare_kecamatan(text: PlaceText) -> None:
    """A name alone is a kecamatan where the article speaks of its regency, or has named it with its cue."""
    bare = _BareKecamatan(text)
    for mention in reversed(text.mentions):  # the text first: a headline's bare names need it
        if mention.open and not mention.cue and not mention.in_name and bare.is_one(mention):
            bare.known.add(mention.name)
            mention.settle("KECAMATAN", "places.bare")


class _BareKecamatan:
    def __init__(self, text: PlaceText) -> None:
        self.text = text
        self.reading = text.reading
        self.areas = text.areas
        self.regencies = {c for m in text.of_kind("REGENCY") for c in text.areas.regencies_by_name[m.name]}
        self.known = text.names("KECAMATAN")
        self.villages = text.names("VILLAGE")

    def is_one(self, mention: Mention) -> bool:
        known = mention.name in self.known
        if not self.text.is_kecamatan(mention):
            return False
        if not known and mention.name in self.villages and not self._opens_list(mention):
            return False
        if self._part_of_name(mention) or self._of_region(mention):
            return False
        return known or self._is_first(mention)

    def _opens_list(self, mention: Mention) -> bool:
        """Whether the sentence goes on with a list of its regency's kecamatan: "Pamotan, bersama Sedan dan
        Gunem, ..." is none of the village of that name."""
        behind = self.text.behind(mention)
        if behind is None or behind.first - mention.last > COMPANY or len(behind.run) < MATES:
            return False
        if any(self.reading.sentence_starts[mention.last : behind.run[0].first + 1]):
            return False
        around = self.areas.regencies_with(mention.name) & self.regencies
        return all(not self.areas.regencies_with(mate.name).isdisjoint(around) for mate in behind.run)

    def _is_first(self, mention: Mention) -> bool:
        """Whether the text's first mention of a name is one of a kecamatan."""
        if mention.first < self.reading.title_end:
            return False
        if mention.name in self.text.words.everyday and not self._told(mention):
            return False
        return not self.areas.regencies_with(mention.name).isdisjoint(self.regencies)

    def _told(self, mention: Mention) -> bool:
        """Whether the names and words around an everyday word make it a place."""
        return (
            self._headed(mention)
            or self.text.located(mention)
            or self._addressed(mention)
            or self._in_company(mention, mention.run, 1)
            or self._in_company(mention, self._beside(mention), MATES)
        )

    def _addressed(self, mention: Mention) -> bool:
        """Whether a name opens its sentence and the regency that holds it follows: "4. Bulu, Sukoharjo"."""
        outer = self.text.behind(mention)
        if outer is None or outer.kind != "REGENCY" or not self.reading.sentence_starts[mention.first]:
            return False
        if self.reading.words[mention.last : outer.cue_first] != [","]:
            return False
        around = self.areas.regencies_by_name.get(outer.name, ())
        return not self.areas.regencies_with(mention.name).isdisjoint(around)

    def _of_region(self, mention: Mention) -> bool:
        """Whether a name is that of a region of several regencies: "wilayah Kedu"."""
        words, before = self.text.words, mention.first - 1
        return mention.name in words.regions and before >= 0 and self.reading.lower[before] in words.of_region

    def _headed(self, mention: Mention) -> bool:
        """Whether a name is all of a heading or item among those of kecamatan: "1. Tugu", "2. Mijen"."""
        if not self._alone(mention):
            return False
        return self._in_company(mention, filter(self._alone, self._neighbours(mention)), 1)

    def _alone(self, mention: Mention) -> bool:
        """Whether a heading or an item holds nothing but a name."""
        segment = self.reading.segment_at(mention.first)
        whole = segment.first == mention.first and segment.last - mention.last <= 1
        return whole and segment.kind in _LISTING

    def _neighbours(self, mention: Mention) -> list[Mention]:
        at = self.text.index(mention)
        return self.text.mentions[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]

    def _in_company(self, mention: Mention, mates: Iterable[Mention], least: int) -> bool:
        """Whether so many others can be nothing but kecamatan of a regency that has one of this name."""
        around = self.areas.regencies_with(mention.name) & self.regencies
        names = {m.name for m in mates if m is not mention and self._is_mate(m, around)}
        return len(names) >= least

    def _is_mate(self, mention: Mention, around: frozenset[str]) -> bool:
        if mention.cue not in ("", "K") or mention.name in self.text.words.everyday:
            return False
        return not self.areas.regencies_with(mention.name).isdisjoint(around)

    def _beside(self, mention: Mention) -> list[Mention]:
        """The other names of a name's sentence, a few on either side."""
        starts = self.reading.sentence_starts
        first = skip_before(mention.first, max(0, mention.first - BESIDE), lambda t: not starts[t + 1])
        end = min(len(starts), mention.first + BESIDE)
        last = skip(mention.first + 1, end, lambda token: not starts[token]) - 1
        return [m for m in self._neighbours(mention) if first <= m.first <= last]

    # --- names of persons and buildings ------------------------------------------------------------

    def _part_of_name(self, mention: Mention) -> bool:
        """Whether capitalised words that are no places touch the name, as in a person's."""
        segment = self.reading.segment_at(mention.first)
        if segment.kind in ("dateline", "title"):
            return segment.kind == "dateline"
        return self._goes_on(mention, segment) or self._begins_before(mention, segment)

    def _goes_on(self, mention: Mention, segment: Segment) -> bool:
        """Whether another capitalised word follows."""
        after, behind = mention.last, self.text.behind(mention)
        return self.reading.capital(after, segment.last) and not _covers(behind, after)

    def _begins_before(self, mention: Mention, segment: Segment) -> bool:
        """Whether the capitalised word before a name belongs to it."""
        before, starts = mention.first - 1, self.reading.sentence_starts
        if before < segment.first or starts[mention.first] or _covers(self.text.before(mention), before):
            return False
        if not self.reading.words[before][0].isupper() or self._of_building(mention, segment):
            return False
        # the first word of a sentence, or of a quote, has its capital from there: "Sedangkan Bobotsari ..."
        quoted = before > segment.first and self.reading.lower[before - 1] in _QUOTES
        return not (starts[before] or quoted)

    def _of_building(self, mention: Mention, segment: Segment) -> bool:
        """Whether a programme's building or name stands before a place's: "RPPA Boja"."""
        lower, words = self.reading.lower, self.text.words
        if lower[mention.first - 1] in words.not_places:
            return True
        named = words.buildings.find(lower, max(segment.first, mention.first - BUILDING), mention.first)
        return bool(named) and named[-1][1] == mention.first


def _covers(mention: Mention | None, token: int) -> bool:
    """Whether a mention that is a place holds a token."""
    return mention is not None and not mention.open and mention.first <= token < mention.last
