"""What changed of late, in a few findings that each name their source: what the first page begins with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db.pages.parts.ask import Ask
from db.pages.parts.coverage import read_day
from db.pages.parts.said import Row

#: Days that count as "of late": first a week, and where nothing came in it a month.
SPANS = (7, 30)
#: Findings of each sort on the first page.
MOST = 4


async def find_changes(ask: Ask) -> dict[str, Any]:
    """`since`, and what changed from then to the window's end: pilots by regency, figures, pillars.

    `quiet` where nothing did, even in the longest span.
    """
    end = read_day(await ask.value("SELECT window_to FROM headline"))
    if end is None:
        return {"since": None, "quiet": True}
    changes: dict[str, Any] = {}
    for days in SPANS:
        since = (end - timedelta(days=days - 1)).isoformat()
        changes = {
            "since": since,
            "until": end.isoformat(),
            "pilots": await _new_pilots(ask, since),
            "figures": await _changed_figures(ask, since),
            "pillars": await _new_pillars(ask, since),
        }
        if any(changes[sort] for sort in ("pilots", "figures", "pillars")):
            return {**changes, "quiet": False}
    return {**changes, "quiet": True, "last": await _last_report(ask, end)}


async def _new_pilots(ask: Ask, since: str) -> list[dict[str, Any]]:
    """Regencies with the pilots that were reported for the first time, and the newest of these reports."""
    rows = await ask.all(
        "SELECT * FROM pilots WHERE first_reported >= :since "
        "ORDER BY first_reported DESC, regency_code, kecamatan",
        since=since,
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = found.setdefault(row["regency_code"], {**row, "kecamatan_named": []})
        entry["kecamatan_named"].append(row["kecamatan"])
    return list(found.values())[:MOST]


async def _changed_figures(ask: Ask, since: str) -> list[dict[str, Any]]:
    """Figures that differ from what an earlier story gave; the newest, and the one before it."""
    rows = await ask.all(
        "SELECT * FROM (SELECT *, lag(value) OVER earlier AS before, "
        "lag(published_on) OVER earlier AS before_on "
        "FROM quantity_voices WHERE NOT lasting "
        "AND (measure, region, programme) IN (SELECT measure, region, programme FROM quantity_series) "
        "WINDOW earlier AS (PARTITION BY measure, region, programme ORDER BY published_on, value)) "
        "WHERE published_on >= :since AND before <> value AND before_on < published_on "
        "ORDER BY published_on DESC, region, measure LIMIT :most",
        since=since,
        most=MOST,
    )
    terms = await ask.terms("measures")
    return [{**row, "term": terms.get(row["measure"])} for row in rows]


async def _new_pillars(ask: Ask, since: str) -> list[Row]:
    """Pillars in regencies that a story of late was the first to report."""
    rows = await ask.all(
        "SELECT * FROM pillar_coverage WHERE state = 'reported' AND reported_on >= :since AND stories = 1 "
        "ORDER BY reported_on DESC, regency_code, pillar LIMIT :most",
        since=since,
        most=MOST,
    )
    terms = await ask.terms("pillars")
    articles = {
        row["article"]: row
        for row in await ask.all(
            "SELECT article, outlet_name, url FROM relevant_articles WHERE article IN (SELECT article FROM "
            "pillar_coverage WHERE state = 'reported' AND reported_on >= :since AND stories = 1)",
            since=since,
        )
    }
    return [
        {**row, **articles.get(row["article"], {"outlet_name": "", "url": ""}), "term": terms[row["pillar"]]}
        for row in rows
    ]


async def _last_report(ask: Ask, end: date) -> Row | None:
    return await ask.one(
        "SELECT * FROM relevant_articles WHERE published_on <= :end ORDER BY published_on DESC LIMIT 1",
        end=end.isoformat(),
    )
