"""The words of `knowledge/cues/numbers.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.vocabulary.load import Vocabulary, VocabularyError
from extract.vocabulary.phrases import PhraseTable, expand


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of `knowledge/cues/numbers.toml`, ready for lookups."""

    units: Mapping[str, int]
    teens: Mapping[str, int]
    multipliers: Mapping[str, int]
    prefixes: frozenset[str]  # "ke"
    collective: Mapping[str, int]  # "keempat" -> 4
    all_of_them: Mapping[str, int]  # "keempatnya" -> 4
    ensembles: Mapping[str, int]  # "sepasang" -> 2; they stand alone
    halves: frozenset[str]  # "setengah"
    currency: frozenset[str]
    currency_behind: frozenset[str]
    shares: frozenset[str]
    labels: frozenset[str]
    ranges: frozenset[str]
    openings: frozenset[str]  # before "ke-20" where it is no ordinal
    minima: PhraseTable


def _valued(vocabulary: Vocabulary, key: str) -> dict[str, int]:
    values: dict[str, int] = {}
    for entry in vocabulary.cue("numbers", key):
        phrase, _, value = entry.rpartition("=")
        if not phrase.strip() or not value.strip().isdecimal():
            raise VocabularyError(
                f"knowledge/cues/numbers.toml: {entry!r} must read 'word = value', as 'dua = 2'"
            )
        values.update({spelled.lower(): int(value) for spelled in expand(phrase)})
    return values


def build_number_words(vocabulary: Vocabulary) -> NumberWords:
    """VocabularyError where a list of the cue file is missing or out of shape."""
    units = _valued(vocabulary, "units")
    prefixes = vocabulary.cue_set("numbers", "collective")
    collective = {prefix + word: value for prefix in prefixes for word, value in units.items() if value > 1}
    return NumberWords(
        units=units,
        teens=_valued(vocabulary, "teens"),
        multipliers=_valued(vocabulary, "multipliers"),
        prefixes=prefixes,
        collective=collective,
        all_of_them={
            word + suffix: value
            for suffix in vocabulary.cue_set("numbers", "of_them")
            for word, value in collective.items()
        },
        ensembles=_valued(vocabulary, "ensembles"),
        halves=vocabulary.cue_set("numbers", "halves"),
        currency=vocabulary.cue_set("numbers", "currency"),
        currency_behind=vocabulary.cue_set("numbers", "currency_behind"),
        shares=vocabulary.cue_set("numbers", "shares"),
        labels=vocabulary.cue_set("numbers", "labels"),
        ranges=vocabulary.cue_set("numbers", "ranges"),
        openings=vocabulary.cue_set("numbers", "openings"),
        minima=vocabulary.table("numbers", "minima"),
    )
