"""What a crawl is about: which outlets, which articles, from where, and what is worth keeping."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.outlet.load import OUTLETS, Outlet, OutletError, load_outlets
from db.guess import suggest
from pipelines.command.console import log
from pipelines.command.errors import InputError
from pipelines.worker import BUDGET

#: Says of title and text together whether an article is worth keeping.
Topic = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlScope:
    """Which outlets, which articles, from where. No slug means every outlet, no date no bound."""

    archive: Path
    slugs: tuple[str, ...] = ()
    outlets: tuple[Path, ...] = ()  # folders of outlet files beside the project's own
    vocabulary: tuple[Path, ...] = ()  # folders of vocabulary beside the project's own
    since: date | None = None
    until: date | None = None
    replay: tuple[Path, ...] = ()  # WARC files; none means the network
    limit: int | None = None  # articles of one outlet
    only: tuple[str, ...] = ()  # outlets that are chosen where no slug is given; none means all
    off: tuple[str, ...] = ()  # outlets that are left out of those
    contact: str = ""  # for the user agent; "": what the environment says
    run: str = ""  # id of the run; "": a new one
    budget: float = BUDGET


def outlet_row(outlet: Outlet) -> dict[str, Any]:
    """What the database keeps of an outlet."""
    return {
        "slug": outlet.slug,
        "name": outlet.name,
        "home": outlet.home,
        "platform": outlet.platform,
        "confidence": outlet.confidence,
        "regencies": outlet.regencies,
        "invented": outlet.invented,
    }


def build_topic(*folders: Path) -> Topic:
    """A function that tells whether a text prints a phrase that a programme of the vocabulary watches for.

    `folders` add to the project's own vocabulary.
    """
    from extract.vocabulary.load import load_vocabulary
    from extract.vocabulary.phrases import expand

    programmes = load_vocabulary(*folders).programmes.values()
    phrases = {p for programme in programmes for t in programme.topic for p in expand(t)}
    words = [
        r"[\s-]+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words) or '(?!)'})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


def list_queries(*folders: Path) -> list[str]:
    """What is asked of searches and tags: the first name of every programme."""
    from extract.vocabulary.load import load_vocabulary
    from extract.vocabulary.phrases import expand

    return [expand(programme.names[0])[0] for programme in load_vocabulary(*folders).programmes.values()]


def choose_outlets(scope: CrawlScope) -> dict[str, Outlet]:
    """The outlets that a scope names, or all; InputError for one that does not exist or can't be used."""
    outlets, _ = find_outlets(scope)
    return outlets


def find_outlets(scope: CrawlScope) -> tuple[dict[str, Outlet], list[OutletError]]:
    broken: list[OutletError] = []
    outlets = load_outlets(OUTLETS, *scope.outlets, on_error=broken.append)
    stems = {Path(str(error).partition(":")[0]).stem: error for error in broken}
    for slug in scope.slugs:
        if slug in stems:
            raise stems[slug]
        if slug not in outlets:
            raise InputError(f"no outlet is named {slug!r}; {suggest(slug, outlets)}")
    if not outlets:
        raise broken[0] if broken else InputError("no outlet file was found")
    if scope.slugs:
        return {slug: outlets[slug] for slug in dict.fromkeys(scope.slugs)}, []
    for setting, slugs in (("only", scope.only), ("off", scope.off)):
        for slug in slugs:
            if slug not in outlets and slug not in stems:
                log.warning("[outlets] %s: no outlet is named %r; %s", setting, slug, suggest(slug, outlets))
    # One file that can't be used must not keep the others from being crawled.
    on = {slug: outlet for slug, outlet in outlets.items() if is_on(slug, scope.only, scope.off)}
    if not on:
        raise InputError(
            "every outlet is off: see [outlets] only and off in pantau.toml, or name one after the command"
        )
    return on, [error for slug, error in stems.items() if is_on(slug, scope.only, scope.off)]


def is_on(slug: str, only: Collection[str], off: Collection[str]) -> bool:
    """Whether the settings let an outlet be crawled that no command names."""
    return slug not in off and (not only or slug in only)
