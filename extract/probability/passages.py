"""What stands in the sentences of an article: words of the lists of cues, each looked up once."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Mapping

from db.records import Evidence
from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable


def _build_table(file: str, vocabulary: Vocabulary) -> PhraseTable:
    return PhraseTable({f"{file}.{key}": phrases for key, phrases in vocabulary.cues.get(file, {}).items()})


#: File of cues -> what builds its table; one object a file, so that a vocabulary builds it once.
_BUILD = functools.cache(lambda file: functools.partial(_build_table, file))


#: Upper bounds of the lengths of sentences, in tokens.
LENGTHS = (8, 25, 50)


@functools.lru_cache(maxsize=4096)
def bucket(number: int, bounds: tuple[int, ...]) -> str:
    """The range in which a number lies: "2-5" of bounds (1, 5), "6+" above the last, "0" below the first."""
    if number <= 0:
        return "0"
    low = 1
    for bound in bounds:
        if number <= bound:
            return str(bound) if low == bound else f"{low}-{bound}"
        low = bound + 1
    return f"{low}+"


class Passages:
    """The sentences of one article, and where a piece of evidence stands in them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._cues: dict[tuple[str, int], Mapping[str, str]] = {}
        self._shapes: dict[int, tuple[str, ...]] = {}
        self._regencies: dict[int, frozenset[str]] = {}

    def token_of(self, evidence: Evidence) -> int:
        """The token at which a quote begins."""
        r = self.view.reading
        low, high = (0, r.title_end) if evidence.field == "title" else (r.title_end, len(r.words))
        return max(low, bisect_right(r.starts, evidence.start, low, high) - 1)

    def cues(self, file: str, sentence: int) -> Mapping[str, str]:
        """The lists of a file of which a sentence has a word ("pilots.appoint"), each with that word."""
        key = (file, sentence)
        if key not in self._cues:
            table = self.view.vocabulary.compiled(_BUILD(file))
            lower = self.view.reading.lower
            first, last = self.view.sentences[sentence]
            found: dict[str, str] = {}
            for start, end, name in table.find(lower, first, last):
                found.setdefault(name, " ".join(lower[start:end]))
            self._cues[key] = found
        return self._cues[key]

    def shape(self, sentence: int) -> tuple[str, ...]:
        """What a sentence looks like, as answers: how long it is, and whether it asks or announces."""
        if sentence not in self._shapes:
            first, last = self.view.sentences[sentence]
            end = {"?": ("ends:question",), ":": ("ends:colon",)}.get(self.view.reading.lower[last - 1], ())
            self._shapes[sentence] = (f"length:{bucket(last - first, LENGTHS)}", *end)
        return self._shapes[sentence]

    def regencies(self, sentence: int) -> frozenset[str]:
        """The full names of the regencies of all places that a sentence names."""
        if sentence not in self._regencies:
            known = self.view.vocabulary.areas.regency_by_code
            places = self.view.spans_in("places", *self.view.sentences[sentence])
            codes = {part[:5] for span in places for part in span.kb_id_.split("|")}
            self._regencies[sentence] = frozenset(known[code].name for code in codes if code in known)
        return self._regencies[sentence]

    def is_title(self, sentence: int) -> bool:
        return self.view.reading.field(self.view.sentences[sentence][0]) == "title"
