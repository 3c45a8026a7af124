"""Records as JSON: an article comes in as one object a line, its facts go out as another.

The forms are fixed: keys, their order and their meaning are what scripts outside rely on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.claim_kinds import KIND_OF_FIELD, KINDS, ClaimKind
from db.records import WIB, Article, Claim, Evidence, Facts

#: What `published_at` may be: from the first newspapers on, and so far that nobody will miss more.
FIRST_YEAR, LAST_YEAR = 1600, 2999


class ArticleFormError(ValueError):
    """A JSON value that is no article; the message says what is missing or wrong."""


def article_from_dict(row: object) -> Article:
    """The article of one input object.

    `id` and `text` are needed; `url`, `outlet`, `published_at` and `title` may be absent or null.
    `published_at` is a date or a time in ISO 8601; one without a zone is WIB. Keys beyond these are
    ignored, so that a file may carry more. Raises `ArticleFormError`, also for a year in which no newspaper
    was printed: a slip, and zones can't be reckoned with at the ends of the calendar.
    """
    if not isinstance(row, dict):
        raise ArticleFormError(f"an article is a JSON object, this is {_json_type(row)}")
    for key in ("id", "text"):
        if key not in row:
            raise ArticleFormError(f"the key '{key}' is missing")
    if not row["id"]:
        raise ArticleFormError("'id' is empty")
    return Article(
        id=_text(row, "id"),
        url=_text(row, "url"),
        outlet=_text(row, "outlet"),
        title=_text(row, "title"),
        text=_text(row, "text"),
        published_at=_parse_time(row.get("published_at")),
    )


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if value is None and key not in ("id", "text"):
        return ""
    if not isinstance(value, str):
        raise ArticleFormError(f"'{key}' must be text, not {_json_type(value)}")
    return value


def _parse_time(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ArticleFormError(f"'published_at' must be text like 2025-10-30, not {_json_type(value)}")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ArticleFormError(f"'published_at' is no date: '{value}'; write it as 2025-10-30") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ArticleFormError(
            f"'published_at' is '{value}': give a year between {FIRST_YEAR} and {LAST_YEAR}, or leave it out"
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=WIB)


def _json_type(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def facts_to_record(article: Article, facts: Facts) -> dict[str, Any]:
    """The record of one article: every key is there, empty lists too; `published_at` is the date alone."""
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "published_at": _day(article.published_at),
        "title": article.title,
        "programme": facts.programme,
        "extractor_version": facts.extractor_version,
        "relevant": facts.relevant,
        **{kind.field: [_claim(kind, claim) for claim in getattr(facts, kind.field)] for kind in KINDS},
        "likely": [{"kind": one.kind} | _claim(KIND_OF_FIELD[one.kind], one.claim) for one in facts.likely],
    }


def _day(moment: datetime | None) -> str | None:
    return date.isoformat(moment.date()) if moment else None


def _claim(kind: ClaimKind, claim: Claim) -> dict[str, Any]:
    said = {key: getattr(claim, key) for key in kind.keys}
    return said | {"confidence": claim.confidence} | _evidences(claim)


def _evidences(claim: Claim) -> dict[str, Any]:
    return {"evidence": [_evidence(item) for item in claim.evidence]}


def _evidence(item: Evidence) -> dict[str, Any]:
    entry = {
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "sentence": item.sentence,
        "rule": item.rule,
    }
    if item.field == "title":
        entry["field"] = "title"
    return entry
