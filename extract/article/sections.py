"""Sections under a subhead that names a regency and nothing else: "2. Kabupaten X"."""

from __future__ import annotations

from bisect import bisect_right

from extract.article.view import View
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.tokens import Segment


def _build_marks(vocabulary: Vocabulary) -> frozenset[str]:
    return vocabulary.cue_set("pilots", "regency_marks")


def headed_regency(view: View, first: int, last: int) -> str:
    """The code of the regency that is all that a line's tokens name; "" for any other line, and for prose."""
    if view.segment_at(first).kind not in ("heading", "item"):
        return ""
    places = view.spans_in("places", first, last)
    if len(places) != 1 or places[0].label_ != "REGENCY":
        return ""
    inside = range(places[0].start, places[0].end)
    marks, lower = view.vocabulary.compiled(_build_marks), view.reading.lower
    others = (lower[t] for t in range(first, last) if t not in inside)
    return places[0].kb_id_ if all(w in marks or not w[0].isalpha() for w in others) else ""


def section_regency(view: View, token: int) -> str:
    """The code of the regency whose subhead stands right above a token's paragraph, "" if none does."""
    segments = view.reading.segments
    at = bisect_right(view.reading.segment_firsts, token) - 1
    above: Segment | None = segments[at - 1] if at else None
    return headed_regency(view, above.first, above.last) if above is not None else ""
