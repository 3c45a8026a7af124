"""The measures and their cues, ready for lookups: `knowledge/measures.toml` and `cues/quantities.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from extract.vocabulary.load import MeasureTerm, Vocabulary
from extract.vocabulary.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one measure."""

    adjectives: PhraseTable
    before: PhraseTable
    reach: PhraseTable
    behind: PhraseTable
    besides: PhraseTable
    documents: PhraseTable
    cues: PhraseTable
    again: PhraseTable
    blockers: PhraseTable


@dataclass(frozen=True, slots=True)
class QuantityTables:
    """Measures and their cues, ready for lookups."""

    measures: tuple[MeasureTerm, ...]
    nouns: PhraseTable  # key: measures' numbers, joined with ","
    weak: PhraseTable
    of: tuple[Cues, ...]  # parallel to `measures`
    words: dict[str, frozenset[str]]
    phrases: dict[str, PhraseTable]


def build_quantity_tables(vocabulary: Vocabulary) -> QuantityTables:
    measures = tuple(vocabulary.measures.values())

    def by_phrase(key: str) -> PhraseTable:
        single: dict[str, list[str]] = {}
        for number, measure in enumerate(measures):
            for phrase in getattr(measure, key):
                single.setdefault(phrase, []).append(str(number))
        table: dict[str, list[str]] = {}
        for phrase, numbers in single.items():
            table.setdefault(",".join(numbers), []).append(phrase)
        return PhraseTable(table)

    return QuantityTables(
        measures=measures,
        nouns=by_phrase("nouns"),
        weak=by_phrase("weak_nouns"),
        of=tuple(Cues(*(PhraseTable({"x": getattr(m, key)}) for key in Cues.__slots__)) for m in measures),
        words={
            key: vocabulary.cue_set("quantities", key)
            for key in (
                "classifiers",
                "parts_of",
                "not_parts_of",
                "planned",
                "noun_then_number",
                "only",
                "sums",
                "after_number",
                "origins",
                "one_of",
                "having",
                "of_things",
                "given_to",
                "anywhere",
                "anybody",
                "more_than",
                "as",
                "places",
                "numbering",
                "attended",
                "bodies",
                "bare_units",
                "located",
                "aimed",
                "amounts",
                "listed_nouns",
                "more_to_come",
                "pointers",
                "services",
                "already",
                "bare_ends",
                "inside",
                "between",
                "that",
                "fractions",
                "relative",
                "all_over",
                "ordinal_nouns",
                "asking",
            )
        },
        phrases={
            key: vocabulary.table("quantities", key)
            for key in (
                "whole_before",
                "unreal",
                "not_unreal",
                "taken_up",
                "apiece",
                "others",
                "decrees",
                "decree_told",
                "holds",
                "with_programme",
                "all_approved",
                "among",
                "wider",
                "attending",
                "chosen",
                "holding",
                "other_status",
                "other_nouns",
            )
        },
    )


def owners(key: str) -> tuple[int, ...]:
    """The measures that a noun's key names: indices into `QuantityTables.measures`."""
    return tuple(int(part) for part in key.split(","))
