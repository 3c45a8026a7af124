"""A look at each outlet, live and polite, one listing and one article: which facts of its file hold.

Advisory: it says what a person should look at. No test of the project needs it, and it stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler import settings
from crawler.find.discover import DiscoverError, Found, find_article_urls, find_child_sitemaps
from crawler.find.plan import Seed, plan_seeds
from crawler.outlet.load import Outlet
from crawler.page.article import read_article
from db.records import WIB, Article, Page
from pipelines.command.console import log
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.crawl.scope import choose_outlets
from pipelines.outlet.look import run_looks

if TYPE_CHECKING:
    from crawler.look import Look, Looked
    from pipelines.command.console import Say
    from pipelines.crawl.scope import CrawlScope

#: Ways of finding that are tried until one offers an article.
MOST_WAYS = 3
#: Fields that are told; without the first three an article is of no use.
FIELDS = ("title", "published_at", "text", "authors", "editor", "section", "tags", "modified_at")
NEEDED = FIELDS[:3]


@dataclass(slots=True)
class Checked:
    """What a look at one outlet found."""

    outlet: Outlet
    ways: list[tuple[str, str, bool]] = field(
        default_factory=list
    )  # way and address, what came, whether it holds
    robots: dict[str, tuple[str, bool]] = field(default_factory=dict)  # host -> what it says, whether we may
    article: str = ""  # its address
    filled: dict[str, str] = field(default_factory=dict)  # field -> what answered
    problem: str = ""  # why there is no article

    @property
    def holds(self) -> bool:
        """Whether articles are found as robots.txt allows, and read by the layout that the file describes."""
        body = self.filled.get("text", "")
        read = all(n in self.filled for n in NEEDED) and body in ("selector", "wp-json")
        return read and not self.problem and all(good for _, good in self.robots.values())

    def lines(self) -> Iterator[str]:
        """One line a fact."""
        for host, (what, good) in self.robots.items():
            yield f"{'holds' if good else 'FAILS'}: robots.txt of {host}: {what}"
        for way, what, good in self.ways:
            yield f"{'holds' if good else 'FAILS'}: {way}: {what}"
        if self.problem:
            yield f"FAILS: article{f' {self.article}' if self.article else ''}: {self.problem}"
        elif self.article:
            yield f"article {self.article}"
            for name in FIELDS:
                answer = self.filled.get(name)
                fails = (name in NEEDED and answer is None) or (
                    name == "text" and answer not in ("selector", "wp-json")
                )
                mark = "FAILS" if fails else "holds" if answer else "empty"
                yield f"{mark}: {name}{f' [{answer}]' if answer else ''}"


async def check_outlet(checked: Checked, look: Look) -> None:
    """Ask one listing after another until one offers an article, and that article."""
    outlet = checked.outlet
    today = datetime.now(WIB).date()
    # Yesterday's index is full at any hour.
    seeds = list(plan_seeds(outlet, today - timedelta(days=1), today - timedelta(days=1), ("",)))
    usable = [seed for seed in seeds if "{query}" not in seed.find.url and "{tag}" not in seed.find.url]
    if not usable:
        usable = list(plan_seeds(outlet, today, today, tuple(settings.PANTAU_QUERIES)))
    for seed in usable[:MOST_WAYS]:
        found = await _look_at(seed, checked, look)
        for entry in found:
            if entry.content:
                _read(
                    checked,
                    Page(url=entry.url, outlet=outlet.slug, fetched_at=datetime.now(WIB), html=entry.content),
                )
                return
        if found:
            await _look_at_article(found[0].url, checked, look)
            return
    checked.problem = "no way of finding offered one"


async def _look_at(seed: Seed, checked: Checked, look: Look) -> list[Found]:
    outlet, url = checked.outlet, seed.url
    for _ in range(2):  # a sitemap index, and one of those that it names
        came = await look(url)
        _note_robots(checked, url, came)
        way = f"{seed.find.kind} {url}"
        if came.reason is not None:
            status = f"status {came.status}" if came.status else came.detail or "no answer"
            checked.ways.append((way, f"{came.reason} ({status})", False))
            return []
        try:
            children = []
            if seed.find.kind == "sitemap":
                children = find_child_sitemaps(came.body, seed.find, url=came.url)
            found = find_article_urls(came.body, seed.find, outlet, came.url, came.content_type)
        except DiscoverError as error:
            checked.ways.append((way, str(error), False))
            return []
        if found or not children:
            dated = sum(entry.published_at is not None for entry in found)
            checked.ways.append((way, f"{len(found)} articles, {dated} of them with a time", bool(found)))
            return found
        checked.ways.append((way, f"{len(children)} sitemaps", True))
        url = children[0]
    return []


async def _look_at_article(url: str, checked: Checked, look: Look) -> None:
    checked.article = url
    came = await look(checked.outlet.canonical(url))
    _note_robots(checked, url, came)
    if came.reason is not None:
        checked.problem = f"{came.reason} ({f'status {came.status}' if came.status else came.detail})"
        return
    _read(
        checked,
        Page(url=came.url, outlet=checked.outlet.slug, fetched_at=datetime.now(WIB), html=came.html),
    )


def _note_robots(checked: Checked, url: str, came: Looked) -> None:
    """Which of the outlet's ways a host's robots.txt forbids, those that were not asked included."""
    host = urlsplit(url).netloc
    if came.robots is None or host in checked.robots:
        return
    today = datetime.now(WIB).date()
    seeds = plan_seeds(checked.outlet, today, today, tuple(settings.PANTAU_QUERIES))
    ways = {seed.url: seed.find.kind for seed in seeds if urlsplit(seed.url).netloc == host}
    forbidden = [f"{kind} {way}" for way, kind in ways.items() if not came.robots.allows(way)]
    if forbidden:
        what = f"forbids {', '.join(forbidden)}: take it out of the outlet's file, or set enabled = false"
    else:
        allowed = f"all {len(ways)} ways" if len(ways) > 1 else "the way"
        what = f"allows {allowed} of finding" if ways else "allows what was asked"
    pause = f", asks for {came.delay:g} seconds between requests" if came.delay else ""
    checked.robots[host] = (f"{came.robots.status}, {what}{pause}", not forbidden)


def _read(checked: Checked, page: Page) -> None:
    checked.article = page.url
    result = read_article(page, checked.outlet)
    if not isinstance(result, Article):
        checked.problem = f"{result.reason}: {result.detail}" if result.detail else result.reason
        return
    checked.filled = {name: result.answered.get(name, "-") for name in FIELDS if getattr(result, name)}


def format_report(results: list[Checked], now: datetime) -> str:
    """The dated report, as Markdown."""
    good = sum(result.holds for result in results)
    lines = [
        f"# Outlets, looked at on {now:%Y-%m-%d %H:%M} WIB",
        "",
        f"{good} of {len(results)} hold. One listing and one article an outlet; where a fact fails, see the",
        "page in a browser, then mend the outlet's file (docs/add-an-outlet.md) and run `pantau reparse`.",
    ]
    for result in sorted(results, key=lambda one: (one.holds, one.outlet.slug)):
        lines += ["", f"## {result.outlet.slug}: {'holds' if result.holds else 'needs a look'}", ""]
        lines += [f"- {line}" for line in result.lines()]
    return "\n".join(lines) + "\n"


def show_check(
    scope: CrawlScope, *, output: Path, say: Say, overrides: Mapping[str, Any] | None = None
) -> int:
    """Look at the outlets of a scope, write the report; exit code 1 where a fact fails."""
    results = [Checked(outlet) for outlet in choose_outlets(scope).values()]

    def work_of(checked: Checked) -> Any:
        async def work(look: Look) -> None:
            try:
                await check_outlet(checked, look)
            except Exception as error:
                log.exception("%s: a defect", checked.outlet.slug)
                checked.problem = f"a defect of the program: {type(error).__name__}: {error}"

        return work

    today = datetime.now(WIB).date()
    works = []
    for checked in results:
        seeds = plan_seeds(checked.outlet, today, today, ("",))
        works.append((checked.outlet, work_of(checked), tuple(seed.url for seed in seeds)))
    for number, error in run_looks(works, contact=scope.contact, overrides=overrides).items():
        results[number].problem = f"could not be looked at: {error}"
    now = datetime.now(WIB)
    output.mkdir(parents=True, exist_ok=True)
    report = output / f"outlets-{now:%Y-%m-%d}.md"
    report.write_text(format_report(results, now), "utf-8")
    for result in results:
        failed = [line for line in result.lines() if line.startswith("FAILS")]
        told = ["holds", *failed] if result.holds else failed or ["needs a look"]
        say(f"{result.outlet.slug}: {'; '.join(told)}")
    say(f"{report}: {sum(r.holds for r in results)} of {len(results)} outlets hold")
    return EXIT_DONE if all(result.holds for result in results) else EXIT_NEEDS_A_PERSON
