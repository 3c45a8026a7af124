"""Rows: one shape for all that a text lists, whatever it looks like on the page, with what governs each.

A row is a line of a table, an item, a line of names or "Kabupaten X: A, B", or the answer to a question. What
announces a list ("Berikut daftarnya:", a subhead, the question) governs its rows up to the next paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.scan import skip
from extract.vocabulary.tokens import Segment

#: Sentences before a list that may say what it lists, the nearest first.
LEADS = 5
#: Tokens of a line that is a subhead or holds names alone.
LINE = 60
#: Tokens before the mark behind which a line tells something of what it opens with.
LABEL = 12

#: Characters before an item's first word.
MARK = 8
#: Marks behind a label.
_MARKS = (":", "–", "—", "-", "(")

#: (first, last) tokens, last exclusive.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's row, with the cell above it that names its column (empty without a header)."""

    first: int
    last: int
    column: Range = (0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """Tokens `first` to `last` (exclusive) of one row."""

    first: int
    last: int
    regency: str  # the code of the regency in its label, its cells or the subhead above it; "" if none
    label: Range  # what stands before the colon: "Kabupaten X: A, B"; else empty
    cells: tuple[Cell, ...] = ()  # of a table's row
    mark: str = ""  # what is printed right before it: "-", "2.", "❌"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that belong together, and the sentences that may announce them, the nearest first."""

    leads: tuple[Range, ...]
    rows: tuple[Row, ...]
    #: Its only row is prose right below: the answer to the question that is its first lead, or the text of a
    #: regency's section.
    answers: bool = False


@dataclass(frozen=True, slots=True)
class ListWords:
    """Words of rows and their labels."""

    passed: frozenset[str]  # may stand in a line of names
    kinds: frozenset[str]  # before a name: what it is the name of
    follows: frozenset[str]  # say that a list follows


def build_list_words(vocabulary: Vocabulary) -> ListWords:
    kinds = frozenset().union(*(vocabulary.cue_set("places", k) for k in ("kecamatan", "kabupaten", "kota")))
    return ListWords(
        passed=vocabulary.cue_set("places", "joiners") | kinds,
        kinds=kinds,
        follows=vocabulary.cue_set("pilots", "follows"),
    )


class _Reader:
    """Walks over a text's segments and gathers its listings."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.words = view.vocabulary.compiled(build_list_words)
        self.segments = [s for s in view.reading.segments if s.kind != "title"]
        self.told: list[Range] = []  # sentences of the prose before, the nearest first
        self.heading: list[Range] = []  # the subhead since then that names no place
        self.sections: list[Range] = []  # the lead of the first section with a place's name as its subhead
        self.single = True  # the list before had one row: it heads a section
        self.regency = ""  # that of the subhead above
        self.rows: list[Row] = []

    def read(self) -> Iterator[Listing]:
        header: Segment | None = None
        asked = False
        for at, segment in enumerate(self.segments):
            if (
                (asked or (self.regency and not self.rows))
                and segment.kind == "prose"
                and not self._is_row(at)
            ):
                yield Listing(tuple(self.told), (self._row(segment, None),), answers=True)
            asked = self.lower[segment.last - 1] == "?"
            if segment.kind == "header":
                yield from self._close()
                header = segment
            elif segment.kind == "row":
                self.rows.append(self._row(segment, header))
            elif self._is_row(at):
                self._resume(headed=False)
                self.rows.append(self._row(segment, None))
            elif (code := self._headed(segment)) is not None:
                self._resume(headed=True)
                self.regency = code
            else:
                yield from self._close()
                self._tell(segment)
                header = None
        yield from self._close()

    def _close(self) -> Iterator[Listing]:
        if self.rows:
            yield Listing((*self.heading, *self.told)[:LEADS], tuple(self.rows))
            self.single = len(self.rows) == 1
            self.rows = []

    def _resume(self, headed: bool) -> None:
        """At a subhead that names a place: sections with prose of their own have the lead of the first."""
        if self.rows or self.regency:
            return
        goes_on = headed or self.single
        if self.sections and goes_on and not self.heading and not self._announces(self.told[:1]):
            self.told = list(self.sections)
        else:
            self.sections = [*self.heading, *self.told][:LEADS]

    def _announces(self, nearest: list[Range]) -> bool:
        """Whether the sentence right above says that a list follows."""
        return any(
            self.lower[last - 1] in (":", "?") or not self.words.follows.isdisjoint(self.lower[first:last])
            for first, last in nearest
        )

    def _tell(self, segment: Segment) -> None:
        """Notes what may announce the list behind it."""
        self.regency = ""
        sentences = self._sentences(segment)
        if segment.kind == "heading":
            self.heading = sentences
            return
        self.heading = []
        self.told = [*reversed(sentences), *self.told][:LEADS]

    def _sentences(self, segment: Segment) -> list[Range]:
        """The sentences of a segment."""
        view = self.view
        first, last = view.sentence_at(segment.first), view.sentence_at(segment.last - 1)
        return view.sentences[first : last + 1]

    # --- what a segment is -----------------------------------------------------------------------------

    def _is_row(self, at: int) -> bool:
        segment = self.segments[at]
        if segment.kind not in ("item", "prose", "heading"):
            return False
        if self._headed(segment) is not None:
            return False
        if segment.kind == "item":
            return True
        if self._is_bare(segment):
            return bool(self.view.spans_in("places", segment.first, segment.last))
        if not self._label_end(segment):
            return False
        beside = self.segments[at + 1 : at + 2]
        return bool(self.rows or self.regency) or any(self._label_end(s) for s in beside)

    def _headed(self, segment: Segment) -> str | None:
        """The code of the regency that is all that a subhead names; None for any other line."""
        places = self.view.spans_in("places", segment.first, segment.last)
        if len(places) != 1 or places[0].label_ != "REGENCY" or segment.kind in ("row", "header", "dateline"):
            return None
        return places[0].kb_id_ if self._is_bare(segment) else None

    def _is_bare(self, segment: Segment) -> bool:
        """Whether a line says nothing but places, with what joins them."""
        if segment.last - segment.first > LINE:
            return False
        places = self.view.spans_in("places", segment.first, segment.last)
        named = {t for span in places for t in range(span.start, span.end)}
        return bool(named) and all(
            t in named or not self.lower[t][0].isalpha() or self.lower[t] in self.words.passed
            for t in range(segment.first, segment.last)
        )

    def _label_end(self, segment: Segment) -> int:
        """Where the label ends that opens a line, a place before a colon, a dash or a bracket; else 0."""
        if segment.kind == "dateline":
            return 0
        places = self.view.spans_in("places", segment.first, min(segment.last, segment.first + LABEL))
        if not places:
            return 0
        at = skip(segment.first, places[0].start, lambda t: self.lower[t] in self.words.kinds)
        behind = places[0].end
        if (
            at != places[0].start
            or behind >= segment.last
            or self.lower[behind] not in (":", "–", "—", "-", "(")
        ):
            return 0
        return behind

    # --- rows ------------------------------------------------------------------------------------------

    def _row(self, segment: Segment, header: Segment | None) -> Row:
        label = self._label_end(segment) if not segment.cells else 0
        cells = tuple(
            Cell(first, last, self._column(header, number))
            for number, (first, last) in enumerate(segment.cells)
        )
        return Row(
            first=segment.first,
            last=segment.last,
            regency=self._regency(segment),
            label=(segment.first, label) if label else (segment.first, segment.first),
            cells=cells,
            mark=self._mark(segment),
        )

    def _mark(self, segment: Segment) -> str:
        """What is printed before an item's first word."""
        if segment.kind != "item":
            return ""
        reading = self.view.reading
        start = reading.starts[segment.first]
        return reading.text[max(0, start - MARK) : start].rpartition("\n")[2].strip()

    def _column(self, header: Segment | None, number: int) -> Range:
        return header.cells[number] if header is not None and number < len(header.cells) else (0, 0)

    def _regency(self, segment: Segment) -> str:
        """The regency that a row names; that of the subhead above, or of the row above in a table's gap."""
        places = self.view.spans_in("places", segment.first, segment.last)
        own = dict.fromkeys(p.kb_id_ for p in places if p.label_ == "REGENCY")
        if len(own) == 1:
            return next(iter(own))
        if segment.kind == "row" and not own and self.rows and self.rows[-1].cells:
            return self.rows[-1].regency
        return "" if own else self.regency


def read_listings(view: View) -> list[Listing]:
    """All lists of a text, in order; read once an article. Shared: not to be changed."""
    kept = view.doc.user_data
    if "listings" not in kept:
        kept["listings"] = list(_Reader(view).read())
    return cast("list[Listing]", kept["listings"])
