"""Finds numbers that may count something: digits as Indonesia groups them, number words, amounts of money."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.article.doc import reading, write_spans
from extract.article.doc import spans as read_spans
from extract.mentions.numbers.number_scan import NumberScan
from extract.mentions.numbers.words import NumberWords, build_number_words
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.scan import skip

#: No report counts more.
LARGEST = 10**15
_DASHES = ("-", "–")


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
        scan, openers = NumberScan(lower, reading(doc).sentence_starts, self.words), self.openers
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

    def _read(self, scan: NumberScan, i: int) -> tuple[int, str, int] | None:
        """(end, label, value) of what opens at a token; an empty label for a number that counts nothing."""
        if scan.lower[i] in self.alone:
            return self._read_alone(scan, i)
        money = scan.lower[i] in self.words.currency
        start = skip(i + 1, scan.size, lambda token: scan.word(token) == ".") if money else i
        found = scan.number(start) if scan.word(start) else None
        if not found:
            return None
        end, value = found
        if money:
            end = self._behind_dashes(scan, end)
        if scan.word(end) in self.words.currency_behind:
            money, end = True, end + 1
        if value != int(value) or not 1 <= value <= LARGEST:
            return end, "", 0
        if passed := self._not_counted(scan, i, end, money):
            return passed, "", 0
        label = "MONEY" if money else self._label(scan, i, end)
        return end, label, int(value) if label else 0

    def _read_alone(self, scan: NumberScan, i: int) -> tuple[int, str, int]:
        """A word for so many together: "sepasang", "keempat", "keempat belas"."""
        word = scan.lower[i]
        if word in self.words.ensembles:
            return i + 1, "COUNT", self.alone[word]
        long = scan.spelled(i)
        return (
            (long[0], "ALL", int(long[1])) if long and long[0] > i + 1 else (i + 1, "ALL", self.alone[word])
        )

    def _behind_dashes(self, scan: NumberScan, end: int) -> int:
        """The token behind the dashes that close an amount: "Rp 5.000.000,--"."""
        return skip(end, scan.size, lambda t: scan.word(t) in (",", *_DASHES) and scan.word(t + 1) in _DASHES)

    def _not_counted(self, scan: NumberScan, i: int, end: int, money: bool) -> int:
        """The token behind a doubled word, a share, a range or a fraction; 0 for any other number."""
        after, word = scan.word(end), scan.lower[i]
        if after == "-" and scan.word(end + 1).startswith(word) and not word[0].isdecimal():
            return end + 2  # "dua-duanya", "satu-satu"
        if after in self.words.shares or (scan.word(i - 1) == "/" and scan.opens_digits(i - 2)):
            return end
        if after in self.words.ranges and scan.word(end + 1) and not money:
            other = scan.number(end + 1)
            if other:
                return other[0]
        return end + 2 if after == "/" and scan.opens_digits(end + 1) else 0

    def _label(self, scan: NumberScan, i: int, end: int) -> str:
        """What a number is one of; "" for a label ("Nomor 12"), an ordinal or an age."""
        after, before = scan.word(end), scan.word(i - 1)
        if before in self.words.labels or (before == "." and scan.word(i - 2) in self.words.labels):
            return ""
        if before == "-" and scan.word(i - 2) in self.words.labels | self.words.prefixes:
            return "ALL" if self._is_every(scan, i, after) else ""
        if before == "(" and after == ")":  # an age behind a name
            return ""
        return "MINIMUM" if self._open_ended(scan, i) else "COUNT"

    def _is_every(self, scan: NumberScan, i: int, after: str) -> bool:
        """Whether "ke-20 kecamatan" are all of them; behind a noun it is the twentieth: "HUT ke-20"."""
        if scan.word(i - 2) not in self.words.prefixes or not after[:1].isalpha():
            return False
        return i < 3 or scan.starts[i - 2] or scan.word(i - 3) in self.openings

    def _open_ended(self, scan: NumberScan, i: int) -> bool:
        minima, lower = self.words.minima, scan.lower
        for start in range(max(0, i - 4), i):
            hit = minima.at(lower, start) if lower[start] in minima.heads else None
            if hit and i - 1 <= hit[0] <= i:
                return True
        return False


@Language.factory("pantau_quantities")
def make_finder(nlp: Language, name: str) -> QuantityFinder:
    return QuantityFinder(nlp)
