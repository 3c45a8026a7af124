"""Which outlets were not watched, so that their silence says nothing."""

from __future__ import annotations

from datetime import datetime

from db.records import WIB
from db.store import Store

_UNREAD = """
SELECT o.name FROM outlets AS o
WHERE EXISTS (SELECT 1 FROM crawls AS c WHERE c.outlet = o.slug)
    AND NOT EXISTS (SELECT 1 FROM watched_days AS d WHERE d.outlet = o.slug AND d.day >= :day)
ORDER BY o.name
"""


def list_unread(store: Store, since: datetime) -> tuple[str, ...]:
    """Names of outlets that were crawled once, and watched on no day since a moment, its own included."""
    day = since.astimezone(WIB).date().isoformat()
    return tuple(row[0] for row in store.db.execute(_UNREAD, {"day": day}).fetchall())
