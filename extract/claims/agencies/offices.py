"""Groups the mentions of agencies into offices and gives each its region.

A region that is not printed with the name comes from another mention of the same office, from the level on
which such offices exist, from whoever acts in the same paragraph, else from the regency of the article.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from extract.article.view import View
from extract.claims.agencies.actors import Actors
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: The region of what is no region's own.
NATION = "Indonesia"
#: Words of a name that tell an office from others of its type.
OPENING = 3


@dataclass(slots=True)
class Office:
    """One agency of one region."""

    types: tuple[str, ...]
    region: str  # full name, alternatives joined with "|"
    mentions: list[Span] = field(default_factory=list)
    short_forms: set[str] = field(default_factory=set)
    openings: set[tuple[str, ...]] = field(default_factory=set)  # the first words of its names


@dataclass(frozen=True, slots=True)
class Levels:
    """Offices that exist on one level only."""

    province: PhraseTable
    regency: PhraseTable


def _build_levels(vocabulary: Vocabulary) -> Levels:
    return Levels(
        province=vocabulary.table("agencies", "province_only"),
        regency=vocabulary.table("agencies", "regency_only"),
    )


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What tells offices of one type and region apart."""

    shared: frozenset[str]  # types that one region has several offices of
    branches: frozenset[str]  # first words of units that are offices of their own: "UPTD", "Balai"


def _build_kinds(vocabulary: Vocabulary) -> _Kinds:
    keys = ("types_rest", "types_unit", "types_national")
    return _Kinds(
        shared=frozenset(t for key in keys for t in vocabulary.cue_set("agencies", key)),
        branches=vocabulary.cue_set("agencies", "branches"),
    )


def find_offices(view: View, actors: Actors) -> list[Office]:
    """The offices that an article names, in the order of their first mentions."""
    spans = view.spans("agencies")
    regions = mention_regions(view, actors, spans)
    kinds = view.vocabulary.compiled(_build_kinds)
    offices: list[Office] = []
    for span, region in zip(spans, regions, strict=True):
        types = tuple(span.kb_id_.split("|"))
        short, opening = short_form(view, span), _opening(view, span)
        for office in offices:
            if office.region == region and _same(office, types, short, opening, kinds):
                if len(types) > len(office.types):
                    office.types = types
                break
        else:
            offices.append(office := Office(types, region))
        office.mentions.append(span)
        office.short_forms.add(short)
        office.openings.add(opening)
    return offices


def _opening(view: View, span: Span) -> tuple[str, ...]:
    """The first words of a name, up to where its short and its full form part."""
    return tuple(view.reading.lower[span.start : span.start + min(len(span), OPENING)])


def short_form(view: View, span: Span) -> str:
    """The short name in a mention: the bracket of a full one, the first word of a short one; lower case."""
    lower = view.reading.lower
    for token in range(span.start, span.end - 1):
        if lower[token] == "(":
            return lower[token + 1]
    return lower[span.start] if not span.label_.endswith("full-name") else ""


def _same(
    office: Office, types: tuple[str, ...], short: str, opening: tuple[str, ...], kinds: _Kinds
) -> bool:
    """Whether a mention of the same region is the same office."""
    if _all_types(office, types) and kinds.shared.isdisjoint(types if len(types) == 1 else ()):
        return (opening[0] in kinds.branches) == any(o[0] in kinds.branches for o in office.openings)
    if short and short in office.short_forms:
        return True
    if types[0] not in office.types and office.types[0] not in types:
        return False
    return any(opening[: len(o)] == o[: len(opening)] for o in office.openings)


def _all_types(office: Office, types: tuple[str, ...]) -> bool:
    """Whether one of two names opens with all that the other tells: "Dinas Sosial", "Dinsos P3A"."""
    short, long = sorted((types, office.types), key=len)
    return long[: len(short)] == short


def mention_regions(view: View, actors: Actors, spans: list[Span]) -> list[str]:
    """The region of each mention: a full name or names joined with "|"."""
    areas = view.vocabulary.areas
    levels = view.vocabulary.compiled(_build_levels)
    kinds = view.vocabulary.compiled(_build_kinds)
    printed = [actors.region_name(s.id_, s.start) if s.id_ else "" for s in spans]
    _settle_branches(view, spans, printed)
    known: dict[tuple[str, str], list[str]] = {}
    for span, region in zip(spans, printed, strict=True):
        if region:
            known.setdefault((span.kb_id_, short_form(view, span)), []).append(region)
            if view.reading.lower[span.start] not in kinds.branches:
                known.setdefault((span.kb_id_, ""), []).append(region)
    regions: list[str] = []
    for at, (span, region) in enumerate(zip(spans, printed, strict=True)):
        if region:
            regions.append(region)
            continue
        elsewhere = known.get((span.kb_id_, short_form(view, span))) or known.get((span.kb_id_, ""), [])
        if at + 1 < len(spans) and spans[at + 1].start == span.end and printed[at + 1]:
            regions.append(printed[at + 1])  # "UPTD PPA DP3AKB Kabupaten X"
        elif len(set(elsewhere)) == 1 and not _conflict(view, actors, span, elsewhere[0]):
            regions.append(elsewhere[0])
        elif levels.province.at(view.reading.lower, span.start):
            regions.append(areas.province_name)
        else:
            local = levels.regency.at(view.reading.lower, span.start) is not None
            regions.append(actors.region_at(span.start, local))
    return regions


def _settle_branches(view: View, spans: list[Span], printed: list[str]) -> None:
    """Gives a national body's bare name the region of its one branch: "Kemenag Kabupaten X ... Kemenag"."""
    nations = view.vocabulary.compiled(_build_nations)
    lower = view.reading.lower
    branches: dict[tuple[str, str], set[str]] = {}  # by type and name: the regions that are printed
    bare: list[tuple[int, frozenset[str]]] = []
    for at, (span, region) in enumerate(zip(spans, printed, strict=True)):
        if not region:
            continue
        names = _names(view, span)
        if region == NATION and nations.isdisjoint(lower[span.start : span.end]):
            bare.append((at, names))
        else:
            for name in names:
                branches.setdefault((span.kb_id_, name), set()).add(region)
    for at, names in bare:
        regions = {r for name in names for r in branches.get((spans[at].kb_id_, name), ())}
        if len(regions) == 1:
            printed[at] = next(iter(regions))


def _build_nations(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(w for name in vocabulary.cue_set("agencies", "national") for w in name.split())


def _names(view: View, span: Span) -> frozenset[str]:
    """The short names of national bodies in a mention: "kemenag"."""
    known = view.vocabulary.compiled(_build_known_names)
    return known.intersection(view.reading.lower[span.start : span.end])


def _build_known_names(vocabulary: Vocabulary) -> frozenset[str]:
    types = vocabulary.cue_set("agencies", "types_national")
    names = (n for t in types for n in vocabulary.agencies[t].acronyms if " " not in n)
    return frozenset(names)


def _conflict(view: View, actors: Actors, span: Span, region: str) -> bool:
    """Whether someone of another region acts in the same sentence: "Pemkot X ... Dinas Sosial"."""
    if actors.is_named_in_sentence(region, span.start):
        return False  # "Di X, kartu diurus Dispora"
    here = actors.in_sentence(span.start)
    return bool(here) and region not in here
