"""What discovery offers: an article that a listing, feed, sitemap or API names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a listing offers."""

    url: str
    title: str = ""
    published_at: datetime | None = None
    changed_at: datetime | None = None  # the last change, told by a sitemap: published then or before
    content: str = ""  # the whole post as JSON, where the source already holds it (wp-json)
