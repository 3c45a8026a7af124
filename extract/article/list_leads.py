"""Which paragraph announces the list that an item belongs to."""

from __future__ import annotations

from bisect import bisect_right

from extract.article.view import View
from extract.vocabulary.scan import skip_before
from extract.vocabulary.tokens import Segment

#: Items of a list that still belong to the paragraph above it.
LIST_REACH = 12


def find_lead(view: View, token: int) -> Segment | None:
    """The paragraph with a colon at its end above the item that holds a token; None for other text."""
    segments = view.reading.segments
    at = bisect_right(view.reading.segment_firsts, token) - 1
    back = skip_before(at, max(0, at - LIST_REACH), lambda before: segments[before + 1].kind == "item")
    lead = segments[back]
    if back < at and lead.kind == "prose" and lead.last and view.reading.lower[lead.last - 1] == ":":
        return lead
    return None
