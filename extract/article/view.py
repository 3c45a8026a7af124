"""One article under reading: its doc, where sentences lie, and how a claim gets its evidence."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span

from db.records import Article, Evidence
from extract.article.doc import reading, spans
from extract.vocabulary.load import Programme, Vocabulary
from extract.vocabulary.tokens import Reading, Segment

#: Characters; a longer passage is no quotation any more.
LONGEST_PASSAGE = 700


@dataclass(frozen=True)
class View:
    """What every `link_` function reads. Token ranges are first inclusive, last exclusive."""

    article: Article
    doc: Doc
    vocabulary: Vocabulary
    programme: Programme

    @functools.cached_property
    def reading(self) -> Reading:
        return reading(self.doc)

    @functools.cached_property
    def published(self) -> date | None:
        """The day of publication in the article's own zone."""
        return self.article.published_at.date() if self.article.published_at else None

    @functools.cached_property
    def sentences(self) -> list[tuple[int, int]]:
        firsts = self._firsts
        lasts = [*firsts[1:], len(self.reading.words)]
        gap = self.reading.title_end - 1
        return [
            (first, gap if first < gap < last else last) for first, last in zip(firsts, lasts, strict=True)
        ]

    @functools.cached_property
    def _firsts(self) -> list[int]:
        gap = self.reading.title_end - 1
        return [i for i, starts in enumerate(self.reading.sentence_starts) if starts and i != gap]

    def sentence_at(self, token: int) -> int:
        """Index into `sentences` of the sentence that holds a token."""
        return bisect_right(self._firsts, token) - 1

    def segment_at(self, token: int) -> Segment:
        return self.reading.segment_at(token)

    @functools.cached_property
    def _spans(self) -> dict[str, tuple[list[Span], list[int]]]:
        return {}

    def _indexed(self, key: str) -> tuple[list[Span], list[int]]:
        if key not in self._spans:
            found = spans(self.doc, key)
            self._spans[key] = found, [s.start for s in found]
        return self._spans[key]

    def spans(self, key: str) -> list[Span]:
        """A finder's spans in the doc's order. Shared: not to be changed."""
        return self._indexed(key)[0]

    def spans_in(self, key: str, first: int, last: int) -> list[Span]:
        """A finder's spans that lie within a token range."""
        found, starts = self._indexed(key)
        return [s for s in found[bisect_left(starts, first) : bisect_left(starts, last)] if s.end <= last]

    @functools.cached_property
    def names(self) -> dict[int, int]:
        """Where the article's programme is named: first token to the one behind."""
        named = (s for s in self.spans("programmes") if s.label_ == "name")
        return {s.start: s.end for s in named if s.kb_id_ == self.programme.id}

    def evidence(self, first: int, last: int, rule: str, told: tuple[int, int] | None = None) -> Evidence:
        """The words of a token range, up to the end of its field, with the sentence around them.

        Where another sentence, `told`, says what the words mean ("Berikut daftarnya:"), the passage with
        both is the sentence, unless it is longer than `LONGEST_PASSAGE` characters.
        """
        r = self.reading
        if r.crosses(first, last):
            last = r.title_end - 1
        begin, end = self.sentences[self.sentence_at(first)]
        end = max(end, self.sentences[self.sentence_at(last - 1)][1])
        if told is not None and r.field(told[0]) == r.field(first):
            low, high = min(begin, told[0]), max(end, told[1])
            if r.ends[high - 1] - r.starts[low] <= LONGEST_PASSAGE:
                begin, end = low, high
        return Evidence(
            start=r.starts[first],
            end=r.ends[last - 1],
            quote=r.quote(first, last),
            sentence=r.quote(begin, end),
            rule=rule,
            field=r.field(first),
        )
