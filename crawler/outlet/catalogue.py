"""The outlets as a page of documentation: python -m crawler.outlet.catalogue > docs/outlets.md"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from crawler.outlet.load import Find, Outlet, load_outlets

INTRODUCTION = """\
# Outlets

Generated from `crawler/outlets/` and `crawler/platforms/`; a test compares. After a change:
`python -m crawler.outlet.catalogue > docs/outlets.md`.
[Add an outlet](add-an-outlet.md) says what the files mean.

The facts come from published code and saved pages, and the tests read the recorded layouts in `tests/pages/`.
**No outlet was crawled live for them.** *Sure* is how sure a file is of its facts, *since* the day on which
they were last seen to be true.
"""


def build_catalogue(outlets: Iterable[Outlet]) -> str:
    """The whole page, as Markdown."""
    every = list(outlets)
    lines = [INTRODUCTION, *_summary(every), *_systems(every)]
    return "\n".join(lines).rstrip() + "\n"


def _summary(outlets: list[Outlet]) -> Iterator[str]:
    systems = {outlet.platform or outlet.slug for outlet in outlets}
    counts = ", ".join(
        f"{sum(outlet.confidence == level for outlet in outlets)} {level}"
        for level in ("high", "medium", "low")
    )
    yield f"{len(outlets)} outlets of {len(systems)} content systems: {counts}.\n"
    yield "| Outlet | Slug | System | Sure | Since | Regencies | Note |"
    yield "|---|---|---|---|---|---|---|"
    for outlet in sorted(outlets, key=lambda one: one.slug):
        cells = (
            f"[{outlet.name}]({outlet.home})",
            f"`{outlet.slug}`",
            outlet.platform or "its own",
            outlet.confidence,
            outlet.since.isoformat(),
            ", ".join(outlet.regencies) or "all",
            outlet.note,
        )
        yield f"| {' | '.join(map(_cell, cells))} |"
    yield ""


def _systems(outlets: list[Outlet]) -> Iterator[str]:
    yield "## How each system is found and read\n"
    groups: dict[str, list[Outlet]] = {}
    for outlet in outlets:
        groups.setdefault(outlet.platform or outlet.slug, []).append(outlet)
    for name in sorted(groups):
        first = groups[name][0]
        yield f"### {name}\n"
        yield f"Outlets: {', '.join(f'`{one.slug}`' for one in groups[name])}.\n"
        yield "| Found by | Address | Sure | Since | Note |"
        yield "|---|---|---|---|---|"
        for find in first.find:
            yield _find_row(find)
        yield ""
        yield "| Layout | Until | Sure | Since | Note |"
        yield "|---|---|---|---|---|"
        for layout in first.layouts:
            until = layout.until.isoformat() if layout.until else "today"
            since = layout.since.isoformat() if layout.since else ""
            row = (layout.name, until, layout.confidence, since, layout.note)
            yield f"| {' | '.join(map(_cell, row))} |"
        yield ""


def _find_row(find: Find) -> str:
    kind = find.kind if find.enabled else f"{find.kind} (not used)"
    since = find.since.isoformat() if find.since else ""
    return f"| {' | '.join(map(_cell, (kind, f'`{find.url}`', find.confidence, since, find.note)))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(build_catalogue(load_outlets().values()))
