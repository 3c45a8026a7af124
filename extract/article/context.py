"""Of which area a passage speaks."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Span

from extract.article.view import View


class Context:
    """Built once an article, from the spans of `places`.

    A regency that stands only in an address ("Kecamatan X, Kabupaten Y") says where something is, not of whom
    the passage speaks; it counts where nothing else does.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        places = [s for s in view.spans("places") if s.label_ in ("REGENCY", "PROVINCE")]
        self._places = [s for s in places if not self.is_address(s)]
        self._firsts = [s.start for s in self._places]

    def is_address(self, span: Span) -> bool:
        """Whether a regency's name only says where something is."""
        if span.label_ != "REGENCY":
            return False
        if span.id_ in ("places.address", "places.bracket"):
            return True
        before = list(self.view.spans_in("places", max(0, span.start - 6), span.start))
        return (
            bool(before) and before[-1].label_ in ("KECAMATAN", "VILLAGE") and self._touches(before[-1], span)
        )

    def _touches(self, inner: Span, outer: Span) -> bool:
        between = self.view.reading.lower[inner.end : outer.start]
        return len(between) <= 3 and all(w in (",", ".", "kabupaten", "kab", "kota", "di") for w in between)

    def regency_at(self, token: int) -> str:
        """Code of the regency that a token's passage speaks of ("33.03", "33.08|33.71"), "" if none.

        The nearest mention before the token in its sentence, else the next one there, else the last one
        before it in the text; a mention of the province in between gives "".
        """
        first, last = self.view.sentences[self.view.sentence_at(token)]
        at = bisect_right(self._firsts, token)
        before = self._places[at - 1] if at else None
        after = self._places[at] if at < len(self._places) else None
        for span in (before, after):
            if span is not None and first <= span.start < last:
                return self._code(span)
        return self._code(before) if before is not None else ""

    def _code(self, span: Span) -> str:
        return span.kb_id_ if span.label_ == "REGENCY" else ""

    def region_at(self, token: int) -> str:
        """Full name for a claim's region: a regency's name, else the province's."""
        code = self.regency_at(token)
        areas = self.view.vocabulary.areas
        if not code:
            return areas.province_name
        return "|".join(areas.regency_by_code[c].name for c in code.split("|"))
