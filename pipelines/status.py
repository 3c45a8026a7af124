"""How each outlet is doing: last crawl, last article, how often fields were found, what needs a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.jsonl import to_line

#: A daily cron job that has missed a day and a half has stopped.
CRAWL_EVERY = timedelta(hours=36)

_FILL = """
SELECT count(*) AS articles, max(published_at) AS last_article,
       avg(published_at IS NOT NULL) AS published_at, avg(authors NOT IN ('', '[]')) AS authors,
       avg(editor <> '') AS editor, avg(section <> '') AS section, avg(dateline <> '') AS dateline
FROM articles WHERE outlet = ?
"""
#: Fields whose fill rate is told; a fall shows a layout that changed.
FILLED = ("published_at", "authors", "editor", "section", "dateline")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStatus:
    """One outlet that was crawled at least once. Times are ISO 8601; `filled` is a share of its articles."""

    slug: str
    name: str
    last_crawl: str
    last_article: str | None
    articles: int
    filled: Mapping[str, float | None]
    counts: Mapping[str, int]  # of the last crawl: reason -> article URLs
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole database's."""

    database: str
    articles: int
    not_extracted: int
    never_crawled: tuple[str, ...]
    problems: tuple[str, ...]  # of no single outlet
    outlets: tuple[OutletStatus, ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.problems) or any(outlet.problems for outlet in self.outlets)


#: Days of the courtesy ledger that are told.
LEDGER_DAYS = 14
_LEDGER = "SELECT * FROM courtesy_days WHERE day >= ? ORDER BY day DESC, host"


def show_courtesy(db: Path, *, as_json: bool) -> int:
    """Print what was asked of each host on each of the last days, at which pace, and what it refused."""
    first = (datetime.now(WIB) - timedelta(days=LEDGER_DAYS)).date().isoformat()
    with Store(db, read_only=True) as store:
        rows = [dict(row) for row in store.db.execute(_LEDGER, [first]).fetchall()]
    if as_json:
        click.echo(to_line({"since": first, "days": rows}), nl=False)
        return EXIT_DONE
    for line in format_courtesy(rows):
        click.echo(line)
    return EXIT_DONE


def format_courtesy(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The ledger as lines for a terminal."""
    if not rows:
        yield f"nothing was asked of any host in the last {LEDGER_DAYS} days"
        return
    width = max(len(row["host"]) for row in rows)
    heads = ("requests", "kB", "delay s", "kept back", "304", "403", "429", "errors", "silent")
    yield f"{'day':10}  {'host':{width}}  " + " ".join(f"{head:>9}" for head in heads)
    for row in rows:
        delay = "-" if row["shortest_delay"] is None else f"{row['shortest_delay']:g}"
        cells = (
            row["requests"], row["bytes"] // 1000, delay, row["kept_back"], row["not_modified"],
            row["status_403"], row["status_429"], row["other_errors"], row["unanswered"],
        )  # fmt: skip
        yield f"{row['day']}  {row['host']:{width}}  " + " ".join(f"{cell:>9}" for cell in cells)


def show_status(db: Path, *, as_json: bool) -> int:
    """Print the status of `db`; exit code 1 where something needs a person."""
    with Store(db, read_only=True) as store:
        status = read_status(store, now=datetime.now(WIB))
    if as_json:
        report = {"needs_a_person": status.needs_a_person, **dataclasses.asdict(status)}
        click.echo(to_line(report), nl=False)
    else:
        for line in format_status(status):
            click.echo(line)
    return EXIT_NEEDS_A_PERSON if status.needs_a_person else EXIT_DONE


def read_status(store: Store, *, now: datetime) -> Status:
    """The status at the time `now`."""
    crawled, never = [], []
    newest: datetime | None = None
    for slug, name in store.db.execute("SELECT slug, name FROM outlets ORDER BY slug").fetchall():
        crawls = store.last_crawls(slug)
        if not crawls:
            never.append(slug)
            continue
        newest = max(newest or crawls[0].started_at, crawls[0].started_at)
        crawled.append(_read_outlet(store, slug, name, crawls[0]))
    problems = []
    if newest is None:
        problems.append("nothing was crawled yet: run 'pantau crawl'")
    elif now - newest > CRAWL_EVERY:
        problems.append(f"no crawl since {newest:%Y-%m-%d %H:%M}: see whether the cron job still runs")
    problems += [f"correction {problem}; mend or remove it" for problem in store.correction_problems()]
    return Status(
        database=str(store.path),
        articles=_count(store, "SELECT count(*) FROM articles"),
        not_extracted=_count(
            store, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM extractions)"
        ),
        never_crawled=tuple(never),
        problems=tuple(problems),
        outlets=tuple(crawled),
    )


def _count(store: Store, sql: str) -> int:
    return int(store.db.execute(sql).fetchone()[0])


def _read_outlet(store: Store, slug: str, name: str, report: CrawlReport) -> OutletStatus:
    row = store.db.execute(_FILL, [slug]).fetchone()
    problems = list(report.problems)
    if report.finished_at is None:
        problems.append(
            f"the crawl of {report.started_at:%Y-%m-%d %H:%M} did not end: it runs still or was killed"
        )
    return OutletStatus(
        slug=slug,
        name=name,
        last_crawl=report.started_at.isoformat(),
        last_article=row["last_article"],
        articles=row["articles"],
        filled={key: None if row[key] is None else round(row[key], 3) for key in FILLED},
        counts=dict(report.counts),
        problems=tuple(problems),
    )


def format_status(status: Status) -> Iterator[str]:
    """The status as lines for a terminal."""
    width = max([len(outlet.slug) for outlet in status.outlets] + [len("outlet")])
    if status.outlets:
        heads = " ".join(f"{key.removesuffix('_at'):>9}" for key in FILLED)
        yield f"{'outlet':{width}}  {'last crawl':16}  {'last article':16}  {'articles':>8}  {heads}"
    for outlet in status.outlets:
        shares = " ".join(f"{'-' if v is None else f'{v:.0%}':>9}" for v in outlet.filled.values())
        yield (
            f"{outlet.slug:{width}}  {_minute(outlet.last_crawl):16}  {_minute(outlet.last_article):16}  "
            f"{outlet.articles:8d}  {shares}"
        )
    yield f"{status.articles} articles, {status.not_extracted} of them not extracted yet"
    if status.never_crawled:
        yield f"never crawled: {', '.join(status.never_crawled)}"
    for problem in status.problems:
        yield f"! {problem}"
    for outlet in status.outlets:
        for problem in outlet.problems:
            yield f"! {outlet.slug}: {problem}"


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "-"
