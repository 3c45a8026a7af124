"""Articles, their words and what they bear."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request

from db.pages.parts.ask import Ask
from db.pages.parts.passages import find_differences, mark_text, shorten_same
from db.pages.parts.said import Row
from db.pages.places import Context
from db.public.privacy import Hider
from db.records import PrivateWords

#: Articles on one page of the list.
PAGE = 30


async def article_list(datasette: Datasette, request: Request) -> Context:
    ask = Ask(datasette)
    page = max(int(text), 1) if (text := request.args.get("hal", "")).isdecimal() and len(text) < 6 else 1
    outlet, code = request.args.get("media") or "", request.args.get("wilayah") or ""
    source = "regency_articles" if code else "relevant_articles"
    where = ["1"] + ["outlet = :outlet"] * bool(outlet) + ["regency_code = :code"] * bool(code)
    given = {"outlet": outlet} if outlet else {}
    given |= {"code": code} if code else {}
    rows = await ask.all(
        f"SELECT * FROM {source} WHERE {' AND '.join(where)} "
        "ORDER BY published_on DESC LIMIT :limit OFFSET :offset",
        limit=PAGE + 1,
        offset=(page - 1) * PAGE,
        **given,
    )
    return {
        "articles": rows[:PAGE],
        "page_number": page,
        "more": len(rows) > PAGE,
        "outlet": outlet,
        "code": code,
        "outlets": list((await ask.terms("outlets")).values()),
        "regencies": await ask.all("SELECT code, name FROM regencies ORDER BY code"),
    }


async def article(datasette: Datasette, request: Request) -> Context:
    ask, key = Ask(datasette), request.url_vars["key"]
    row = await ask.one(
        "SELECT a.*, o.name AS outlet_name FROM articles AS a JOIN outlets AS o ON o.slug = a.outlet "
        "WHERE a.id = :key",
        key=key,
    )
    if row is None:
        raise NotFound(f"article {key}")
    evidence = await ask.all(
        "SELECT e.*, s.sentence FROM evidence AS e JOIN sentences AS s ON s.id = e.sentence_id "
        'WHERE e.article = :key ORDER BY e.field DESC, e.start, e."end", e.kind, e.claim LIMIT 3000',
        key=key,
    )
    claims = await _claims(ask, key, evidence)
    kinds = {claim["id"]: claim["kind"] for claim in claims}
    evidence = [item for item in evidence if item["claim"] in kinds]
    has_text = "text" in row
    day = (row["published_on"] or "").replace("-", "")
    return {
        "article": row,
        "reading": await ask.one(
            "SELECT relevant, origin, reason FROM extractions WHERE article = :key "
            "ORDER BY relevant DESC, programme LIMIT 1",
            key=key,
        ),
        "claims": claims,
        "title_pieces": await _pieces(ask, key, "title", evidence, has_text),
        "pieces": await _pieces(ask, key, "text", evidence, has_text) if has_text else None,
        "sentences": [] if has_text else _sentences(evidence),
        "versions": await _versions(ask, key, row) if has_text else [],
        "copies": await ask.all(
            "SELECT a.article, a.title, a.outlet_name, a.url, a.published_on FROM relevant_articles AS a "
            "WHERE a.story = :story AND a.article <> :key GROUP BY a.article "
            "ORDER BY a.published_on LIMIT 50",
            story=row["story"] or row["id"],
            key=key,
        ),
        "wayback": f"https://web.archive.org/web/{day}*/{quote(row['url'], safe=':/?&=%#')}",
    }


async def _pieces(ask: Ask, key: str, field: str, evidence: list[Row], private: bool) -> list[dict[str, Any]]:
    """Title or text in pieces, their private words hidden: offsets are those of what the outlet printed."""
    # A column of this name comes as it is stored, and so does a row that names no article.
    printed = await ask.value(f"SELECT {field} AS verbatim FROM articles WHERE id = :key", key=key)
    pieces = mark_text(printed, [item for item in evidence if item["field"] == field])
    if private:
        words = await ask.all("SELECT kind, printed, shown FROM private_words WHERE article = :key", key=key)
        hider = Hider([PrivateWords(**row) for row in words])
        pieces = [{**piece, "text": hider.hide(piece["text"])} for piece in pieces]
    return pieces


async def _claims(ask: Ask, key: str, evidence: list[Row]) -> list[Row]:
    """The article's claims in the order of their words; those of the public file are on the programme."""
    firsts: dict[tuple[str, str], Row] = {}
    for item in evidence:
        if item["ordinal"] == 0:
            firsts.setdefault((item["kind"], item["claim"]), item)
    rows = [
        {
            "kind": kind,
            "id": claim,
            "quote": item["quote"],
            "sentence": item["sentence"],
            "rule": item["rule"],
        }
        for (kind, claim), item in firsts.items()
    ]
    return await ask.described(rows)


def _sentences(evidence: list[Row]) -> list[dict[str, Any]]:
    """Sentences that bear claims, in the article's order, each with its evidence placed in it."""
    found: dict[int, dict[str, Any]] = {}
    for item in evidence:
        entry = found.setdefault(
            item["sentence_id"], {"sentence": item["sentence"], "spans": [], "field": item["field"]}
        )
        at = item["sentence"].find(item["quote"])
        if at >= 0:
            entry["spans"].append({**item, "start": at, "end": at + len(item["quote"])})
    return [
        {"pieces": mark_text(entry["sentence"], entry["spans"]), "field": entry["field"]}
        for entry in found.values()
    ]


async def _versions(ask: Ask, key: str, row: Row) -> list[dict[str, Any]]:
    """Older texts, newest first, each with how the next one differs from it."""
    older = await ask.all(
        "SELECT * FROM article_versions WHERE article = :key ORDER BY replaced_at DESC, id DESC LIMIT 20",
        key=key,
    )
    shown = []
    after = row
    for version in older:
        shown.append(
            {
                **version,
                "title_differs": version["title"] != after["title"],
                "pieces": shorten_same(find_differences(version["text"], after["text"])),
            }
        )
        after = version
    return shown
