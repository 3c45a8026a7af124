"""Verbs that hand out what was found: a public database, a site, files, news."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipelines.share.export import FORMATS, Formats
from pipelines.verbs.options import (
    FILE,
    FOLDER,
    Day,
    corrections_folder,
    corrections_option,
    vocabulary_option,
)
from pipelines.verbs.verb import DEFAULT_ARCHIVE, Verb, current_config, say


@click.command(cls=Verb, example="pantau publish --output public.db", config={"output": "public"})
@corrections_option
@vocabulary_option
@click.option("--output", type=FILE, help="The public database.  [default: public.db beside the database]")
@click.option(
    "--accept-loss",
    metavar="REASON",
    help="Publish though much is gone, and why that is right; the reason is kept in the ledger of steps.",
)
def publish(
    db: Path,
    corrections: Path,
    vocabulary: tuple[Path, ...],
    output: Path | None,
    accept_loss: str | None,
) -> int:
    """Write the public database.

    It has facts, quotes and links, never an article's full text. Where it would lose a tenth of what the
    last one has (a fifth of the claims), that one is kept, unless the loss is accepted.
    """
    from pipelines import steps

    if accept_loss is not None and not accept_loss.strip():
        raise click.UsageError("--accept-loss needs a reason, such as 'harian_uji closed'")

    folder = corrections_folder(corrections)
    return steps.publish(
        db,
        output or steps.public_path(db),
        corrections=folder,
        vocabulary=vocabulary,
        budget=current_config().budget_seconds,
        accept_loss=" ".join((accept_loss or "").split()),
        say=say,
    )


@click.command(cls=Verb, example="pantau serve --port 8001\npantau serve --public --host 0.0.0.0")
@click.option("--public", is_flag=True, help="Serve the public database, public.db beside the database.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    metavar="N",
    help="Port; 0 is a free one.",
)
@click.option(
    "--archive",
    type=FOLDER,
    default=DEFAULT_ARCHIVE,
    show_default=True,
    help="Where the pages of the articles are kept as WARC; never shown with --public.",
)
def serve(db: Path, public: bool, host: str, port: int, archive: Path) -> int:
    """Show the database in a browser: a site that also answers SQL."""
    from pipelines import steps

    config = current_config()
    return steps.serve(
        db,
        public=config.public or steps.public_path(db) if public else None,
        host=host,
        port=port,
        title=config.title,
        archive=archive,
        contact=config.contact,
        address=config.address,
    )


@click.command(
    cls=Verb,
    example="pantau export --format xlsx --output tables\n"
    'pantau export --format csv --regency "Kabupaten Purbalingga" --since 2025-10-30 --bom',
)
@click.option(
    "--format",
    "formats",
    type=Formats(),
    default=",".join(FORMATS),
    show_default=True,
    help="What to write; several with commas between.",
)
@click.option("--output", type=FOLDER, default=Path("export"), show_default=True, help="The folder.")
@click.option(
    "--regency", metavar="NAME", multiple=True, help="Only this regency, by name or code; may be repeated."
)
@click.option(
    "--pillar", metavar="NAME", multiple=True, help="Only this pillar, by id or name; may be repeated."
)
@click.option("--outlet", metavar="SLUG", multiple=True, help="Only this outlet; may be repeated.")
@click.option("--programme", metavar="ID", multiple=True, help="Only this programme; may be repeated.")
@click.option("--since", type=Day(), help="Only what was published on this day or later.")
@click.option("--until", type=Day(), help="Only what was published on this day or earlier.")
@click.option("--bom", is_flag=True, help="Start CSV files with a mark by which Excel knows UTF-8.")
def export(db: Path, output: Path, formats: tuple[str, ...], **chosen: Any) -> int:
    """Write the tables as files, every row with its source.

    Quote, sentence, outlet, title, date, link, place in the archive and version of the extractor. The
    database may be the working one or the public one; full texts are in no file. Files appear when all
    are complete. docs/exports.md says what each format holds.
    """
    from pipelines.share.export import export as export_tables

    return export_tables(db, output, formats, say=say, **chosen)


@click.command(
    cls=Verb,
    example="pantau digest --since 7d\npantau digest --since 2025-10-30 --format html > baru.html\n"
    "pantau digest --quiet --format markdown --notify ntfy://ntfy.example/redaksi",
    config={"since": "since", "notify": "notify"},
)
@click.option(
    "--since",
    default="7d",
    show_default=True,
    metavar="SPAN|DATE",
    help="Fetched since: 7d, 12h, 2w, or a day.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option(
    "--notify", multiple=True, metavar="URL", help="Send it to this address of Apprise; may be repeated."
)
def digest(db: Path, since: str, form: Any, notify: tuple[str, ...]) -> int:
    """Tell what is new, by regency, with quotes and links.

    Nothing new is one line and exit code 0. With --quiet it is sent and not printed.
    """
    from pipelines.share.digest import show_digest

    title = current_config().title or "Pantau Berdaya"
    return show_digest(db, since=since, form=form, notify=notify, title=title, say=say)
