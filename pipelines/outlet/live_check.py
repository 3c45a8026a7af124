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
from crawler.find.discover import DiscoverError, Found
from crawler.find.plan import Seed, plan_seeds
from crawler.outlet.load import OUTLETS, Find, Outlet, OutletError
from db.records import WIB, Article, Page
from pipelines.command.console import log
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.crawl.scope import choose_outlets
from pipelines.outlet.draft import Mends
from pipelines.outlet.foreign import Foreign
from pipelines.outlet.lists import MOST_TRIED, as_template
from pipelines.outlet.look import run_looks
from pipelines.outlet.questions import QUESTIONS, Answered
from pipelines.worker.worker import OverBudgetError

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
    page: Page | None = None  # of the article
    mends: Mends = field(default_factory=Mends)  # what would make it hold
    lists: dict[int, Answered] = field(default_factory=dict)  # number of a mended way -> what came of it
    hints: list[str] = field(default_factory=list)  # what a person has to look at

    @property
    def holds(self) -> bool:
        """Whether articles are found as robots.txt allows, and read by the layout that the file describes."""
        body = self.filled.get("text", "")
        read = all(n in self.filled for n in NEEDED) and body in ("selector", "wp-json")
        found = any(good for _, _, good in self.ways)
        return read and found and not self.problem and all(good for _, good in self.robots.values())

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
        for line in self.mends.lines():
            yield f"mend: {line}"
        yield from self.hints


async def check_outlet(checked: Checked, look: Look, foreign: Foreign) -> None:
    """Ask one listing after another until one offers an article, and that article; then what would mend it.

    Where no way offers one, the home page is asked for others, and at most two of those.
    """
    outlet = checked.outlet
    today = datetime.now(WIB).date()
    # Yesterday's index is full at any hour.
    seeds = list(plan_seeds(outlet, today - timedelta(days=1), today - timedelta(days=1), ("",)))
    usable = [seed for seed in seeds if "{query}" not in seed.find.url and "{tag}" not in seed.find.url]
    if not usable:
        usable = list(plan_seeds(outlet, today, today, tuple(settings.PANTAU_QUERIES)))
    closed: list[Find] = []
    found: list[Found] = []
    for seed in usable[:MOST_WAYS]:
        if found := await _look_at(seed, checked, look, foreign):
            break
        closed.append(seed.find)
    # A way that is closed while another is open is switched off; where none is, another takes its place.
    if found:
        for number in map(outlet.find.index, closed):
            checked.mends.finds.setdefault(number, {"enabled": False})
    elif closed:
        found = await _look_elsewhere(closed[0], checked, look, foreign)
    if not found:
        checked.problem = "no way of finding offered one"
    elif content := found[0].content:
        await _read(checked, _page(found[0].url, content, outlet), foreign)
    else:
        await _look_at_article(found[0].url, checked, look, foreign)


def _page(url: str, html: str, outlet: Outlet) -> Page:
    return Page(url=url, outlet=outlet.slug, fetched_at=datetime.now(WIB), html=html)


async def _look_at(seed: Seed, checked: Checked, look: Look, foreign: Foreign) -> list[Found]:
    outlet, url = checked.outlet, seed.url
    for _ in range(2):  # a sitemap index, and one of those that it names
        came = await look(url)
        _note_robots(checked, url, came)
        way = f"{seed.find.kind} {url}"
        if came.reason is not None:
            status = f"status {came.status}" if came.status else came.detail or "no answer"
            checked.ways.append((way, f"{came.reason} ({status})", False))
            return []
        answered = Answered(came.body, came.content_type, came.url)
        try:
            found, children = await foreign.soon("list", outlet.slug, seed.find, answered)
        except (DiscoverError, OverBudgetError) as error:
            checked.ways.append((way, str(error), False))
            return []
        if found or not children:
            dated = sum(entry.published_at is not None for entry in found)
            checked.ways.append((way, f"{len(found)} articles, {dated} of them with a time", bool(found)))
            return found or await _mend(seed.find, seed.find, answered, checked, foreign)
        checked.ways.append((way, f"{len(children)} sitemaps", True))
        url = children[0]
    return []


async def _mend(
    own: Find, asked: Find, answered: Answered, checked: Checked, foreign: Foreign, **keys: str
) -> list[Found]:
    """What an answer holds when it is read in another way than the outlet's file says; notes that way."""
    outlet = checked.outlet
    try:
        mend = await foreign.soon("mend", outlet.slug, asked, answered)
    except (DiscoverError, OverBudgetError):
        return []
    if mend is None:
        return []
    number = outlet.find.index(own)
    checked.mends.finds[number] = {**keys, **mend.find}
    checked.mends.article |= mend.article
    checked.lists[number] = answered
    return list(mend.found)


async def _look_elsewhere(own: Find, checked: Checked, look: Look, foreign: Foreign) -> list[Found]:
    """What the ways that the home page names offer, or the home page itself."""
    outlet = checked.outlet
    home = await look(outlet.home)
    _note_robots(checked, outlet.home, home)
    if home.reason is not None:
        checked.ways.append((f"home {outlet.home}", f"{home.reason} (status {home.status})", False))
        return []
    answered = Answered(home.body, home.content_type, home.url)
    ways = await foreign.soon("ways", outlet.slug, own.kind, answered)
    for way in ways[:MOST_TRIED]:
        came = await look(way["url"])
        if came.reason is not None:
            continue
        keys = {**way, "url": as_template(way["url"], outlet.home)}
        find, other = Find(**way), Answered(came.body, came.content_type, came.url)
        if way["kind"] == "feed":
            found, _ = await foreign.soon("list", outlet.slug, find, other)
            if found:
                checked.mends.finds[outlet.find.index(own)] = keys
                checked.lists[outlet.find.index(own)] = other
                return list(found)
        elif found := await _mend(own, find, other, checked, foreign, **keys):
            return found
    find = Find(kind="listing", url="{home}/")
    return await _mend(own, find, answered, checked, foreign, kind="listing", url="{home}/")


async def _look_at_article(url: str, checked: Checked, look: Look, foreign: Foreign) -> None:
    checked.article = url
    came = await look(checked.outlet.canonical(url))
    _note_robots(checked, url, came)
    if came.reason is not None:
        checked.problem = f"{came.reason} ({f'status {came.status}' if came.status else came.detail})"
        return
    await _read(checked, _page(came.url, came.html, checked.outlet), foreign)


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


async def _read(checked: Checked, page: Page, foreign: Foreign) -> None:
    """What the outlet's file reads from an article's page, and which selectors would read the rest."""
    checked.article, checked.page = page.url, page
    slug = checked.outlet.slug
    try:
        result = await foreign.soon("article", slug, page)
        checked.mends.selectors = await foreign.soon("selectors", slug, page)
        dates = await foreign.soon("dates", slug, page)
    except OverBudgetError as error:
        checked.problem = f"over-budget: {error}"
        return
    if dates:
        told = ", ".join(repr(text) for text in dates)
        checked.hints.append(f"look: no form of date fits {told}: crawler/html/dates.py, or a selector")
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
    scope: CrawlScope,
    *,
    output: Path,
    say: Say,
    save: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> int:
    """Look at the outlets of a scope, write the report; exit code 1 where a fact fails.

    `save`: a folder for the report, what came as WARC, and the drafts of what would mend it.
    """
    outlets = choose_outlets(scope)
    results = [Checked(outlet) for outlet in outlets.values()]
    with Foreign(outlets, QUESTIONS, budget=scope.budget) as foreign:

        def work_of(checked: Checked) -> Any:
            async def work(look: Look) -> None:
                try:
                    await check_outlet(checked, look, foreign)
                except Exception as error:
                    log.exception("%s: a defect", checked.outlet.slug)
                    checked.problem = f"a defect of the program: {type(error).__name__}: {error}"

            return work

        today = datetime.now(WIB).date()
        works = []
        for checked in results:
            seeds = plan_seeds(checked.outlet, today, today, ("",))
            works.append((checked.outlet, work_of(checked), tuple(seed.url for seed in seeds)))
        archive = save / "archive" if save else None
        failed = run_looks(works, contact=scope.contact, overrides=overrides, archive=archive)
        for number, error in failed.items():
            results[number].problem = f"could not be looked at: {error}"
        written = save_drafts(results, scope, save, foreign) if save else []
    now = datetime.now(WIB)
    folder = save or output
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / f"outlets-{now:%Y-%m-%d}.md"
    report.write_text(format_report(results, now), "utf-8")
    for result in results:
        failed_lines = [line for line in result.lines() if line.startswith(("FAILS", "mend"))]
        told = ["holds", *failed_lines] if result.holds else failed_lines or ["needs a look"]
        say(f"{result.outlet.slug}: {'; '.join(told)}")
    say(f"{report}: {sum(r.holds for r in results)} of {len(results)} outlets hold")
    if save:
        say(f"{save}: {len(written)} files drafted. Look at each, then copy {save}/crawler and {save}/tests")
        say("over a clone of the project, run its tests, and ask for them to be taken (a pull request).")
    return EXIT_DONE if all(result.holds for result in results) else EXIT_NEEDS_A_PERSON


def save_drafts(results: list[Checked], scope: CrawlScope, save: Path, foreign: Foreign) -> list[Path]:
    """Write each outlet's mended file and recorded page below a folder, where they stand in the project."""
    written: list[Path] = []
    now = datetime.now(WIB)
    for checked in results:
        slug = checked.outlet.slug
        path = _file_of(slug, scope)
        if path is None or not (checked.page or checked.mends):
            continue
        try:
            draft = foreign.ask("draft", slug, path, checked.mends, checked.page, checked.lists, now.date())
        except (OutletError, OverBudgetError, IndexError) as error:
            checked.hints.append(f"look: nothing could be drafted: {error}")
            continue
        if draft.toml:
            good = draft.reads and draft.finds
            checked.hints.append(f"draft: {'holds' if good else 'does not hold yet'} with what came today")
            written.append(_write(save / "crawler" / "outlets" / f"{slug}.toml", draft.toml))
        if draft.fixture:
            folder = save / "tests" / "pages" / slug
            for suffix, text in zip((".html", ".json"), draft.fixture, strict=True):
                written.append(_write(folder / f"article-{now:%Y-%m-%d}{suffix}", text))
    return written


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _file_of(slug: str, scope: CrawlScope) -> Path | None:
    """The file of an outlet, in the last folder that has it."""
    paths = [folder / f"{slug}.toml" for folder in (OUTLETS, *scope.outlets)]
    return next((path for path in reversed(paths) if path.is_file()), None)
