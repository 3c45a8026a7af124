"""How each outlet is doing, what was last done and what runs, and what needs a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from db.records import WIB, CrawlReport
from db.store import Store
from pipelines.claims.jsonl import to_line
from pipelines.command.console import Say, count_of
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.command.lock import Holder, read_running
from pipelines.config.load import Config
from pipelines.crawl.problems import Problem, make_problem, read_crawl_problem
from pipelines.crawl.scope import is_on
from pipelines.operate.acknowledge import Acknowledgement, acknowledge, read_acknowledgements, reopen, split
from pipelines.operate.step_status import STEPS, StepStatus, check_steps, is_running, period_of, read_steps

_FILL = """
SELECT count(*) AS articles, max(published_at) AS last_article,
       avg(published_at IS NOT NULL) AS published_at, avg(authors NOT IN ('', '[]')) AS authors,
       avg(editor <> '') AS editor, avg(section <> '') AS section, avg(dateline <> '') AS dateline
FROM articles WHERE outlet = ?
"""
_WATCHED = "SELECT max(day) FROM watched_days WHERE outlet = ?"
#: Fields whose fill rate is told; a fall shows a layout that changed.
FILLED = ("published_at", "authors", "editor", "section", "dateline")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStatus:
    """One outlet that was crawled at least once. Times are ISO 8601; `filled` is a share of its articles."""

    slug: str
    name: str
    last_crawl: str
    running: bool
    last_article: str | None
    articles: int
    filled: Mapping[str, float | None]
    counts: Mapping[str, int]  # of the last crawl: reason -> article URLs
    last_watched: str | None  # the last day on which nothing could hide its articles
    hidden: str  # what could in the last crawl that ended; "": nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The whole database's."""

    database: str
    articles: int
    not_extracted: int
    passed_over: Mapping[str, Mapping[str, int]]  # "pages", "articles" -> reason -> how many
    never_crawled: tuple[str, ...]
    only: tuple[str, ...]  # chosen by the configuration; none: all
    off: tuple[str, ...]  # left out by the configuration
    running: Holder | None
    steps: Mapping[str, StepStatus]
    outlets: tuple[OutletStatus, ...]
    open: tuple[Problem, ...]
    acknowledged: tuple[tuple[Problem, Acknowledgement], ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.open)

    def problems_of(self, outlet: str) -> list[str]:
        """The words of an outlet's open problems; those of none with ""."""
        return [problem.text for problem in self.open if problem.outlet == outlet]


def show_status(db: Path, *, config: Config, as_json: bool) -> int:
    """Print the status of `db`; exit code 1 where something needs a person."""
    status = _look(db, config)
    if as_json:
        click.echo(to_line(to_json(status)), nl=False)
    else:
        for line in format_status(status):
            click.echo(line)
    return EXIT_NEEDS_A_PERSON if status.needs_a_person else EXIT_DONE


def acknowledge_problems(
    db: Path, ids: Sequence[str], *, config: Config, reason: str, until: date, say: Say
) -> int:
    """Let problems that there are wait through `until`."""
    status = _look(db, config)
    problems = [*status.open, *(problem for problem, _ in status.acknowledged)]
    today = datetime.now(WIB).date()
    return acknowledge(db, problems, ids, reason=reason, until=until, today=today, say=say)


def reopen_problems(db: Path, ids: Sequence[str], *, say: Say) -> int:
    """Take acknowledgements back."""
    return reopen(db, ids, today=datetime.now(WIB).date(), say=say)


def _look(db: Path, config: Config) -> Status:
    # Who holds the lock is asked first: see `is_running`.
    now, running = datetime.now(WIB), read_running(db)
    with Store(db, read_only=True) as store:
        return read_status(
            store, now=now, running=running, config=config, acknowledged=read_acknowledgements(db)
        )


def read_status(
    store: Store,
    *,
    now: datetime,
    running: Holder | None = None,
    config: Config | None = None,
    acknowledged: Sequence[Acknowledgement] = (),
) -> Status:
    """The status at the time `now`, at which `running` held the lock."""
    config = config or Config()
    crawled, never = [], []
    problems: list[Problem] = []
    newest: datetime | None = None
    for slug, name in store.db.execute("SELECT slug, name FROM outlets ORDER BY slug").fetchall():
        crawls = store.last_crawls(slug)
        if not crawls:
            never.append(slug)
            continue
        [last, *_] = crawls
        newest = max(newest or last.started_at, last.started_at)
        runs = last.finished_at is None and is_running(last.started_at, running, now)
        crawled.append(_read_outlet(store, slug, name, last, runs=runs))
        if is_on(slug, config.only, config.off):  # what is left out on purpose has nothing to mend
            problems += _check_outlet(slug, last, runs=runs)
    if newest is None and running is None:
        problems.append(make_problem("crawl", "none", "nothing was crawled yet: run 'pantau crawl'"))
    elif newest is not None and now - newest > period_of(config, "crawl") * 1.5:
        text = f"no crawl since {newest:%Y-%m-%d %H:%M}: see whether its job still runs"
        problems.append(make_problem("crawl", "late", text))
    problems += check_steps(store, config, running, now)
    for problem in store.correction_problems():
        text = f"correction {problem}; mend or remove it"
        problems.append(make_problem("correction", "unmet", text, subject=problem.partition(": ")[0]))
    counts = store.count_problems()
    passed_over = {"pages": counts["reading_problems"], "articles": counts["extraction_problems"]}
    for what, found in passed_over.items():
        if "error" in found:
            number = count_of(found["error"], what.removesuffix("s"))
            text = f"{number} passed over for a defect: report it with the log"
            problems.append(make_problem(what, "defect", text))
    still, waiting = split(problems, acknowledged, now.astimezone(WIB).date())
    return Status(
        database=str(store.path),
        articles=_count(store, "SELECT count(*) FROM articles"),
        not_extracted=_count(
            store, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM extractions)"
        ),
        passed_over=passed_over,
        never_crawled=tuple(slug for slug in never if is_on(slug, config.only, config.off)),
        only=config.only,
        off=config.off,
        running=running,
        steps=read_steps(store),
        outlets=tuple(crawled),
        open=tuple(still),
        acknowledged=tuple(waiting),
    )


def _count(store: Store, sql: str) -> int:
    return int(store.db.execute(sql).fetchone()[0])


def _check_outlet(slug: str, last: CrawlReport, *, runs: bool) -> Iterator[Problem]:
    if last.finished_at is None and not runs:
        text = f"the crawl of {last.started_at:%Y-%m-%d %H:%M} did not end: it was killed"
        yield read_crawl_problem(slug, text)
    for text in last.problems:
        yield read_crawl_problem(slug, text)


def _read_outlet(store: Store, slug: str, name: str, report: CrawlReport, *, runs: bool) -> OutletStatus:
    row = store.db.execute(_FILL, [slug]).fetchone()
    return OutletStatus(
        slug=slug,
        name=name,
        last_crawl=report.started_at.isoformat(),
        running=runs,
        last_article=row["last_article"],
        articles=row["articles"],
        filled={key: None if row[key] is None else round(row[key], 3) for key in FILLED},
        counts=dict(report.counts),
        last_watched=store.db.execute(_WATCHED, [slug]).fetchone()[0],
        hidden=report.hidden if report.finished_at else "",
    )


# --- for programs and for people ---------------------------------------------------------------------


def to_json(status: Status) -> dict[str, Any]:
    """The status as JSON has it; `problems` are the words of what is open, also within each outlet."""
    told = {
        key: getattr(status, key) for key in ("database", "articles", "not_extracted", "never_crawled", "off")
    }
    running = status.running
    since = running.since.isoformat() if running and running.since else None
    return {
        "needs_a_person": status.needs_a_person,
        **told,
        "running": running and {"verb": running.verb, "pid": running.pid, "since": since},
        "steps": {name: dataclasses.asdict(step) for name, step in status.steps.items()},
        "problems": status.problems_of(""),
        "open": [dataclasses.asdict(problem) for problem in status.open],
        "acknowledged": [
            dataclasses.asdict(problem)
            | {"reason": one.reason, "until": one.until.isoformat(), "made_on": one.made_on.isoformat()}
            for problem, one in status.acknowledged
        ],
        "outlets": [
            dataclasses.asdict(outlet) | {"problems": status.problems_of(outlet.slug)}
            for outlet in status.outlets
        ],
    }


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
    for what, found in status.passed_over.items():
        if found:
            yield f"{what} passed over: {', '.join(f'{n} {reason}' for reason, n in found.items())}"
    for outlet in status.outlets:
        if outlet.hidden:
            since = f"since {outlet.last_watched}" if outlet.last_watched else "on any day"
            yield f"{outlet.slug}: not watched {since}, so its silence tells nothing: {outlet.hidden}"
    if status.never_crawled:
        yield f"never crawled: {', '.join(status.never_crawled)}"
    if status.only:
        yield f"crawled, and no others, as the configuration says: {', '.join(status.only)}"
    if status.off:
        yield f"off, as the configuration says: {', '.join(status.off)}"
    yield "last " + ", ".join(
        f"{STEPS[name]} {_minute(step.done_at) if step.done_at else 'never'}"
        for name, step in status.steps.items()
    )
    if status.running is not None:
        under_way = sum(outlet.running for outlet in status.outlets)
        crawls = f"; {under_way} outlets are being crawled" if under_way else ""
        yield f"running: {status.running}{crawls}"
    for problem, one in status.acknowledged:
        yield f"acknowledged until {one.until} ({one.reason}): {problem.line}"
        yield f"    {problem.id}"
    for problem in status.open:
        yield f"! {problem.line}"
        yield f"    {problem.id}"


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "-"
