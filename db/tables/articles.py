"""Articles with their older texts and stories, requests and crawls."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from db.claim_kinds import CLAIM_TYPES
from db.file.rows import (
    PROVENANCE,
    READ_TEXT,
    Row,
    article_row,
    crawl_row,
    fetch_row,
    fill_from,
    read_article_row,
    read_crawl_row,
    to_moment,
    to_text,
)
from db.records import WIB, Answer, Article, CrawlReport, Fetch, Reason, WarcPointer, Watch
from db.tables.takedowns import TakedownTables, without_taken_down

_BATCH = 200  # articles held in memory at a time

#: Beside the claims, what goes when an article's text becomes another.
_OF_THE_TEXT = (
    "evidence",
    "ambiguous_areas",
    "sentences",
    "private_words",
    "likely",
    "extractions",
    "extraction_problems",
)

_STALE = """
FROM articles AS a
LEFT JOIN extractions AS e ON e.article = a.id AND e.programme = :programme
LEFT JOIN extraction_problems AS p ON p.article = a.id AND p.programme = :programme
WHERE :all OR (
    (
        e.extractor_version IS NULL OR e.extractor_version <> :version
        OR (e.relevant = 1 AND e.private_read = 0)
    )
    AND p.extractor_version IS NOT :version
)"""


class StoryText(NamedTuple):
    """What the search for near-identical texts needs of an article. `published_at` is ISO 8601 in WIB."""

    article: str
    outlet: str
    published_at: str | None
    title: str
    text: str
    story: str | None


class Visit(NamedTuple):
    """A request for an article's page. `outcome` is "" where an older release did not note it."""

    url: str
    crawl: str
    at: datetime
    outcome: str
    published_on: str  # "": the page did not tell


class StoredText(NamedTuple):
    """An article as a crawl knows it; `source` is what answered for its text."""

    url: str
    published_at: datetime | None
    fetched_at: datetime | None
    source: str
    missing_pages: int = 0


class ArticleTables(TakedownTables):
    """Saves and reads what the crawler brings."""

    def save_article(self, article: Article) -> Reason:
        """Store an article: "stored" when new, "changed" when its title or text differ, else "unchanged".

        A changed article's older text becomes a version, and its claims go, since they quote that text.
        Whatever else was read differently replaces what was there, but for a field that another response
        leaves empty: an API knows less than a page. `fetched_at` and the archive's pointer stay those of the
        text that is kept. An article that came without all of its pages never takes the place of a text
        that is as long.
        """
        takedowns = self.takedowns()
        if self.is_taken_down(article, takedowns):
            return "taken-down"
        row = article_row(without_taken_down(article, takedowns))
        with self.transaction():
            old = self.db.execute("SELECT * FROM articles WHERE id = ?", [article.id]).fetchone()
            if old is not None and article.missing_pages and len(article.text) <= len(old["text"]):
                return "unchanged"
            if old is not None and any(old[name] != row[name] for name in PROVENANCE):
                row = fill_from(row, old)
            if old is None:
                number = self._one("SELECT coalesce(max(number), 0) + 1 FROM articles")
                self._insert("articles", row | {"number": number})
                return "stored"
            if any(old[name] != row[name] for name in READ_TEXT):
                self._keep_version(old, row)
                self._update_article(article.id, row)
                return "changed"
            differing = {k: v for k, v in row.items() if k not in PROVENANCE and old[k] != v}
            if differing:
                self._update_article(article.id, differing)
            if "published_at" in differing:
                # Dates such as "Kamis (30/10)" take their year from it: to be extracted again.
                self.db.execute(
                    "UPDATE extractions SET extractor_version = '' WHERE article = ?", [article.id]
                )
                self.db.execute("DELETE FROM extraction_problems WHERE article = ?", [article.id])
            return "unchanged"

    def _keep_version(self, old: sqlite3.Row, new: Row) -> None:
        columns = ("title", "text", "published_at", "modified_at", *PROVENANCE)
        replaced_at = new["fetched_at"] or to_text(datetime.now(WIB), "now")
        self._insert(
            "article_versions",
            {"article": old["id"], **{c: old[c] for c in columns}, "replaced_at": replaced_at},
        )
        self._remember_pilots(
            "SELECT article, programme, code, substr(:published_at, 1, 10), :fetched_at "
            "FROM pilot_kecamatan WHERE article = :id",
            dict(old),
        )
        for table in (*CLAIM_TYPES, *_OF_THE_TEXT):
            self.db.execute(f"DELETE FROM {table} WHERE article = ?", [old["id"]])
        self.db.execute("UPDATE articles SET story = NULL WHERE id = ?", [old["id"]])

    def _update_article(self, article: str, values: Row) -> None:
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        self.db.execute(f"UPDATE articles SET {assignments} WHERE id = ?", [*values.values(), article])

    def known_urls(self, outlet: str) -> set[str]:
        """Canonical URLs of the outlet's stored articles."""
        return {url for (url,) in self._all("SELECT url FROM articles WHERE outlet = ?", [outlet])}

    def visits(self, outlet: str) -> Iterator[Visit]:
        """Each request for a page of the outlet's that came to an end, oldest first."""
        for row in self._all(
            "SELECT url, crawl, at, outcome, published_on FROM fetches "
            "WHERE outlet = ? AND reason = 'article' AND error = '' AND (outcome <> '' OR status = 200) "
            "AND NOT (sent = 0 AND outcome = 'not-found') ORDER BY at, id",  # a replay lacks what it lacks
            [outlet],
        ):
            yield Visit(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4])

    def stored_texts(self, outlet: str) -> Iterator[StoredText]:
        """When each of the outlet's articles was published and its text fetched."""
        for row in self._all(
            "SELECT url, published_at, fetched_at, json_extract(answered, '$.text') AS source, missing_pages "
            "FROM articles WHERE outlet = ?",
            [outlet],
        ):
            moments = (to_moment(row["published_at"]), to_moment(row["fetched_at"]))
            yield StoredText(row["url"], *moments, row["source"] or "none", row["missing_pages"])

    def last_answer(self, url: str) -> Answer | None:
        """The latest answer for an address that lies in the archive."""
        rows = self._all(
            "SELECT at, etag, last_modified, warc_file, warc_offset, warc_digest FROM fetches "
            "WHERE url = ? AND warc_file IS NOT NULL ORDER BY at DESC LIMIT 1",
            [url],
        )
        if not rows:
            return None
        at, etag, last_modified, file, offset, digest = rows[0]
        return Answer(
            at=datetime.fromisoformat(at),
            etag=etag,
            last_modified=last_modified,
            warc=WarcPointer(file=file, offset=offset, digest=digest),
        )

    def save_fetch(self, fetch: Fetch) -> None:
        self.save_fetches([fetch])

    def save_fetches(self, fetches: Iterable[Fetch]) -> None:
        """Store requests; one that its crawl asked twice at the same moment is one row.

        A crawl that was not saved yet gets a row without an end, which is what it keeps when it is killed.
        """
        rows = [fetch_row(fetch) for fetch in fetches]
        with self.transaction():
            for crawl, outlet in dict.fromkeys((row["crawl"], row["outlet"]) for row in rows):
                started = min(row["at"] for row in rows if row["crawl"] == crawl)
                self.db.execute(
                    "INSERT INTO crawls (id, run, outlet, started_at) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (id) DO NOTHING",
                    [crawl, crawl.rsplit("/", 1)[0], outlet, started],
                )
            for row in rows:
                self._insert("fetches", row, "ON CONFLICT (crawl, url, at) DO NOTHING")

    def save_crawl(self, report: CrawlReport) -> None:
        """Keep how a crawl went, and the days that it watched: what it asked for, if nothing was hidden."""
        with self.transaction():
            self._upsert("crawls", [crawl_row(report)], key="id")
            if report.finished_at and not report.hidden and report.since and report.until:
                days = (report.until - report.since).days + 1
                self.save_watched(
                    report.outlet,
                    (report.since + timedelta(days=n) for n in range(days)),
                    "replay" if report.replayed else "crawl",
                )

    def save_watched(self, outlet: str, days: Iterable[date], via: Watch) -> None:
        """Note that an outlet was watched on some days; a crawl says more of one than files of others."""
        known = "UPDATE SET via = 'crawl' WHERE via <> 'crawl'" if via == "crawl" else "NOTHING"
        with self.transaction():
            for day in days:
                self._insert(
                    "watched_days",
                    {"outlet": outlet, "day": day.isoformat(), "via": via},
                    f"ON CONFLICT (outlet, day) DO {known}",
                )

    def last_crawls(self, outlet: str, n: int = 1) -> list[CrawlReport]:
        """The outlet's latest crawls, newest first."""
        rows = self._all(
            "SELECT * FROM crawls WHERE outlet = ? ORDER BY started_at DESC, id DESC LIMIT ?", [outlet, n]
        )
        return [read_crawl_row(row) for row in rows]

    def article(self, article: str) -> Article | None:
        rows = self._all("SELECT * FROM articles WHERE id = ?", [article])
        return read_article_row(rows[0]) if rows else None

    def articles(self, outlet: str | None = None) -> Iterator[Article]:
        """Articles in the order in which they were stored."""
        where, values = ("WHERE outlet = ?", [outlet]) if outlet else ("", [])
        return self._articles(f"SELECT number FROM articles {where} ORDER BY number", values)

    def stale_articles(self, version: str, programme: str, *, all: bool = False) -> Iterator[Article]:  # noqa: A002
        """Articles that were not extracted for `programme`, or by another version; with `all`, every one.

        What this version failed on before is passed over.
        """
        return self._articles(
            f"SELECT a.number {_STALE} ORDER BY a.number",
            {"programme": programme, "all": all, "version": version},
        )

    def count_stale(self, version: str, programme: str) -> int:
        """How many articles `stale_articles` will yield."""
        return self._one(
            f"SELECT count(*) {_STALE}",
            {"programme": programme, "all": False, "version": version},
        )

    def count_in_archive(self, file: str) -> int:
        """How many articles were read from a WARC file of the archive."""
        return self._one("SELECT count(*) FROM articles WHERE warc_file = ?", [file])

    def save_pruned(self, file: str, size: int) -> None:
        """Note that retention removes a WARC file of `size` bytes, so that nobody takes it for lost."""
        row = {"file": file, "removed_at": to_text(datetime.now(WIB), "now"), "bytes": size}
        with self.transaction():
            self._upsert("pruned_files", [row], key="file")

    def story_texts(self) -> Iterator[StoryText]:
        """What the search for near-identical texts reads, oldest publication first."""
        numbers = self._all("SELECT number FROM articles ORDER BY published_at, number")
        for row in self._by_number(numbers, "id AS article, outlet, published_at, title, text, story"):
            yield StoryText(*(row[name] for name in StoryText._fields))

    def save_stories(self, stories: Mapping[str, str | None]) -> int:
        """Article id -> story id; returns how many articles changed their story."""
        with self.transaction():
            before = self.db.conn.total_changes
            for article, story in stories.items():
                self.db.execute(
                    "UPDATE articles SET story = ? WHERE id = ? AND story IS NOT ?", [story, article, story]
                )
            return self.db.conn.total_changes - before

    def _articles(self, sql: str, values: Sequence[object] | dict[str, object]) -> Iterator[Article]:
        for row in self._by_number(self._all(sql, values), "*"):
            yield read_article_row(row)

    def _by_number(self, numbers: list[sqlite3.Row], columns: str) -> Iterator[sqlite3.Row]:
        """Rows of articles in the given order, read in batches, so that the caller may save between them."""
        for start in range(0, len(numbers), _BATCH):
            batch = [number for (number,) in numbers[start : start + _BATCH]]
            marks = ", ".join("?" * len(batch))
            rows = self._all(
                f"SELECT number AS _order, {columns} FROM articles WHERE number IN ({marks})", batch
            )
            found = {row["_order"]: row for row in rows}
            for number in batch:
                if number in found:
                    yield found[number]
