"""Records to rows and back, where a column is not simply the record's field. Times are kept in WIB."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.errors import RefusedError
from db.records import WIB, Article, CrawlReport, Fetch, WarcPointer

Row = dict[str, Any]

#: Columns whose change makes an older text a version.
READ_TEXT = ("title", "text")
#: Columns that tell where the text was read: they stay with the text that they belong to.
PROVENANCE = ("fetched_at", "warc_file", "warc_offset", "warc_digest")


def to_text(moment: datetime | None, what: str) -> str | None:
    """ISO 8601 in WIB, so that text sorts by time; a time without a zone is refused."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise RefusedError(f"{what} is a time without a zone ({moment.isoformat()}): give it one")
    try:
        return moment.astimezone(WIB).isoformat()
    except OverflowError:
        raise RefusedError(f"{what} is a time that no calendar has in WIB ({moment.isoformat()})") from None


def to_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(WIB)


def to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def article_row(article: Article) -> Row:
    """Every column of `articles` but `story` and `number`, which are the store's."""
    where = f"article {article.id}: "
    warc = article.warc
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published_at": to_text(article.published_at, where + "published_at"),
        "url": article.url,
        "authors": to_json(article.authors),
        "editor": article.editor,
        "section": article.section,
        "tags": to_json(article.tags),
        "dateline": article.dateline,
        "origin": article.origin,
        "text": article.text,
        "pages": article.pages,
        "missing_pages": article.missing_pages,
        "modified_at": to_text(article.modified_at, where + "modified_at"),
        "fetched_at": to_text(article.fetched_at, where + "fetched_at"),
        "answered": to_json(dict(article.answered)),
        "warc_file": warc.file if warc else None,
        "warc_offset": warc.offset if warc else None,
        "warc_digest": warc.digest if warc else None,
    }


def fill_from(row: Row, old: Mapping[str, Any] | sqlite3.Row) -> Row:
    """The row of an article with the older one's values where it has none itself."""
    empty = (None, "", "[]")
    kept = {k: old[k] for k, v in row.items() if v in empty and k not in PROVENANCE and old[k] not in empty}
    if not kept:
        return row
    answered = json.loads(row["answered"])
    answered |= {k: v for k, v in json.loads(old["answered"]).items() if k in kept}
    return row | kept | {"answered": to_json(answered)}


def read_article_row(row: Mapping[str, Any] | sqlite3.Row) -> Article:
    warc = None
    if row["warc_file"] is not None:
        warc = WarcPointer(file=row["warc_file"], offset=row["warc_offset"], digest=row["warc_digest"])
    return Article(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        published_at=to_moment(row["published_at"]),
        modified_at=to_moment(row["modified_at"]),
        authors=tuple(json.loads(row["authors"])),
        editor=row["editor"],
        section=row["section"],
        tags=tuple(json.loads(row["tags"])),
        dateline=row["dateline"],
        origin=row["origin"],
        pages=row["pages"],
        missing_pages=row["missing_pages"],
        answered=json.loads(row["answered"]),
        fetched_at=to_moment(row["fetched_at"]),
        warc=warc,
    )


def crawl_row(report: CrawlReport) -> Row:
    where = f"crawl {report.id}: "
    return {
        "id": report.id,
        "run": report.run,
        "outlet": report.outlet,
        "started_at": to_text(report.started_at, where + "started_at"),
        "finished_at": to_text(report.finished_at, where + "finished_at"),
        "finish_reason": report.finish_reason,
        "counts": to_json(dict(report.counts)),
        "requests": report.requests,
        "bytes": report.bytes,
        "problems": to_json(report.problems),
        "measures": to_json(dict(report.measures)),
        "since": report.since.isoformat() if report.since else None,
        "until": report.until.isoformat() if report.until else None,
        "replayed": int(report.replayed),
        "hidden": report.hidden,
    }


def read_crawl_row(row: sqlite3.Row) -> CrawlReport:
    return CrawlReport(
        id=row["id"],
        run=row["run"],
        outlet=row["outlet"],
        started_at=datetime.fromisoformat(row["started_at"]).astimezone(WIB),
        finished_at=to_moment(row["finished_at"]),
        finish_reason=row["finish_reason"],
        counts=json.loads(row["counts"]),
        requests=row["requests"],
        bytes=row["bytes"],
        problems=tuple(json.loads(row["problems"])),
        measures=json.loads(row["measures"]),
        since=to_day(row["since"]),
        until=to_day(row["until"]),
        replayed=bool(row["replayed"]),
        hidden=row["hidden"],
    )


def fetch_row(fetch: Fetch) -> Row:
    warc = fetch.warc
    return {
        "url": fetch.url,
        "outlet": fetch.outlet,
        "crawl": fetch.crawl,
        "at": to_text(fetch.at, f"request of {fetch.url}"),
        "status": fetch.status,
        "bytes": fetch.bytes,
        "seconds": fetch.seconds,
        "reason": fetch.reason,
        "error": fetch.error,
        "sent": int(fetch.sent),
        "delay": fetch.delay,
        "outcome": fetch.outcome,
        "published_on": fetch.published_on,
        "etag": fetch.etag,
        "last_modified": fetch.last_modified,
        "warc_file": warc.file if warc else None,
        "warc_offset": warc.offset if warc else None,
        "warc_digest": warc.digest if warc else None,
    }
