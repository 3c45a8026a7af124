"""Finds what may be the name of a place, and what the words beside it say of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extract.vocabulary.areas import Areas, fold
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import Scan
from extract.vocabulary.tokens import Reading, Segment

PlaceKind = Literal["REGENCY", "KECAMATAN", "VILLAGE", "PROVINCE", "FOREIGN", "NONE"]
#: K kecamatan, V village, B kabupaten, C kota, "B|C" kab./kota, "" none.
Cue = Literal["K", "V", "B", "C", "BC", ""]

#: Letters by which most words are told to open no place's name, before any name is put together.
HEAD = 4


@dataclass(slots=True, eq=False)
class Mention:
    """A name at tokens `first` to `last` (exclusive); compared by identity.

    Its kind and codes are settled step by step.
    """

    first: int
    last: int
    name: str  # folded
    cue: Cue
    cue_first: int  # first token of the cue, or `first`
    kind: PlaceKind = "NONE"
    codes: tuple[str, ...] = ()
    rule: str = ""
    linked: bool = False  # joined to the mention before it as in a list
    after_comma: bool = False  # ... by a comma alone
    closing: bool = False  # ... by a word that closes a list
    frame: tuple[str, ...] = ()  # codes of the regency whose list it stands in: "Kabupaten X meliputi A, B"
    in_name: bool = False  # inside a longer proper name
    run: list[Mention] = field(default_factory=list)  # the list that it belongs to, itself included


class PlaceWords:
    """The cue words, ready for look-up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("places", key)

        self.kecamatan = cue("kecamatan")
        self.village = cue("village")
        self.kabupaten = cue("kabupaten")
        self.kota = cue("kota")
        self.joiners = cue("joiners")
        self.proper_heads = cue("proper_heads")
        self.regency_blockers = cue("regency_blockers")
        self.wider = cue("wider")
        self.regions = frozenset(fold(w) for w in vocabulary.cue("places", "regions"))
        self.of_region = cue("of_region")
        self.everyday = frozenset(fold(w) for w in vocabulary.cue("places", "everyday"))
        self.list_openers = cue("list_openers")
        self.closing_joiners = cue("closing_joiners")
        self.locatives = cue("locatives")
        self.counters = cue("counters")
        self.copulas = cue("copulas")
        self.cue_tail = cue("cue_tail")
        self.outlets = vocabulary.text_rules.outlet_words
        self.cues = self.kecamatan | self.village | self.kabupaten | self.kota
        # "RPPA Boja": a building of a programme bears the name of its place.
        self.buildings = PhraseTable(
            {"x": [f for p in vocabulary.programmes.values() for t in p.pillar for f in t.facility_phrases]}
        )
        known = (
            vocabulary.areas.regencies_by_name,
            vocabulary.areas.kecamatan_by_name,
            vocabulary.areas.provinces,
            vocabulary.areas.foreign_regencies,
        )
        # A shorter word may be the first part of a name that the press splits.
        self.heads = frozenset(
            name[:length] for names in known for name in names for length in range(1, HEAD + 1)
        )
        # "Kecamatan Berdaya": what follows the unit's name in a programme's name is no place.
        self.not_places = frozenset(
            tokens[1]
            for p in vocabulary.programmes.values()
            for phrase in (*p.names, *p.rivals)
            if len(tokens := phrase.lower().split()) > 1 and tokens[0] in self.cues
        )


def _capital(word: str) -> bool:
    return word[0].isupper()


def _cue_at(reading: Reading, words: PlaceWords, first: int, floor: int) -> tuple[Cue, int]:
    """The cue that ends right before token `first`, and its first token."""
    lower = reading.lower
    if reading.sentence_starts[first]:
        return "", first
    at = first - 1
    if at >= floor and lower[at] == "." and at - 1 >= floor:
        at -= 1
    if at >= floor and lower[at] == ")":  # "Pemerintah Kabupaten (Pemkab) Pemalang"
        at -= 1
    if at >= floor and lower[at] == "-" and at - 1 >= floor and lower[at - 1] in words.cue_tail:
        return "", first  # "se-Banyumas"
    if at < floor:
        return "", first
    word = lower[at]
    if word in words.kecamatan:
        counted = at > floor and (lower[at - 1] in words.counters or lower[at - 1].isdigit())
        return ("", first) if counted else ("K", at)
    if word in words.village:
        return "V", at
    if word in words.kabupaten:
        return "B", at
    if word in words.kota:
        if at - 2 >= floor and lower[at - 1] == "/" and lower[at - 2] in words.kabupaten:
            return "BC", at - 2
        return "C", at
    return "", first


def find_mentions(reading: Reading, areas: Areas, words: PlaceWords) -> list[Mention]:
    """Every capitalised name that the gazetteer knows, or that stands behind a cue; the longest wins."""
    mentions: list[Mention] = []
    for segment in reading.segments:
        mentions.extend(_segment_mentions(reading, areas, words, segment))
    return mentions


def _segment_mentions(
    reading: Reading, areas: Areas, words: PlaceWords, segment: Segment
) -> Iterator[Mention]:
    word, lower = reading.words, reading.lower
    behind = segment.first  # the end of the name before
    for at in [t for t in range(segment.first, segment.last) if word[t][0].isupper()]:
        if at < behind:
            continue
        cue, cue_first = _cue_at(reading, words, at, segment.first)
        if not cue and lower[at][:HEAD] not in words.heads:
            continue  # no known name opens like this
        if lower[at] in words.cues and not _opens_name(reading, areas, words, segment, at, cue):
            continue
        mention = _longest(reading, areas, words, segment, at, cue, cue_first)
        if mention is not None:
            yield mention
            behind = mention.last


def _opens_name(
    reading: Reading, areas: Areas, words: PlaceWords, segment: Segment, at: int, cue: Cue
) -> bool:
    """Whether a capitalised cue word is part of a name: "Kampung Laut", "Kecamatan Kota", "Dukuh Seti"."""
    if cue == "K" and reading.lower[at] in words.kota:
        return True
    if reading.lower[at] in words.kota and segment.first < at < segment.last - 1:
        listed = words.closing_joiners | {","}
        return reading.lower[at + 1] in listed and reading.lower[at - 1] in listed | words.list_openers
    if reading.lower[at] in words.kota or at + 1 >= segment.last or not _capital(reading.words[at + 1]):
        return False
    return fold("".join(reading.words[at : at + 2])) in areas.kecamatan_by_name


def _longest(
    reading: Reading, areas: Areas, words: PlaceWords, segment: Segment, at: int, cue: Cue, cue_first: int
) -> Mention | None:
    word = reading.words
    ends: list[int] = []
    scan = Scan(at, segment.last)
    for last in scan:
        if len(ends) == areas.longest:
            break
        if word[last] == "-" and ends and last + 1 < segment.last and _capital(word[last + 1]):
            last += 1
        if not _capital(word[last]) and not (ends and word[last].isdigit() and cue == "V"):
            break
        scan.at = last + 1
        ends.append(last + 1)
    if cue == "K" and reading.lower[at] in words.kota and len(ends) > 1:
        # "Kecamatan Kota Sragen" is kecamatan Sragen, "Kecamatan Kota Kudus" has the word in its name
        for end in reversed(ends[1:]):
            whole, rest = fold("".join(word[at:end])), fold("".join(word[at + 1 : end]))
            name = whole if whole in areas.kecamatan_by_name else rest
            if name in areas.kecamatan_by_name:
                return Mention(at, end, name, cue, cue_first)
    for end in reversed(ends):
        name = fold("".join(word[at:end]))
        if _known(areas, name, cue):
            return Mention(at, end, name, cue, cue_first)
    if cue in ("K", "V", "B", "C") and ends and reading.lower[at] not in words.not_places:
        # a village that is none may bear a kecamatan's name of two words: its second one is no name by itself
        known = [e for e in ends if cue == "V" and fold("".join(word[at:e])) in areas.kecamatan_by_name]
        stop = max([ends[0], *known])
        return Mention(at, stop, fold("".join(word[at:stop])), cue, cue_first)
    return None


def _known(areas: Areas, name: str, cue: Cue) -> bool:
    if cue == "V":
        return name in areas.villages_by_name
    if cue == "K":
        return name in areas.kecamatan_by_name
    if cue:
        return name in areas.regencies_by_name or name in areas.foreign_regencies
    if name in areas.variants and name.startswith("kota") and name != "kota":
        return False  # "Kota Blora" without a cue is the town
    return (
        name in areas.regencies_by_name
        or name in areas.kecamatan_by_name
        or name in areas.provinces
        or name in areas.foreign_regencies
    )
