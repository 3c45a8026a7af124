"""Finds numbers that may count something: digits as Indonesia groups them, number words, amounts of money."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, write_spans
from extract.article.doc import spans as read_spans
from extract.vocabulary.load import Vocabulary, VocabularyError
from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.scan import skip

#: "8.573" and "1.400.000"; "12,000" is met in the press as well.
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+")
_DECIMAL = re.compile(r"\d{1,6}[.,]\d{1,3}")
#: More digits than this are codes and telephone numbers.
_LONGEST = 15


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


def parse_digits(word: str) -> float | None:
    """The value of a digit token, None where it is no plain number.

    >>> parse_digits("8.573"), parse_digits("1,4"), parse_digits("0811.22.33")
    (8573.0, 1.4, None)
    """
    if len(word) > _LONGEST:
        return None
    if word.isdecimal():
        return float(int(word))
    if _GROUPED.fullmatch(word):
        whole = word.replace(".", "").partition(",")[0] if "." in word else word.replace(",", "")
        return float(int(whole))
    if _DECIMAL.fullmatch(word):
        return float(word.replace(",", "."))
    return None


class _Scan:
    """Reads numbers that open at a token."""

    def __init__(self, lower: list[str], starts: Sequence[bool], words: NumberWords) -> None:
        self.lower = lower
        self.starts = starts  # whether a sentence opens at a token
        self.words = words
        self.size = len(lower)

    def word(self, i: int) -> str:
        return self.lower[i] if 0 <= i < self.size else ""

    def digits(self, i: int) -> tuple[int, float] | None:
        """(end, value) of "12", "8.573", "1,4 miliar", "12 ribu"."""
        value = parse_digits(self.lower[i])
        if value is None:
            return None
        end = i + 1
        for end in range(i + 1, self.size + 1):
            factor = self.words.multipliers.get(self.word(end), 0)
            if factor < 1000 or value >= 10**_LONGEST:
                break
            text = self.lower[i]
            if "." in text and "," not in text and end == i + 1 and len(text.partition(".")[2]) < 3:
                value = float(text)
            value *= factor
        return end, value

    def spelled(self, i: int) -> tuple[int, float] | None:
        """(end, value) of "empat belas", "seratus lima puluh", "dua ribu tiga ratus"."""
        words = self.words
        total, group = 0, 0
        for end in range(i, self.size):
            word = self.lower[end]
            if word in words.units or (end == i and word in words.collective):  # "kelima belas"
                value = words.units.get(word) or words.collective[word]
                if value >= 1000:
                    total, group = total + value, 0
                elif group and group % (10 if value < 10 else 1000 if value >= 100 else 100):
                    break  # "dua tiga" is no number
                else:
                    group += value
            elif word in words.teens and 0 < group % 100 < 10:
                group += words.teens[word]
            elif word in words.multipliers and group:
                factor = words.multipliers[word]
                if factor == 10:
                    group += group % 10 * 9
                elif factor == 100:
                    group = group // 10 * 10 + group % 10 * 100 if group < 10 else 0
                else:
                    total, group = total + group * factor, 0
            else:
                break
        else:
            end = self.size
        whole = float(total + group)
        if self.word(end) in words.halves:  # "setengah miliar", "dua setengah juta"
            factor = words.multipliers.get(self.word(end + 1), 0)
            if factor >= 1000 and whole < 1000:
                return end + 2, (whole + 0.5) * factor
        return (end, whole) if end > i and whole else None

    def number(self, i: int) -> tuple[int, float] | None:
        """Either of the two, with its repetition in brackets: "empat (4)"."""
        found = self.digits(i) if self.lower[i][0].isdecimal() else self.spelled(i)
        if found and self.word(found[0]) == "(" and self.word(found[0] + 1):
            inside = found[0] + 1
            again = self.digits(inside) if self.lower[inside][0].isdecimal() else self.spelled(inside)
            if again and again[1] == found[1] and self.word(again[0]) == ")":
                return again[0] + 1, found[1]
        return found


class QuantityFinder:
    """Writes `doc.spans["numbers"]`: label COUNT, ALL ("keempat"), MONEY or MINIMUM; kb_id the whole value.

    `doc.spans["wholes"]` holds what takes up so many without a noun ("keempatnya"): label THEY.
    Dates, shares, ranges, ages, labels ("Nomor 12") and codes are left out. It reads `doc.spans["dates"]`.
    """

    words: NumberWords
    alone: dict[str, int]
    openers: frozenset[str]
    openings: frozenset[str]

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def bind(self, vocabulary: Vocabulary) -> None:
        self.words = build_number_words(vocabulary)
        words = self.words
        self.openings = words.openings
        self.alone = {**words.ensembles, **words.collective}
        self.openers = frozenset(
            {*words.units, *words.halves, *words.currency, *self.alone, *words.all_of_them}
        )

    def __call__(self, doc: Doc) -> Doc:
        lower = reading(doc).lower
        scan, openers = _Scan(lower, reading(doc).sentence_starts, self.words), self.openers
        dates = {s.start: s.end for s in read_spans(doc, "dates")}
        spans: list[Span] = []
        wholes: list[Span] = []
        behind = 0  # the end of the number or date before
        for i in [i for i, word in enumerate(lower) if word in openers or word[0].isdecimal() or i in dates]:
            if i < behind:
                continue
            if i in dates:
                behind = dates[i]
            elif value := self.words.all_of_them.get(lower[i]):
                wholes.append(Span(doc, i, i + 1, label="THEY", kb_id=str(value)))
            elif found := self._read(scan, i):
                behind, label, value = found
                if label:
                    spans.append(Span(doc, i, behind, label=label, kb_id=str(value)))
        write_spans(doc, "numbers", spans)
        write_spans(doc, "wholes", wholes)
        return doc

    def _read(self, scan: _Scan, i: int) -> tuple[int, str, int] | None:
        """(end, label, value) of what opens at a token; an empty label for a number that counts nothing."""
        words, word = self.words, scan.lower[i]
        if word in self.alone:
            if word not in words.ensembles and (long := scan.spelled(i)) and long[0] > i + 1:
                return long[0], "ALL", int(long[1])
            return i + 1, "COUNT" if word in words.ensembles else "ALL", self.alone[word]
        start = i
        money = word in words.currency
        if money:
            start = skip(start + 1, scan.size, lambda token: scan.word(token) == ".")
            if not scan.word(start):
                return None
        found = scan.number(start)
        if not found:
            return None
        end, value = found
        if money:
            dashes = ("-", "–")
            end = skip(
                end, scan.size, lambda t: scan.word(t) in (",", *dashes) and scan.word(t + 1) in dashes
            )
        if scan.word(end) in words.currency_behind:
            money, end = True, end + 1
        if value != int(value) or value < 1 or value > 10**15:
            return end, "", 0
        after, before = scan.word(end), scan.word(i - 1)
        if after == "-" and scan.word(end + 1).startswith(word) and not word[0].isdecimal():
            return end + 2, "", 0  # "dua-duanya", "satu-satu"
        if after in words.shares or (before == "/" and scan.word(i - 2)[:1].isdecimal()):
            return end, "", 0
        if after in words.ranges and scan.word(end + 1) and not money and (other := scan.number(end + 1)):
            return other[0], "", 0
        if after == "/" and scan.word(end + 1)[:1].isdecimal():
            return end + 2, "", 0
        if money:
            return end, "MONEY", int(value)
        if before in words.labels or (before == "." and scan.word(i - 2) in words.labels):
            return end, "", 0
        if before == "-" and (scan.word(i - 2) in words.labels or scan.word(i - 2) in words.prefixes):
            # "ke-20 kecamatan" are all of them; behind a noun it is the twentieth: "HUT ke-20"
            opens = i < 3 or scan.starts[i - 2] or scan.word(i - 3) in self.openings
            every = scan.word(i - 2) in words.prefixes and opens and after[:1].isalpha()
            return end, "ALL" if every else "", int(value) if every else 0
        if before == "(" and after == ")":  # an age behind a name
            return end, "", 0
        return end, "MINIMUM" if self._open_ended(scan, i) else "COUNT", int(value)

    def _open_ended(self, scan: _Scan, i: int) -> bool:
        minima, lower = self.words.minima, scan.lower
        for start in range(max(0, i - 4), i):
            hit = minima.at(lower, start) if lower[start] in minima.heads else None
            if hit and i - 1 <= hit[0] <= i:
                return True
        return False


@Language.factory("pantau_quantities")
def make_finder(nlp: Language, name: str) -> QuantityFinder:
    return QuantityFinder(nlp)
