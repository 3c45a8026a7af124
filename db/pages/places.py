"""Beranda, regencies, kecamatan: what was reported on a place, and what silence there means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from db.claim_kinds import KINDS
from db.pages.parts.ask import Ask
from db.pages.parts.charts import place_bars, place_points, place_tiles
from db.pages.parts.said import Row

Context = dict[str, Any]

#: Events and articles of a regency's timeline; the tables below have all of them.
TIMELINE = 40

#: Contested measures on a page, and articles of each; their downloads have all of them.
MEASURES, REPORTS = 40, 15

_BOUNDS = """SELECT min(longitude) AS west, max(longitude) AS east, min(latitude) AS south,
                    max(latitude) AS north FROM kecamatan"""

#: Claims that are news by themselves: what an article is about is not.
NEWS = f"kind NOT IN ({', '.join(repr(kind.table) for kind in KINDS if not kind.news)})"


def find_silence(coverage: Row) -> str:
    """What a regency's silence, or its want, means: the key of a message."""
    if coverage["articles"]:
        return "reported" if coverage["outlets_healthy"] else "reported-blind"
    if coverage["ambiguous_articles"]:
        return "ambiguous"
    return "silent" if coverage["outlets_healthy"] else "blind"


async def list_coverage(ask: Ask) -> list[Row]:
    rows = await ask.all("SELECT * FROM coverage GROUP BY code ORDER BY code")
    return [{**row, "silence_key": find_silence(row)} for row in rows]


async def home(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    regencies = await list_coverage(ask)
    weeks = await ask.all(
        "SELECT week, sum(stories) AS stories, sum(articles) AS articles FROM story_weeks "
        "WHERE grouping = 'all' AND key = '' GROUP BY week ORDER BY week DESC LIMIT 52"
    )
    pilots = await ask.all("SELECT code, kecamatan, regency, latitude, longitude, stories FROM pilots")
    return {
        "figures": await ask.one("SELECT * FROM headline"),
        "regencies": regencies,
        "map": place_tiles(regencies),
        "points": place_points(pilots, await ask.one(_BOUNDS) or {}),
        "weeks": weeks,
        "bars": place_bars(weeks),
        "claims": spread_out(await ask.claims(NEWS, limit=60))[:8],
        "pillars": list((await ask.terms("pillars")).values()),
    }


def spread_out(claims: Sequence[Row], most: int = 2) -> list[Row]:
    """The same claims in their order, but those beyond `most` of one article behind all others."""
    seen: Counter[str] = Counter()
    first: list[Row] = []
    rest: list[Row] = []
    for claim in claims:
        seen[claim["article"]] += 1
        (first if seen[claim["article"]] <= most else rest).append(claim)
    return first + rest


async def regency_list(datasette: Datasette, request: Request) -> Context:
    return {"regencies": await list_coverage(Ask(datasette))}


async def regency(datasette: Datasette, request: Request) -> Context:
    ask, code = Ask(datasette), request.url_vars["code"]
    coverage = await ask.one("SELECT * FROM coverage WHERE code = :code", code=code)
    if coverage is None:
        raise NotFound(f"regency {code}")
    named = "SELECT * FROM {} WHERE regency_code = :code ORDER BY {} LIMIT {}".format
    matrix = await ask.all(named("responsibility_matrix", "pillar_name, stories DESC", 60), code=code)
    events = await ask.all(named("dated_events", "date DESC", TIMELINE), code=code)
    articles = await ask.all(named("regency_articles", "published_on DESC, article", TIMELINE), code=code)
    return {
        "place": {**coverage, "silence_key": find_silence(coverage)},
        "pilots": await ask.all(named("pilots", "kecamatan", 100), code=code),
        "others": await ask.all(
            "SELECT o.kecamatan, o.kecamatan_code, o.status, o.sentence, o.article, a.published_on, "
            "a.outlet_name, a.url, count(*) AS reports "
            "FROM (SELECT * FROM other_kecamatan WHERE regency_code = :code LIMIT 5000) AS o "
            "JOIN relevant_articles AS a ON a.article = o.article AND a.programme = o.programme "
            "GROUP BY o.kecamatan, o.status ORDER BY o.kecamatan, o.status",
            code=code,
        ),
        "states": await ask.all(named("pillar_coverage", "pillar", 20), code=code),
        "matrix": matrix,
        "people": await ask.all(
            named("regency_people", "stories DESC, last_reported DESC, name", 40), code=code
        ),
        "contested": await contested_figures(ask, "regency_code = :code", code=code),
        "figures": await ask.claims("regency_code = :code AND kind_name = 'angka'", code=code, limit=12),
        "sections": await ask.sections("regency_code", code),
        "timeline": build_timeline(events, articles),
        "articles": articles[:15],
        "weeks": place_bars(
            await ask.all(
                "SELECT week, sum(stories) AS stories FROM story_weeks "
                "WHERE grouping = 'regency' AND key = :code GROUP BY week",
                code=code,
            ),
            height=150,
        ),
        "outlets": await ask.all(
            "SELECT h.* FROM outlet_health AS h WHERE NOT EXISTS "
            "(SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = h.outlet) OR EXISTS "
            "(SELECT 1 FROM outlet_regencies AS l WHERE l.outlet = h.outlet AND l.regency_code = :code) "
            "ORDER BY h.healthy DESC, h.name",
            code=code,
        ),
        "agencies": await ask.terms("agency_types"),
        "pillars": await ask.terms("pillars"),
    }


def build_timeline(events: Sequence[Row], articles: Sequence[Row]) -> list[dict[str, Any]]:
    """Events and stories by day, newest first: `day` with `event`, or with `story` and its `copies`."""
    stories: dict[str, list[Row]] = {}
    for article in articles:
        stories.setdefault(article["story"], []).append(article)
    entries: list[dict[str, Any]] = [{"day": event["date"], "event": event} for event in events]
    for copies in stories.values():
        first = min(copies, key=lambda article: article["published_on"] or "")
        entries.append({"day": first["published_on"] or "", "story": first, "copies": len(copies)})
    return sorted(entries, key=lambda entry: str(entry["day"]), reverse=True)[:TIMELINE]


async def contested_figures(ask: Ask, where: str = "1", **values: Any) -> list[Row]:
    """Contested measures, each with what the articles printed; of many measures and articles the first."""
    measures = await ask.all(
        f"SELECT * FROM contested_quantities WHERE {where} ORDER BY region, measure LIMIT {MEASURES}",
        **values,
    )
    found: list[Row] = []
    for measure in measures:
        reports = await ask.all(
            "SELECT * FROM quantity_reports WHERE measure = :measure AND region = :region "
            "AND programme = :programme ORDER BY published_on, value "
            f"LIMIT {REPORTS}",
            **{key: measure[key] for key in ("measure", "region", "programme")},
        )
        found.append(
            {**measure, "reports": reports, "term": (await ask.terms("measures")).get(measure["measure"])}
        )
    return found


async def kecamatan_list(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    return {"pilots": await ask.all("SELECT * FROM pilots ORDER BY regency_code, kecamatan")}


async def kecamatan(datasette: Datasette, request: Request) -> Context:
    ask, code = Ask(datasette), request.url_vars["code"]
    place = await ask.one(
        "SELECT k.*, g.name AS regency FROM kecamatan AS k JOIN regencies AS g ON g.code = k.regency_code "
        "WHERE k.code = :code",
        code=code,
    )
    if place is None:
        raise NotFound(f"kecamatan {code}")
    coverage = await ask.one("SELECT * FROM coverage WHERE code = :code", code=place["regency_code"])
    return {
        "place": place,
        "silence_key": find_silence(coverage) if coverage else "blind",
        "pilot": await ask.one("SELECT * FROM pilots WHERE code = :code", code=code),
        "as_pilot": await ask.claims(
            "kecamatan_code = :code AND kind_name = 'kecamatan percontohan'", code=code, limit=30
        ),
        "otherwise": await ask.claims(
            "kecamatan_code = :code AND kind_name = 'kecamatan lain'", code=code, limit=30
        ),
        "sections": await ask.sections("kecamatan_code", code),
    }
