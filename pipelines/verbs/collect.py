"""Verbs that collect articles: from the network, an archive, the archives of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from pipelines.verbs.options import (
    FILE,
    FOLDER,
    OLD_FILE,
    OLD_FOLDER,
    Day,
    build_scope,
    corrections_folder,
    corrections_option,
    vocabulary_option,
    what_to_crawl,
    which_outlets,
)
from pipelines.verbs.verb import DEFAULT_ARCHIVE, Verb, current_config, say


@click.command(
    cls=Verb,
    example="pantau run\npantau schedule --cron   (prints the line for cron)",
    config={"output": "public"},
)
@what_to_crawl
@corrections_option
@click.option("--output", type=FILE, help="The public database.  [default: public.db beside the database]")
def run(db: Path, output: Path | None, corrections: Path, **scope: Any) -> int:
    """Crawl, extract and publish: the one cron line.

    Each step is tried, whatever became of the one before; the exit code is that of the worst.
    """
    from pipelines import steps

    return steps.run(
        db,
        build_scope(**scope),
        output=output or steps.public_path(db),
        corrections=corrections_folder(corrections),
        config=current_config(),
        say=say,
    )


@click.command(
    cls=Verb,
    example="pantau demo\npantau demo --db trial/pantau.db",
    reads_config=False,
    default_db=Path("data/demo/pantau.db"),
)
def demo(db: Path, **_: Any) -> int:
    """Do the whole job on the bundled sample newsroom; no network.

    Six invented outlets are read from an archive, as if they answered: articles, claims, a public database
    beside the database, and what was found. pantau.toml is left unread.
    """
    from pipelines.demo import demo as show_demo

    return show_demo(db, say=say)


@click.command(
    cls=Verb,
    example="pantau crawl tribun_jateng --since 2025-10-29 --until 2025-10-31\n"
    "pantau crawl detik_jateng --plan   (what it would ask, and why)",
)
@what_to_crawl
@click.option("--plan", is_flag=True, help="Print the requests that it would make and why; make none.")
def crawl(db: Path, plan: bool, **scope: Any) -> int:
    """Collect articles from all outlets or those named."""
    from pipelines import steps

    if plan:
        from pipelines.crawl.plan import show_plan

        return show_plan(db, build_scope(**scope), say=say)
    return steps.crawl(db, build_scope(**scope), say=say)


@click.command(cls=Verb, example="pantau reparse detik_jateng")
@which_outlets
def reparse(
    db: Path,
    slugs: tuple[str, ...],
    outlets: tuple[Path, ...],
    archive: Path,
    vocabulary: tuple[Path, ...],
) -> int:
    """Read the archived pages again; no network.

    For after a selector changed: an article whose reading is now another gets a new version.
    """
    from pipelines import steps
    from pipelines.crawl.scope import CrawlScope

    scope = CrawlScope(
        slugs=slugs,
        outlets=outlets,
        archive=archive,
        vocabulary=vocabulary,
        budget=current_config().budget_seconds,
    )
    return steps.reparse(db, scope, say=say)


@click.command(
    cls=Verb,
    example="pantau backfill CC-NEWS-20251031*.warc.gz\n"
    "pantau backfill old.warc.gz --outlet tribun_jateng --until 2025-10-30",
)
@click.argument("warc", type=OLD_FILE, nargs=-1, required=True, metavar="WARC ...")
@click.option("--outlet", "slugs", metavar="SLUG", multiple=True, help="Only this outlet; may be repeated.")
@click.option(
    "--outlets", type=OLD_FOLDER, multiple=True, help="A further folder of outlet files; may be repeated."
)
@click.option(
    "--archive",
    type=FOLDER,
    default=DEFAULT_ARCHIVE,
    show_default=True,
    help="The own archive; files in it are named relative to it.",
)
@vocabulary_option
@click.option("--since", type=Day(), help="Only what was published on this day or later.")
@click.option("--until", type=Day(), help="Only what was published on this day or earlier.")
def backfill(
    db: Path,
    warc: tuple[Path, ...],
    slugs: tuple[str, ...],
    outlets: tuple[Path, ...],
    archive: Path,
    vocabulary: tuple[Path, ...],
    since: date | None,
    until: date | None,
) -> int:
    """Collect articles from WARC files of others, such as CC-NEWS.

    Pages of known outlets that print the topic are read as in a crawl; each article points to the file it
    came from, so keep that where it is. Nothing newer is replaced. 'pantau extract' does the rest.
    """
    from pipelines import steps

    scope = build_scope(slugs, outlets, archive, vocabulary, since, until, (), None)
    return steps.backfill(db, scope, warc, say=say)


@click.command(
    cls=Verb,
    example="pantau outlet probe https://outlet.example/berita/1/judul\n"
    "pantau outlet new contoh_post https://outlet.example/berita/1/judul\n"
    "pantau outlet check tribun_jateng detik_jateng\n"
    "pantau outlet check --all --save first-day",
)
@click.argument("action", type=click.Choice(["probe", "new", "check"]), metavar="probe|new|check")
@click.argument("names", metavar="[URL|FILE|SLUG ...]", nargs=-1)
@click.option(
    "--outlets", type=OLD_FOLDER, multiple=True, help="A further folder of outlet files; may be repeated."
)
@click.option("--url", default="", help="The address of the page that FILE holds.")
@click.option(
    "--report",
    type=FOLDER,
    default=Path("data/reports"),
    show_default=True,
    help="Where check's report goes.",
)
@click.option("--all", "everyone", is_flag=True, help="check: every outlet, as without a SLUG.")
@click.option(
    "--save",
    type=FOLDER,
    help="check: a folder for the report, what came as WARC, and drafts of mended files and fixtures.",
)
def outlet(
    db: Path,
    action: str,
    names: tuple[str, ...],
    outlets: tuple[Path, ...],
    url: str,
    report: Path,
    everyone: bool,
    save: Path | None,
) -> int:
    """Look at a page or an outlet, or begin a new outlet.

    probe URL|FILE shows what a page yields: JSON-LD, meta, which layout fits, the resulting article. From a
    file it needs no network. new SLUG URL|FILE writes the outlet's file and a recorded page, into the folder
    outlets or that of --outlets; in a checkout, where the tests fail until a person has checked it.
    check [SLUG ...] asks each outlet for one listing and one article, politely, and writes a dated report of
    which facts hold and what would mend those that do not; exit code 1 where one fails. With --save FOLDER it
    keeps what came, and drafts the changed outlet files and fixtures: what a person has looked at is copied
    over a clone of the project and asked to be taken.
    """
    wanted = {"probe": 1, "new": 2}.get(action)
    if wanted is not None and len(names) != wanted:
        what = "one URL or FILE" if action == "probe" else "a SLUG and one URL or FILE"
        raise click.UsageError(f"{action} takes {what}")
    if wanted is not None and (everyone or save):
        raise click.UsageError(f"--all and --save belong to check, not to {action}")
    if everyone and names:
        raise click.UsageError(f"--all is every outlet; leave it out for {', '.join(names)} alone")
    contact, budget = current_config().contact, current_config().budget_seconds
    if action == "probe":
        from pipelines.outlet.probe import show_probe

        return show_probe(names[0], url, folders=outlets, contact=contact, budget=budget, say=say)
    if action == "new":
        from pipelines.outlet.new import find_desk, show_new

        desk = find_desk(Path.cwd(), outlets)
        return show_new(
            names[0],
            names[1],
            url,
            contact=contact,
            budget=budget,
            say=say,
            desk=desk,
            known=outlets,
        )
    from pipelines.crawl.scope import CrawlScope
    from pipelines.outlet.live_check import show_check

    scope = CrawlScope(
        archive=DEFAULT_ARCHIVE,
        slugs=names,
        outlets=outlets,
        only=current_config().only,
        off=current_config().off,
        contact=contact,
        budget=budget,
    )
    return show_check(scope, output=report, save=save, say=say)
