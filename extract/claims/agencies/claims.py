"""Joins the mentions of one office, and settles of which region an office without one is."""

from __future__ import annotations

from db.records import Agency
from extract.article.view import View
from extract.claims.agencies.actors import Actors
from extract.claims.agencies.offices import Office, find_offices


def link_agencies(view: View, actors: Actors) -> tuple[Agency, ...]:
    """One claim an office, in its fullest form, with every mention as evidence."""
    return tuple(_claim(view, office) for office in find_offices(view, actors))


def _claim(view: View, office: Office) -> Agency:
    spans = sorted(office.mentions, key=lambda s: (s.start < view.reading.title_end, -len(s), s.start))
    fullest = spans[0]
    return Agency(
        name=" ".join(view.reading.quote(fullest.start, fullest.end).split()),
        type="|".join(office.types),
        region=office.region,
        evidence=tuple(view.evidence(s.start, s.end, s.label_) for s in spans),
    )
