"""Options that several verbs have, and what they mean together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipelines.verbs.verb import DEFAULT_ARCHIVE, current_config, current_run

if TYPE_CHECKING:
    from pipelines.crawl.scope import CrawlScope

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, path_type=Path)
OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
OLD_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A date of the calendar, written as 2025-10-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that `value` names; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            day = None
        # fromisoformat also takes 20251030 and 2025-W44-4, which a reader of a cron line would not.
        if day is None or day.isoformat() != value:
            self.fail(f"'{value}' is no date; write it as 2025-10-30", param, ctx)
        return day


def _together(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in the order in which help shows them."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


vocabulary_option = click.option(
    "--vocabulary",
    type=OLD_FOLDER,
    multiple=True,
    metavar="DIR",
    help="A further folder of vocabulary (programmes/, agencies.toml, ...); may be repeated.",
)

which_outlets = _together(
    click.argument("slugs", metavar="[SLUG ...]", nargs=-1),
    click.option(
        "--outlets", type=OLD_FOLDER, multiple=True, help="A further folder of outlet files; may be repeated."
    ),
    click.option(
        "--archive",
        type=FOLDER,
        default=DEFAULT_ARCHIVE,
        show_default=True,
        help="Where every response is kept as WARC.",
    ),
    vocabulary_option,
)

what_to_crawl = _together(
    which_outlets,
    click.option("--since", type=Day(), help="Only what was published on this day or later."),
    click.option("--until", type=Day(), help="Only what was published on this day or earlier."),
    click.option(
        "--replay",
        type=OLD_FILE,
        multiple=True,
        metavar="WARC ...",
        help="Answer every request from these files, not the network; a URL that they lack is a 404.",
    ),
    click.option(
        "--limit", type=click.IntRange(min=1), metavar="N", help="At most this many articles from an outlet."
    ),
)

corrections_option = click.option(
    "--corrections",
    type=FOLDER,
    default=Path("corrections"),
    show_default=True,
    help="The folder of corrections; see docs/corrections.md.",
)


def corrections_folder(folder: Path) -> Path | None:
    """The folder, or None where nobody named one and the usual one is not there."""
    source = click.get_current_context().get_parameter_source("corrections")
    by_default = source is click.core.ParameterSource.DEFAULT
    return None if by_default and not folder.is_dir() else folder


def build_scope(
    slugs: tuple[str, ...],
    outlets: tuple[Path, ...],
    archive: Path,
    vocabulary: tuple[Path, ...],
    since: date | None,
    until: date | None,
    replay: tuple[Path, ...],
    limit: int | None,
) -> CrawlScope:
    from pipelines.crawl.scope import CrawlScope

    # A shell spreads `--replay warc/*.warc.gz` into one option and further arguments. No slug ends
    # like a WARC file's name, so those are told apart.
    further = tuple(slug for slug in slugs if replay and slug.endswith((".warc", ".warc.gz")))
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}; swap them")
    return CrawlScope(
        slugs=tuple(slug for slug in slugs if slug not in further),
        outlets=outlets,
        archive=archive,
        vocabulary=vocabulary,
        since=since,
        until=until,
        replay=(*replay, *map(Path, further)),
        limit=limit,
        only=current_config().only,
        off=current_config().off,
        contact=current_config().contact,
        run=current_run(),
        budget=current_config().budget_seconds,
    )
