"""Of which region a count speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extract.article.context import Context
from extract.article.view import View
from extract.claims.quantities.mentioned import Mention, Mentions
from extract.claims.quantities.official import build_official_counts
from extract.vocabulary.areas import Areas
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Tokens behind a counted noun within which a region belongs to it ("18 kecamatan yang ada di Kabupaten X").
_REACH = 7
#: Tokens before a number within which a region may be its owner ("Di X, menurut kepala dinas, empat ...").
_BACK = 24
#: Kecamatan; a province's programme has more.
_FEW = 9
#: Regencies that make a list.
_SEVERAL = 3
#: Tokens of a sentence that lists places.
_LIST = 60
#: Tokens between two regencies that are named as examples, and before them.
_PAIR = 4
#: How many times as many as there are may be counted.
MOST = 1.25


@dataclass(frozen=True, slots=True)
class RegionTables:
    """Words that point at a region, or part what is said of one from what is said of the next."""

    pointers: PhraseTable  # keys: province, regency
    list_openers: PhraseTable
    examples: PhraseTable
    turns: frozenset[str]
    apart: frozenset[str]


def build_region_tables(vocabulary: Vocabulary) -> RegionTables:
    return RegionTables(
        pointers=PhraseTable(
            {
                "province": vocabulary.cue("quantities", "this_province"),
                "regency": vocabulary.cue("quantities", "this_regency"),
            }
        ),
        list_openers=vocabulary.table("quantities", "list_openers"),
        examples=vocabulary.table("quantities", "examples"),
        turns=vocabulary.cue_set("quantities", "turns"),
        apart=vocabulary.cue_set("quantities", "apart"),
    )


@dataclass(frozen=True, slots=True)
class Region:
    """Codes joined with `|`; `explicit` where the sentence itself names the region."""

    code: str
    explicit: bool

    def name(self, areas: Areas) -> str:
        if self.code == areas.province:
            return areas.province_name
        return "|".join(areas.regency_by_code[c].name for c in self.code.split("|"))


class Regions:
    """Finds the region of a token range, from the sentence first, from the passage's context else."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.context = context
        self.tables = view.vocabulary.compiled(build_region_tables)
        self.counts = view.vocabulary.compiled(build_official_counts)
        self.mentions = Mentions(view)
        self.province = self.mentions.province

    # --- candidates --------------------------------------------------------------------------------------

    def candidates(self, first: int, last: int, begin: int, end: int, *, areas: bool = False) -> list[Region]:
        """The regions that a count at tokens `first` to `last` may speak of, the likeliest first.

        Its clause is `begin` to `end`. `areas`: areas are counted, not what somebody gives.
        """
        skipped = self.mentions.given_to if areas else frozenset[int]()
        reach = self._turn(last, min(end, last + _REACH))
        behind = self._behind(last, reach, end, skipped)
        told = (
            behind,
            self._listed(last, end),
            "" if behind else self._pointer(last, reach, first),
            *self._before(first, max(begin, first - _BACK), skipped),
        )
        found = [Region(code, True) for code in told if code]
        if code := self.passage(first):
            found.append(Region(code, False))
        return [*found, Region(self.province, False)]

    def at(self, first: int, last: int, begin: int, end: int) -> Region:
        """The likeliest of them."""
        return self.candidates(first, last, begin, end)[0]

    def last(self, token: int) -> list[Region]:
        """The regency that was named last before a token, in a list of at most one."""
        last = self.mentions.regencies.before(token)
        return [Region(last.code, False)] if last else []

    def _turn(self, first: int, last: int) -> int:
        """Where another subject begins within a token range, else its end."""
        return next((i for i in range(first, last) if self.lower[i] in self.tables.turns), last)

    def _behind(self, last: int, reach: int, end: int, skipped: Collection[int]) -> str:
        """The region named right behind a count; "" if none is."""
        places = (m for m in self.mentions.places.within(last, reach) if m.start not in skipped)
        return next((m.code for m in places if not self._is_of_next(last, m, end)), "")

    def _is_of_next(self, last: int, place: Mention, end: int) -> bool:
        """Whether a place behind a count is the next count's: "26.500 orang, dan di Kota X sendiri 1.140"."""
        if end - place.end > 2 or self.tables.apart.isdisjoint(self.lower[last : place.start]):
            return False
        return any(n.start == end for n in self.view.spans_in("numbers", end, min(len(self.lower), end + 3)))

    def _before(self, first: int, back: int, skipped: Collection[int]) -> Iterator[str]:
        """The regions named before a count, the nearest first; else what a pointer there means."""
        named = [m for m in self.mentions.places.within(back, first) if m.end <= first]
        before = [m.code for m in named if m.start not in skipped]
        yield from reversed(before)
        if not before:
            yield self._pointer(max(back, first - _REACH), first, first)

    def _pointer(self, first: int, last: int, token: int) -> str:
        """What "provinsi ini" and "kabupaten itu" point at within a token range."""
        for _, _, key in self.tables.pointers.find(self.lower, first, last):
            return self.province if key == "province" else self.context.regency_at(token)
        return ""

    def _listed(self, last: int, end: int) -> str:
        """The regency of the kecamatan that are listed behind a count; "" if none or several.

        They stand in its clause or in a sentence that goes on with them.
        """
        spans = self.mentions.inner.within(last, end)
        number = self.view.sentence_at(last - 1) + 1
        if not spans and number < len(self.view.sentences):
            first, stop = self.view.sentences[number]
            opener = self.tables.list_openers.at(self.lower, first)
            if opener or self.mentions.inner.within(first, first + 2):
                spans = self.mentions.inner.within(first, min(stop, first + _LIST))
        codes = {".".join(c.split(".")[:2]) for s in spans for c in s.kb_id_.split("|")}
        return codes.pop() if len(codes) == 1 else ""

    def is_inside_one(self, token: int, begin: int) -> bool:
        """Whether a clause opens with the one kecamatan of which it counts: "Di Boja ada dua RPPA"."""
        inner = self.mentions.inner.within(begin, token)
        if len(inner) != 1 or self.mentions.places.within(begin, token):
            return False
        return inner[0].start - begin <= 2 and token - inner[0].end <= 3

    # --- what a passage speaks of --------------------------------------------------------------------------

    def passage(self, token: int) -> str:
        """The regency that a passage speaks of, "" for the province.

        The province's seat, without a word for the city, is only where the report was written.
        """
        code = self.context.regency_at(token)
        last = self.mentions.regencies.before(token)
        if last and code == last.code and self._is_passed(last, token):
            return self.mentions.main
        if not code and last and self.mentions.provinces.before(token) in self.mentions.compared:
            code = last.code
        return "" if self._is_bare_seat(code) or self._is_of_list(token) else code

    def _is_passed(self, last: Mention, token: int) -> bool:
        """Whether a regency was named aside in an earlier sentence of an article on another one."""
        mentions = self.mentions
        return bool(mentions.main) and last.start in mentions.aside and token >= self._end(last.start)

    def _is_bare_seat(self, code: str) -> bool:
        return code == self.mentions.tables.capital and not self.mentions.seat_meant

    def _is_of_list(self, token: int) -> bool:
        """Whether the regency that was named last before a token is one of several in an earlier sentence."""
        last = self.mentions.regencies.before(token)
        if last is None:
            return False
        stop = self._end(last.start)
        if token < stop:
            return False
        first, _ = self.view.sentences[self.view.sentence_at(last.start)]
        named = self.mentions.regencies.within(max(first, last.start - _LIST), stop)
        return len({m.code for m in named}) >= _SEVERAL or self._are_examples(named)

    def _are_examples(self, named: Sequence[Mention]) -> bool:
        """Whether the last two regencies of a sentence are examples: "dua di antaranya X dan Kota Y"."""
        if len(named) < 2 or named[-1].start - named[-2].start > _PAIR:
            return False
        start = named[-2].start
        return bool(self.tables.examples.find(self.lower, max(0, start - _PAIR), start))

    def _end(self, token: int) -> int:
        """The end of a token's sentence."""
        return self.view.sentences[self.view.sentence_at(token)][1]

    # --- how many there are ------------------------------------------------------------------------------

    def official(self, code: str, level: str, noun: str = "") -> tuple[int, ...]:
        """The official counts that a printed one may be held against; (0,) where none is known."""
        return self.counts.of(code, level, noun)

    def of_areas(self, regions: list[Region], level: str, value: int, token: int) -> Region:
        """The region of so many areas that hold a status, from its candidates.

        So few are those of a regency, even where an official of the province was mentioned since.
        """
        region = regions[0]
        open_which = region.code == self.province and not region.explicit
        if open_which and level == "kecamatan" and value <= _FEW and not self._is_of_list(token):
            last = (r for r in self.last(token) if not self._is_bare_seat(r.code))
            region = next(last, region)
        return self.settle(region, level, value)

    def settle(self, region: Region, level: str, value: int) -> Region:
        """Drops the alternatives that have fewer areas than were counted; the province holds the rest."""
        if region.code == self.province:
            return region
        fits = [c for c in region.code.split("|") if max(self.official(c, level)) * MOST >= value]
        return Region("|".join(fits), region.explicit) if fits else Region(self.province, False)
