"""Pillars, agencies, outlets, the matrix, contested figures, what is new, how it went over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from db.claim_kinds import KINDS
from db.pages.parts.ask import Ask
from db.pages.parts.charts import place_bars
from db.pages.parts.coverage import PILLAR_STATES, count_states, list_pillars, read_day, read_window
from db.pages.parts.language import name_of
from db.pages.parts.said import Row
from db.pages.places import NEWS, Context, contested_figures, figure_series

#: Entries of each list of what is new; the downloads and the table beside a list have all of it.
SOME = 10


async def pillar_list(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    counts = await ask.all(
        "SELECT pillar, sum(state = 'reported') AS reported, sum(state = 'not-yet') AS not_yet "
        "FROM pillar_coverage GROUP BY pillar"
    )
    agencies = await ask.all("SELECT DISTINCT agency FROM responsibility_matrix")
    return {
        "pillars": list((await ask.terms("pillars")).values()),
        "counts": {row["pillar"]: row for row in counts},
        "agencies": list((await ask.terms("agency_types")).values()),
        "in_charge": {key for row in agencies for key in row["agency"].split("|")},
    }


async def pillar(datasette: Datasette, request: Request) -> Context:
    ask, key = Ask(datasette), request.url_vars["key"]
    term = (await ask.terms("pillars")).get(key)
    if term is None:
        raise NotFound(f"pillar {key}")
    return {
        "term": term,
        "states": await list_pillars(ask, "pillar = :key", key=key),
        "matrix": await ask.all(
            "SELECT * FROM responsibility_matrix WHERE pillar = :key ORDER BY region, stories DESC LIMIT 200",
            key=key,
        ),
        "sections": await ask.sections("pillar", key),
        # What a state was read from is a claim of its own most often: it need not stand there twice.
        "claims": await ask.claims("pillar = :key AND kind <> 'pillar_states'", key=key, limit=15),
        "weeks": await _weeks(ask, "pillar", key),
        "agencies": await ask.terms("agency_types"),
    }


async def outlet(datasette: Datasette, request: Request) -> Context:
    ask, key = Ask(datasette), request.url_vars["key"]
    health = await ask.one(
        "SELECT h.*, o.home FROM outlet_health AS h JOIN outlets AS o ON o.slug = h.outlet "
        "WHERE h.outlet = :key",
        key=key,
    )
    if health is None:
        raise NotFound(f"outlet {key}")
    return {
        "health": health,
        "watch": await ask.one("SELECT * FROM outlet_watch WHERE outlet = :key", key=key),
        "courtesy": await ask.one("SELECT * FROM courtesy WHERE outlet = :key", key=key),
        "regencies": await ask.all(
            "SELECT r.code, r.name FROM outlet_regencies AS o JOIN regencies AS r ON r.code = o.regency_code "
            "WHERE o.outlet = :key ORDER BY r.code",
            key=key,
        ),
        "crawls": await ask.all(
            "SELECT * FROM crawls WHERE outlet = :key ORDER BY started_at DESC LIMIT 15", key=key
        ),
        "articles": await ask.all(
            "SELECT * FROM relevant_articles WHERE outlet = :key "
            "ORDER BY published_on DESC, article LIMIT 20",
            key=key,
        ),
        "weeks": await _weeks(ask, "outlet", key),
    }


async def sources(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    return {
        "outlets": await ask.all("SELECT * FROM outlet_health ORDER BY healthy DESC, name"),
        "watch": {row["outlet"]: row for row in await ask.all("SELECT * FROM outlet_watch")},
        "courtesy": await ask.all("SELECT * FROM courtesy ORDER BY name"),
        "reasons": await ask.all(
            "SELECT reason, sum(articles) AS articles FROM crawl_reasons GROUP BY reason ORDER BY 2 DESC, 1"
        ),
    }


async def matrix(datasette: Datasette, request: Request) -> Context:
    ask, window = Ask(datasette), read_window(request)
    cells = await list_pillars(ask, "1", window)
    rows: dict[str, dict[str, Any]] = {}
    for cell in cells:
        row = rows.setdefault(cell["regency_code"], {"name": cell["regency"], "cells": {}})
        row["cells"][cell["pillar"]] = cell
    return {
        "pillars": list((await ask.terms("pillars")).values()),
        "rows": rows,
        "totals": count_states(cells, PILLAR_STATES),
        "chosen": window,
        "window": cells[0] if cells else None,
    }


async def figures(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    return {
        "contested": await contested_figures(ask),
        "all": await ask.value("SELECT contested FROM headline"),
        "series": await figure_series(ask),
        "all_series": await ask.value("SELECT series FROM headline"),
    }


async def news(datasette: Datasette, request: Request) -> Context:
    """What is new since a day; without one, in the last seven days that are looked at."""
    ask = Ask(datasette)
    newest = read_day(await ask.value("SELECT window_to FROM headline")) or date(2025, 1, 1)
    since = read_day(request.args.get("sejak"))
    day = (since or newest - timedelta(days=6)).isoformat()
    quiet = ("quantities", "events", "pilot_kecamatan")
    return {
        "kinds": ",".join(kind.table for kind in KINDS if kind.news and kind.table not in quiet),
        "since": day,
        "asked": since is not None,
        "newest": newest.isoformat(),
        "choices": [(days, (newest - timedelta(days=days - 1)).isoformat()) for days in (7, 30, 90)],
        "pilots": await ask.all(
            "SELECT * FROM pilots WHERE first_reported >= :day "
            f"ORDER BY first_reported DESC, regency_code, kecamatan LIMIT {SOME}",
            day=day,
        ),
        "all_pilots": await ask.value("SELECT count(*) FROM pilots WHERE first_reported >= :day", day=day),
        "figures": await ask.claims("kind_name = 'angka' AND published_on >= :day", day=day, limit=SOME),
        "events": await ask.all(
            "SELECT * FROM dated_events WHERE first_reported >= :day "
            f"ORDER BY first_reported DESC, date LIMIT {SOME}",
            day=day,
        ),
        "claims": await ask.claims(
            f"published_on >= :day AND {NEWS} AND kind NOT IN {quiet}",
            day=day,
            limit=SOME,
        ),
        "stories": await ask.all(
            f"SELECT * FROM stories WHERE first_reported >= :day ORDER BY first_reported DESC LIMIT {SOME}",
            day=day,
        ),
    }


async def progress(datasette: Datasette, request: Request) -> Context:
    """Dashboards: coverage, pillars and outlets over time."""
    ask = Ask(datasette)
    rows = await ask.all(
        "SELECT week, grouping, key, stories FROM story_weeks WHERE grouping IN ('all', 'pillar', 'outlet')"
    )
    series: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        series.setdefault((row["grouping"], row["key"]), []).append(row)
    names = {("pillar", key): name_of(term) for key, term in (await ask.terms("pillars")).items()}
    names |= {("outlet", key): term["name"] for key, term in (await ask.terms("outlets")).items()}
    first = await ask.all(
        "SELECT date(first_reported, 'weekday 0', '-6 days') AS week, count(*) AS stories FROM pilots "
        "WHERE first_reported IS NOT NULL GROUP BY week"
    )
    weeks = sorted({row["week"] for row in rows if row["week"]})[-52:]
    panels = []
    for grouping in ("pillar", "outlet"):
        keys = [key for kind, key in series if kind == grouping]
        totals = {
            key: sum(row["stories"] for row in series[grouping, key] if row["week"] in weeks) for key in keys
        }
        for key in sorted(keys, key=lambda key: (-totals[key], key))[:24]:
            chart = place_bars(_spread(series[grouping, key], weeks), height=140, width=460)
            panels.append(
                {
                    "grouping": grouping,
                    "key": key,
                    "name": names.get((grouping, key), key),
                    "bars": chart,
                    "total": totals[key],
                }
            )
    return {
        "all": place_bars(series.get(("all", ""), [])),
        "first": place_bars(_spread(first, weeks)),
        "panels": panels,
    }


def _spread(rows: list[Row], weeks: list[str]) -> list[Row]:
    """The same weeks for every panel, so that they can be compared."""
    counts = {row["week"]: row["stories"] for row in rows}
    return [{"week": week, "stories": counts.get(week, 0)} for week in weeks]


async def _weeks(ask: Ask, grouping: str, key: str) -> dict[str, Any]:
    return place_bars(
        await ask.all(
            "SELECT week, sum(stories) AS stories FROM story_weeks "
            "WHERE grouping = :grouping AND key = :key GROUP BY week",
            grouping=grouping,
            key=key,
        ),
        height=150,
    )
