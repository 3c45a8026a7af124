"""The words of `knowledge/cues/dates.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.mentions.dates.relative import CODES
from extract.vocabulary.load import Vocabulary, VocabularyError
from extract.vocabulary.phrases import PhraseTable, expand


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of `knowledge/cues/dates.toml`, ready for lookups."""

    weekdays: Mapping[str, int]  # 1 is Monday
    months: Mapping[str, int]
    dayparts: PhraseTable
    day_words: frozenset[str]
    year_words: frozenset[str]
    year_parts: PhraseTable  # key: two-digit month
    month_parts: PhraseTable
    month_signs: tuple[frozenset[str], frozenset[str]]  # before and behind
    names: frozenset[str]  # months that people are named after
    not_years: frozenset[str]
    ahead: frozenset[str]
    relative: PhraseTable  # key: a code of `extract.mentions.dates.relative`
    year_turns: PhraseTable

    @property
    def openers(self) -> frozenset[str]:
        """Words other than numbers that a date may open with."""
        words = frozenset({*self.weekdays, *self.months, *self.day_words, *self.year_words})
        heads = (self.year_parts, self.month_parts, self.relative, self.year_turns)
        return words.union(*(table.heads for table in heads))


def _numbered(vocabulary: Vocabulary, key: str, size: int) -> dict[str, int]:
    entries = vocabulary.cue("dates", key)
    if len(entries) % size:
        raise VocabularyError(f"knowledge/cues/dates.toml: {key!r} needs {size} entries, in order")
    return {s.lower(): 1 + i % size for i, entry in enumerate(entries) for s in expand(entry)}


def _keyed(vocabulary: Vocabulary, key: str, what: str, values: Mapping[str, str]) -> PhraseTable:
    """A table from entries that read 'phrase = value'; `values` maps what may be written to the keys."""
    table: dict[str, list[str]] = {}
    for entry in vocabulary.cue("dates", key):
        phrase, _, value = (part.strip() for part in entry.rpartition("="))
        if not phrase or value not in values:
            raise VocabularyError(f"knowledge/cues/dates.toml: {entry!r} must read {what}")
        table.setdefault(values[value], []).append(phrase)
    return PhraseTable(table)


def build_date_words(vocabulary: Vocabulary) -> DateWords:
    """VocabularyError where a list of the cue file is missing or out of shape."""
    months = {str(month): f"{month:02d}" for month in range(1, 13)}
    codes = {code: code for code in CODES}
    return DateWords(
        weekdays=_numbered(vocabulary, "weekdays", 7),
        months=_numbered(vocabulary, "months", 12),
        dayparts=vocabulary.table("dates", "dayparts"),
        day_words=vocabulary.cue_set("dates", "day_words"),
        year_words=vocabulary.cue_set("dates", "year_words"),
        year_parts=_keyed(vocabulary, "year_parts", "'phrase = month', as 'akhir = 12'", months),
        relative=_keyed(vocabulary, "relative", f"'phrase = code' with one of {', '.join(CODES)}", codes),
        year_turns=vocabulary.table("dates", "year_turns"),
        month_parts=vocabulary.table("dates", "month_parts"),
        month_signs=(
            vocabulary.cue_set("dates", "month_signs_before"),
            vocabulary.cue_set("dates", "month_signs_behind"),
        ),
        names=vocabulary.cue_set("dates", "month_names_of_people"),
        not_years=vocabulary.cue_set("dates", "not_years"),
        ahead=vocabulary.cue_set("dates", "ahead"),
    )
