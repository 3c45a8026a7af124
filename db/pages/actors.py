"""Kinds of agencies, offices, officials and stories: all their names, and everything said of them."""

from __future__ import annotations

import json

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from db.pages.parts.ask import Ask
from db.pages.parts.paging import read_page
from db.pages.parts.said import Row
from db.pages.places import Context

#: Claims on one page, and rows of a list.
PAGE, ROWS = 20, 60


async def agency_list(datasette: Datasette, request: Request) -> Context:
    """Every office that reports name, by region; with those that can't be told apart."""
    ask, page = Ask(datasette), read_page(request)
    rows = await ask.all(
        "SELECT * FROM offices ORDER BY stories DESC, region, office LIMIT :limit OFFSET :offset",
        limit=ROWS + 1,
        offset=(page - 1) * ROWS,
    )
    return {
        "offices": [_with_names(row) for row in rows[:ROWS]],
        "agencies": await ask.terms("agency_types"),
        "page_number": page,
        "more": len(rows) > ROWS,
    }


async def agency(datasette: Datasette, request: Request) -> Context:
    """A kind of agency: what it handles, its offices, what is said of it, joint offices included."""
    ask, key = Ask(datasette), request.url_vars["key"]
    page = read_page(request)
    term = (await ask.terms("agency_types")).get(key)
    if term is None:
        raise NotFound(f"agency {key}")
    claims, more = await _claims(ask, "agency_type = :key", page, key=key)
    offices = await ask.all(
        f"SELECT * FROM offices WHERE instr('|' || type || '|', '|' || :key || '|') > 0 "
        f"ORDER BY stories DESC, region, office LIMIT {ROWS}",
        key=key,
    )
    return {
        "term": term,
        "spellings": json.loads(term["spellings"])[:24],
        "matrix": await ask.all(
            "SELECT * FROM responsibility_matrix WHERE instr('|' || agency || '|', '|' || :key || '|') > 0 "
            f"ORDER BY region, pillar_name LIMIT {ROWS}",
            key=key,
        ),
        "offices": [_with_names(row) for row in offices],
        "claims": claims,
        "pillars": await ask.terms("pillars"),
        "agencies": await ask.terms("agency_types"),
        "page_number": page,
        "more": more,
    }


async def office(datasette: Datasette, request: Request) -> Context:
    """An office of a region: its names, what it handles, and everything said of it over time."""
    ask, key = Ask(datasette), f"{request.url_vars['key']}/{request.url_vars['region']}"
    page = read_page(request)
    row = await ask.one("SELECT * FROM offices WHERE office = :key ORDER BY stories DESC LIMIT 1", key=key)
    if row is None:
        raise NotFound(f"office {key}")
    # A claim on a joint office stands there once for each of its kinds.
    where = "office = :key AND agency_type = (SELECT min(agency_type) FROM agency_claims WHERE office = :key)"
    claims, more = await _claims(ask, where, page, key=key)
    return {
        "office": _with_names(row),
        "claims": claims,
        "matrix": await ask.all(
            "SELECT * FROM responsibility_matrix WHERE agency = :type AND region = :region "
            "ORDER BY pillar_name LIMIT 20",
            type=row["type"],
            region=row["region"],
        ),
        "pillars": await ask.terms("pillars"),
        "agencies": await ask.terms("agency_types"),
        "page_number": page,
        "more": more,
    }


async def official_list(datasette: Datasette, request: Request) -> Context:
    ask, page = Ask(datasette), read_page(request)
    rows = await ask.all(
        "SELECT * FROM officials ORDER BY stories DESC, name LIMIT :limit OFFSET :offset",
        limit=ROWS + 1,
        offset=(page - 1) * ROWS,
    )
    return {
        "officials": [_with_roles(row) for row in rows[:ROWS]],
        "page_number": page,
        "more": len(rows) > ROWS,
    }


async def official(datasette: Datasette, request: Request) -> Context:
    """A person with an office: spellings, offices, and every report that names them so."""
    ask, key = Ask(datasette), request.url_vars["key"]
    page = read_page(request)
    row = await ask.one("SELECT * FROM officials WHERE slug = :key ORDER BY stories DESC LIMIT 1", key=key)
    if row is None:
        raise NotFound(f"official {key}")
    ids = await ask.all(
        "SELECT id FROM people WHERE role <> '' AND name IN (SELECT value FROM json_each(:names)) LIMIT 2000",
        names=row["names"],
    )
    claims, more = await _claims_in(ask, [found["id"] for found in ids], page)
    return {
        "official": _with_roles(row),
        "names": sorted(set(json.loads(row["names"])) - {row["name"]}),
        "claims": claims,
        "page_number": page,
        "more": more,
    }


async def story(datasette: Datasette, request: Request) -> Context:
    """A story: its copies by day, and what they claim, each thing once."""
    ask, key = Ask(datasette), request.url_vars["key"]
    row = await ask.one("SELECT * FROM stories WHERE story = :key LIMIT 1", key=key)
    if row is None:
        raise NotFound(f"story {key}")
    copies = await ask.all(
        "SELECT * FROM relevant_articles WHERE story = :key ORDER BY published_on, article LIMIT 100", key=key
    )
    claims = await ask.claims(
        "article IN (SELECT value FROM json_each(:articles))",
        order="published_on, article, kind, id",
        limit=400,
        articles=json.dumps([copy["article"] for copy in copies]),
    )
    return {"story": row, "copies": copies, "claims": gather(claims)}


def gather(claims: list[Row]) -> list[Row]:
    """The first of claims that say the same, with `reports`, in how many articles it stands."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    articles: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        key = claim["kind"], claim["said"]
        found.setdefault(key, dict(claim))
        articles.setdefault(key, set()).add(claim["article"])
    return [{**claim, "reports": len(articles[key])} for key, claim in found.items()]


def _with_names(row: Row) -> Row:
    return {**row, "others": [name for name in json.loads(row["names"]) if name != row["name"]]}


def _with_roles(row: Row) -> Row:
    return {**row, "offices": json.loads(row["roles"])}


async def _claims(ask: Ask, where: str, page: int, **values: str) -> tuple[list[Row], bool]:
    """One page of the claims on an agency, newest first, and whether there are more."""
    rows = await ask.all(
        f"SELECT id FROM agency_claims WHERE {where} "
        f"ORDER BY published_on DESC, id LIMIT {PAGE + 1} OFFSET {(page - 1) * PAGE}",
        **values,
    )
    claims, _ = await _claims_in(ask, [row["id"] for row in rows[:PAGE]], 1)
    return claims, len(rows) > PAGE


async def _claims_in(ask: Ask, ids: list[str], page: int) -> tuple[list[Row], bool]:
    rows = await ask.all(
        "SELECT * FROM all_claims WHERE id IN (SELECT value FROM json_each(:ids)) "
        f"ORDER BY published_on DESC, id LIMIT {PAGE + 1} OFFSET {(page - 1) * PAGE}",
        ids=json.dumps(ids),
    )
    return await ask.described(rows[:PAGE]), len(rows) > PAGE
