"""Beranda, regencies, kecamatan: what was reported on a place, and what is known where nothing was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from db.claim_kinds import KINDS
from db.pages.parts.ask import Ask
from db.pages.parts.charts import LAYERS, draw_map, place_bars, place_series
from db.pages.parts.coverage import (
    STATES,
    count_states,
    find_coverage,
    list_coverage,
    list_outlets,
    list_pillars,
    read_window,
)
from db.pages.parts.findings import find_changes
from db.pages.parts.paging import read_page
from db.pages.parts.said import Row

Context = dict[str, Any]

#: Pilots on one page of their list.
PILOTS = 30

#: Events and articles of a regency's timeline; the tables below have all of them.
TIMELINE = 40

#: Contested measures on a page, and articles of each; their downloads have all of them.
MEASURES, REPORTS = 40, 15

#: Claims that are news by themselves: what an article is about is not.
NEWS = f"kind NOT IN ({', '.join(repr(kind.table) for kind in KINDS if not kind.news)})"


async def home(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    regencies = await list_coverage(ask)
    weeks = await ask.all(
        "SELECT week, sum(stories) AS stories, sum(articles) AS articles FROM story_weeks "
        "WHERE grouping = 'all' AND key = '' GROUP BY week ORDER BY week DESC LIMIT 52"
    )
    layer = request.args.get("peta") or ""
    return {
        "figures": await ask.one("SELECT * FROM headline"),
        "changes": await find_changes(ask),
        "regencies": regencies,
        "states": STATES,
        "map": await draw_map(ask, regencies, layer if layer in LAYERS else LAYERS[0]),
        "layers": LAYERS,
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
    regencies = await list_coverage(Ask(datasette), window := read_window(request))
    return {
        "regencies": regencies,
        "chosen": window,
        "window": regencies[0] if regencies else None,
        "totals": count_states(regencies, STATES),
    }


async def regency(datasette: Datasette, request: Request) -> Context:
    ask, code = Ask(datasette), request.url_vars["code"]
    window = read_window(request)
    coverage = await find_coverage(ask, code, window)
    if coverage is None:
        raise NotFound(f"regency {code}")
    named = "SELECT * FROM {} WHERE regency_code = :code ORDER BY {} LIMIT {}".format
    matrix = await ask.all(named("responsibility_matrix", "pillar_name, stories DESC", 60), code=code)
    events = await ask.all(named("dated_events", "date DESC", TIMELINE), code=code)
    articles = await ask.all(
        named("regency_articles", "about DESC, published_on DESC, article", TIMELINE), code=code
    )
    about = [article for article in articles if article["about"]]
    return {
        "place": coverage,
        "chosen": window,
        "mentioning": await mentioning_articles(ask, code),
        "pilots": await ask.all(named("pilots", "kecamatan", 100), code=code),
        "others": await ask.all(
            "SELECT o.kecamatan, o.kecamatan_code, o.status, o.sentence, o.article, a.published_on, "
            "a.outlet_name, a.url, count(*) AS reports "
            "FROM (SELECT * FROM other_kecamatan WHERE regency_code = :code LIMIT 5000) AS o "
            "JOIN relevant_articles AS a ON a.article = o.article AND a.programme = o.programme "
            "GROUP BY o.kecamatan, o.status ORDER BY o.kecamatan, o.status",
            code=code,
        ),
        "states": await list_pillars(ask, "regency_code = :code", window, code=code),
        "matrix": matrix,
        "people": await ask.all(
            named("regency_people", "stories DESC, last_reported DESC, name", 40), code=code
        ),
        "contested": await contested_figures(ask, "regency_code = :code", code=code),
        "figures": await ask.claims("regency_code = :code AND kind_name = 'angka'", code=code, limit=12),
        "sections": await ask.sections("regency_code", code),
        "timeline": build_timeline(events, about),
        "articles": about[:15],
        "weeks": place_bars(
            await ask.all(
                "SELECT week, sum(stories) AS stories FROM story_weeks "
                "WHERE grouping = 'regency' AND key = :code GROUP BY week",
                code=code,
            ),
            height=150,
        ),
        "outlets": await list_outlets(ask, code, window),
        "series": await figure_series(ask, "regency_code = :code", code=code),
        "agencies": await ask.terms("agency_types"),
        "pillars": await ask.terms("pillars"),
    }


async def mentioning_articles(ask: Ask, code: str) -> list[Row]:
    """Articles that only name a regency, or may do so, each with the sentence and the role there."""
    return await ask.all(
        "SELECT a.*, r.role, r.sentence, r.quote, r.id AS claim, r.regency_code IS NULL AS perhaps "
        "FROM article_regencies AS r JOIN relevant_articles AS a "
        "ON a.article = r.article AND a.programme = r.programme "
        "WHERE r.id IN (SELECT id FROM article_regencies WHERE regency_code = :code UNION "
        "SELECT claim FROM ambiguous_areas WHERE kind = 'article_regencies' AND regency_code = :code) "
        "AND NOT EXISTS (SELECT 1 FROM regency_articles AS b WHERE b.article = r.article "
        "AND b.regency_code = :code AND b.programme = r.programme AND b.about) "
        f"ORDER BY a.published_on DESC, a.article LIMIT {TIMELINE}",
        code=code,
    )


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
    """Measures on which stories disagree at one time, each with its figures, one a story."""
    measures = await ask.all(
        f"SELECT * FROM contested_quantities WHERE {where} ORDER BY region, measure LIMIT {MEASURES}",
        **values,
    )
    return [await _with_reports(ask, measure) for measure in measures]


async def figure_series(ask: Ask, where: str = "1", **values: Any) -> list[Row]:
    """Measures whose figures change with time, each with its figures by day and their places in a drawing."""
    measures = await ask.all(
        f"SELECT * FROM quantity_series WHERE {where} ORDER BY region, measure LIMIT {MEASURES}", **values
    )
    found = [await _with_reports(ask, measure) for measure in measures]
    return [{**measure, "drawing": place_series(measure["reports"])} for measure in found]


async def _with_reports(ask: Ask, measure: Row) -> dict[str, Any]:
    """A row of figures with the claims that its `values` list, oldest first."""
    told = {(voice["url"], voice["value"]) for voice in json.loads(measure["values"])}
    voices = await ask.all(
        "SELECT * FROM quantity_voices WHERE measure = :measure AND region = :region "
        "AND programme = :programme ORDER BY published_on, value",
        **{key: measure[key] for key in ("measure", "region", "programme")},
    )
    reports = [voice for voice in voices if (voice["url"], voice["value"]) in told]
    return {
        **measure,
        "all_reports": len(reports),
        "reports": reports[:REPORTS],
        "term": (await ask.terms("measures")).get(measure["measure"]),
    }


async def kecamatan_list(datasette: Datasette, request: Request) -> Context:
    ask, page = Ask(datasette), read_page(request)
    return {
        "pilots": await ask.all(
            "SELECT * FROM pilots ORDER BY regency_code, kecamatan "
            f"LIMIT {PILOTS} OFFSET {(page - 1) * PILOTS}"
        ),
        "all": await ask.value("SELECT count(*) FROM pilots"),
        "page_number": page,
        "regencies": await ask.all(
            "SELECT regency_code AS code, regency AS name, count(*) AS pilots FROM pilots "
            "GROUP BY regency_code ORDER BY regency_code"
        ),
    }


async def kecamatan(datasette: Datasette, request: Request) -> Context:
    ask, code = Ask(datasette), request.url_vars["code"]
    place = await ask.one(
        "SELECT k.*, g.name AS regency FROM kecamatan AS k JOIN regencies AS g ON g.code = k.regency_code "
        "WHERE k.code = :code",
        code=code,
    )
    if place is None:
        raise NotFound(f"kecamatan {code}")
    return {
        "place": place,
        "coverage": await find_coverage(ask, place["regency_code"]),
        "pilot": await ask.one("SELECT * FROM pilots WHERE code = :code", code=code),
        "as_pilot": await ask.claims(
            "kecamatan_code = :code AND kind_name = 'kecamatan percontohan'", code=code, limit=30
        ),
        "otherwise": await ask.claims(
            "kecamatan_code = :code AND kind_name = 'kecamatan lain'", code=code, limit=30
        ),
        "sections": await ask.sections("kecamatan_code", code),
    }
