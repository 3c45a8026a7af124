"""A claim's page: what bears it, how it came to stand, who else says so, how to cite and correct it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from db.claim_kinds import KIND_OF
from db.pages.about import link_contact
from db.pages.parts.ask import Ask
from db.pages.parts.citations import FORMATS, Cited, write_citation
from db.pages.parts.language import name_of, say
from db.pages.parts.links import claim_path, page_path, term_path
from db.pages.parts.said import Row
from db.pages.places import Context
from db.pages.policy import site_address
from db.records import WIB

#: Other claims that say the same, on one page.
OTHERS = 30

#: Characters before and after a claim's sentence, where they are known.
_AROUND = 300


async def claim(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    row, article = await _load(ask, request.url_vars["key"])
    cited = _cite(datasette, row, article)
    contact = str(getattr(datasette, "contact", ""))
    correction = write_correction(row)
    alike = await _others(ask, row)
    return {
        "claim": row,
        "article": article,
        "evidence": await ask.all(
            "SELECT e.quote, e.rule, e.field, s.sentence FROM evidence AS e "
            "JOIN sentences AS s ON s.id = e.sentence_id "
            "WHERE e.kind = :kind AND e.claim = :id ORDER BY e.ordinal LIMIT 20",
            kind=row["kind"],
            id=row["id"],
        ),
        "about": await _about(ask, row),
        "around": await _around(ask, row),
        "versions": await ask.all(
            "SELECT fetched_on, replaced_on, held FROM claim_versions WHERE claim = :id ORDER BY replaced_on",
            id=row["id"],
        ),
        "others": [claim for claim in alike if claim["story"] != row["story"]],
        "copies": [claim for claim in alike if claim["story"] == row["story"]],
        "otherwise": await _otherwise(ask, row),
        "citations": {form: write_citation(cited, form) for form in FORMATS},
        "address": cited.address,
        "contact": contact,
        "report": _report_link(contact, row, cited, correction),
        "correction": correction,
        "wayback": f"https://web.archive.org/web/{(row['published_on'] or '').replace('-', '')}*/"
        f"{quote(row['url'], safe=':/?&=%#')}",
    }


async def citation(datasette: Datasette, request: Request) -> Response:
    """`/klaim/ID.ris`: the citation as a file."""
    form = request.url_vars["format"]
    row, article = await _load(Ask(datasette), request.url_vars["key"])
    return Response(
        write_citation(_cite(datasette, row, article), form),
        headers={"content-disposition": f'attachment; filename="{row["id"]}.{form}"'},
        content_type=FORMATS[form],
    )


async def _load(ask: Ask, key: str) -> tuple[Row, Row]:
    """A claim as `Ask.described` gives it, with its own columns as `own`, and its article."""
    rows = await ask.claims("id = :key", key=key, limit=1)
    article = rows and await ask.one("SELECT * FROM articles WHERE id = :id", id=rows[0]["article"])
    if not article:
        raise NotFound(f"claim {key}")
    own = await ask.one(f"SELECT * FROM {rows[0]['kind']} WHERE id = :key", key=key)
    return {**rows[0], "own": own}, article


def _cite(datasette: Datasette, row: Row, article: Row) -> Cited:
    return Cited(
        claim=row["id"],
        said=row["said"],
        quote=row["quote"],
        sentence=row["sentence"],
        rule=row["rule"],
        authors=tuple(str(author) for author in json.loads(article["authors"] or "[]")),
        title=article["title"],
        outlet=row["outlet_name"],
        published_on=article["published_on"] or "",
        read_on=(article["fetched_at"] or _today())[:10],
        url=article["url"],
        address=f"{site_address()}{page_path(datasette, claim_path(row['id']))}",
    )


async def _about(ask: Ask, row: Row) -> list[tuple[str, str]]:
    """Name and page of what the claim is about: places, pillar, kinds of agency, person, story."""
    links = []
    for table, column, page in (
        ("regencies", "regency_code", "wilayah"),
        ("kecamatan", "kecamatan_code", "kecamatan"),
    ):
        if row[column]:
            name = await ask.value(f"SELECT name FROM {table} WHERE code = :code", code=row[column])
            links.append((str(name), term_path(page, row[column])))
    for table, page in (("pillars", "pilar"), ("agency_types", "instansi")):
        terms = await ask.terms(table)
        keys = row["pillar"] if table == "pillars" else row["own"].get("type") or row["own"].get("agency")
        links += [
            (name_of(terms[key]), term_path(page, key)) for key in (keys or "").split("|") if key in terms
        ]
    if row["kind"] == "people" and row["own"]["role"]:
        # As the view `officials` spells it, so that its index is used.
        slug = await ask.value(
            "SELECT slug FROM officials WHERE slug = lower(replace(replace(replace(replace("
            ":name, '.', ''), ',', ''), '/', ''), ' ', '-')) LIMIT 1",
            name=row["own"]["name"],
        )
        links += [(row["own"]["name"], term_path("orang", slug))] if slug else []
    return [*links, (say("word.the_story"), f"/berita/{quote(row['story'], safe=':')}")]


async def _around(ask: Ask, row: Row) -> dict[str, Any] | None:
    """The words before and after the sentence, where this database holds the article's text."""
    own = row["own"]
    if own["field"] != "text":
        return None
    columns = await ask.datasette.get_database(ask.site).table_columns("articles")
    if "text" not in columns:
        return None
    text = await ask.value("SELECT text FROM articles WHERE id = :id", id=row["article"]) or ""
    at = text.find(row["sentence"])
    if at < 0:
        return None
    before, after = text[:at].split("\n")[-1], text[at + len(row["sentence"]) :].split("\n")[0]
    return {"before": before[-_AROUND:].lstrip(), "after": after[:_AROUND].rstrip()}


async def _others(ask: Ask, row: Row) -> list[Row]:
    """Claims of other articles that say the same, newest first."""
    kind = KIND_OF[row["kind"]]
    if not kind.news:
        return []
    own = row["own"]
    same = [column.name for column in kind.columns if own[column.name] is not None]
    ids = await ask.all(
        f"SELECT id FROM {kind.table} WHERE "
        + " AND ".join(f"{name} = :{name}" for name in same)
        + f" AND article <> :article LIMIT {OTHERS * 4}",
        article=row["article"],
        **{name: own[name] for name in same},
    )
    marks = json.dumps([found["id"] for found in ids])
    return await ask.claims("id IN (SELECT value FROM json_each(:ids))", ids=marks, limit=OTHERS)


async def _otherwise(ask: Ask, row: Row) -> list[Row]:
    """Who says something else: other values of the measure in the region, or that a kecamatan is no pilot."""
    own = row["own"]
    if row["kind"] == "quantities":
        ids = await ask.all(
            "SELECT id FROM quantities WHERE measure = :measure AND region = :region AND value <> :value "
            "LIMIT 60",
            **{name: own[name] for name in ("measure", "region", "value")},
        )
    elif row["kind"] == "pilot_kecamatan" and own["kecamatan_code"]:
        ids = await ask.all(
            "SELECT id FROM other_kecamatan WHERE kecamatan_code = :code AND status = 'negated' LIMIT 60",
            code=own["kecamatan_code"],
        )
    else:
        return []
    marks = json.dumps([found["id"] for found in ids])
    return await ask.claims("id IN (SELECT value FROM json_each(:ids))", ids=marks, limit=OTHERS)


def _today() -> str:
    return datetime.now(WIB).date().isoformat()


def write_correction(row: Row) -> str:
    """A correction's TOML that rejects the claim, to be completed by whoever knows better."""
    kind = KIND_OF[row["kind"]]
    named = ", ".join(
        f"{column.name} = {_toml(row['own'][column.name])}"
        for column in kind.columns
        if column.says != "code" and row["own"][column.name] not in (None, "")
    )
    return (
        f'[[reject]]\nby = ""\nat = {_today()}\nwhy = ""\n'
        f"article = {_toml(row['article'])}\nkind = {_toml(row['kind'])}\nclaim = {{ {named} }}\n"
    )


def _toml(value: str | int) -> str:
    """A string or number of TOML, whose basic strings are those of JSON but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _report_link(contact: str, row: Row, cited: Cited, correction: str) -> str:
    """The operator's address with the claim filled in: a mail, or whatever page they named."""
    address = link_contact(contact)
    if not address.startswith("mailto:"):
        return address
    body = say("claim.report_body", said=row["said"], sentence=cited.sentence, address=cited.address)
    subject = say("claim.report_subject", id=row["id"])
    return f"{address}?subject={quote(subject)}&body={quote(body + correction)}"
