"""Runs looks at pages of outlets, all at once, each outlet one page after another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from crawler.outlet.load import PLATFORMS, Outlet, load_outlet
from pipelines.crawl.reactor import run_in_reactor
from pipelines.crawl.run import build_runner, build_settings
from pipelines.crawl.scope import CrawlScope


def run_looks(
    works: Sequence[tuple[Outlet, Any, tuple[str, ...]]],
    *,
    contact: str,
    overrides: Mapping[str, Any] | None = None,
    archive: Path | None = None,
) -> dict[int, BaseException]:
    """Do each piece of work, (outlet, work, further addresses of its own); number -> what went wrong.

    `archive`: a folder for what comes, as WARC; None: nothing is kept.
    """
    from crawler.look import LOOK_SETTINGS, LookSpider, without_keeping

    scope = CrawlScope(archive=Path(), contact=contact)
    kept = {"PANTAU_ARCHIVE": str(archive)} if archive else {}
    settings = build_settings(scope, {**LOOK_SETTINGS, **kept, **(overrides or {})})
    middlewares = without_keeping(settings.getdict("DOWNLOADER_MIDDLEWARES"), archive=archive is not None)
    settings.set("DOWNLOADER_MIDDLEWARES", middlewares, priority="cmdline")
    runner = build_runner(settings)
    failed: dict[int, BaseException] = {}

    async def look() -> dict[str, BaseException]:
        crawls = [runner.crawl(LookSpider, outlet=o, work=w, urls=urls) for o, w, urls in works]
        results = await asyncio.gather(*crawls, return_exceptions=True)
        failed.update({n: r for n, r in enumerate(results) if isinstance(r, BaseException)})
        return {}

    run_in_reactor(look, lambda: runner.stop())
    return failed


def build_guess(url: str, platform: str = "", *, slug: str = "percobaan") -> Outlet:
    """An outlet that nobody has described: the host of an address, with the layouts of a content system."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}.toml"
        path.write_text(format_outlet(url, platform), "utf-8")
        return load_outlet(path)


def format_outlet(url: str, platform: str, *, name: str = "", note: str = "") -> str:
    """The text of an outlet file for the host of an address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    names = dict.fromkeys(f'"{_quoted(one)}"' for one in (name or host, host))
    lines = [
        f'name = "{_quoted(name or host)}"',
        f'home = "{parts.scheme}://{parts.netloc}/"',
        *([f'like = "{platform}"'] if platform else []),
        'confidence = "low"',
        f"since = {date.today().isoformat()}",  # noqa: DTZ011 - the operator's own day
        *([f'note = "{_quoted(note)}"'] if note else []),
        f"site_names = [{', '.join(names)}]",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "'")


def list_platforms() -> list[str]:
    """The content systems that are described."""
    return sorted(path.stem for path in PLATFORMS.glob("*.toml") if path.stem != "generic")
