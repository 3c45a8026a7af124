"""The `pantau` command: its verbs and their help, one line of work each.

Steps are imported inside the verbs: `pantau --help` and a mistyped option must not wait for Scrapy and spaCy.
A new verb is a function here with `@pantau.command(cls=Verb, example=...)` that returns an exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipelines.export import FORMATS, Formats
from pipelines.verb import (
    DEFAULT_ARCHIVE,
    Day,
    Verb,
    Verbs,
    current_config,
    current_run,
    run_group,
    say,
)

if TYPE_CHECKING:
    from pipelines.steps import CrawlScope

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, path_type=Path)
OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
OLD_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="pantau-berdaya", prog_name="pantau")
def pantau() -> None:
    """Watch the regional press of Central Java for reports on Kecamatan Berdaya.

    Collects articles, finds what they claim, and keeps each claim with its quote, date and link.

    \b
    Exit codes: 0 done; 1 done, but something needs a person;
    2 wrong usage or unreadable input; 75 another run holds the lock.
    """


def main(argv: list[str] | None = None) -> int:
    """Run `pantau` and return its exit code; every error is one line on standard error."""
    return run_group(pantau, argv)


def _together(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in the order in which help shows them."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


_vocabulary = click.option(
    "--vocabulary",
    type=OLD_FOLDER,
    multiple=True,
    metavar="DIR",
    help="A further folder of vocabulary (programmes/, agencies.toml, ...); may be repeated.",
)

_which_outlets = _together(
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
    _vocabulary,
)

_what_to_crawl = _together(
    _which_outlets,
    click.option("--since", type=Day(), help="Only what was published on this day or later."),
    click.option("--until", type=Day(), help="Only what was published on this day or earlier."),
    click.option(
        "--replay",
        type=OLD_FILE,
        multiple=True,
        metavar="WARC ...",
        help="Answer every request from these files, not the network; a URL that they lack is a 404.",
    ),
    click.option("--limit", type=click.IntRange(min=1), help="At most this many articles from an outlet."),
)


_corrections = click.option(
    "--corrections",
    type=FOLDER,
    default=Path("corrections"),
    show_default=True,
    help="The folder of corrections; see docs/corrections.md.",
)


def _corrections_folder(folder: Path) -> Path | None:
    """The folder, or None where nobody named one and the usual one is not there."""
    source = click.get_current_context().get_parameter_source("corrections")
    by_default = source is click.core.ParameterSource.DEFAULT
    return None if by_default and not folder.is_dir() else folder


def _scope(
    slugs: tuple[str, ...],
    outlets: tuple[Path, ...],
    archive: Path,
    vocabulary: tuple[Path, ...],
    since: date | None,
    until: date | None,
    replay: tuple[Path, ...],
    limit: int | None,
) -> CrawlScope:
    from pipelines.steps import CrawlScope

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
        off=current_config().off,
        contact=current_config().contact,
        run=current_run(),
    )


@pantau.command(
    cls=Verb,
    example="pantau run\npantau schedule --cron   (prints the line for cron)",
    config={"output": "public"},
)
@_what_to_crawl
@_corrections
@click.option("--output", type=FILE, help="The public database.  [default: public.db beside the database]")
def run(db: Path, output: Path | None, corrections: Path, **scope: Any) -> int:
    """Crawl, extract and publish: the one cron line.

    Each step is tried, whatever became of the one before; the exit code is that of the worst.
    """
    from pipelines import steps

    return steps.run(
        db,
        _scope(**scope),
        output=output or steps.public_path(db),
        corrections=_corrections_folder(corrections),
        config=current_config(),
        say=say,
    )


@pantau.command(
    cls=Verb,
    example="pantau crawl tribun_jateng --since 2025-10-29 --until 2025-10-31\n"
    "pantau crawl detik_jateng --plan   (what it would ask, and why)",
)
@_what_to_crawl
@click.option("--plan", is_flag=True, help="Print the requests that it would make and why; make none.")
def crawl(db: Path, plan: bool, **scope: Any) -> int:
    """Collect articles from all outlets or those named."""
    from pipelines import steps

    if plan:
        from pipelines.planning import show_plan

        return show_plan(db, _scope(**scope), say=say)
    return steps.crawl(db, _scope(**scope), say=say)


@pantau.command(cls=Verb, example="pantau reparse detik_jateng")
@_which_outlets
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

    scope = steps.CrawlScope(slugs=slugs, outlets=outlets, archive=archive, vocabulary=vocabulary)
    return steps.reparse(db, scope, say=say)


@pantau.command(
    cls=Verb, example="pantau extract\npantau extract --input articles.jsonl --output - | jq .pilot_kecamatan"
)
@click.option("--all", "everything", is_flag=True, help="Extract every article again.")
@_corrections
@click.option(
    "--input",
    "source",
    metavar="ARTICLES.jsonl",
    help="Articles to read instead of the database; - is stdin.",
)
@click.option(
    "--output", metavar="RECORDS.jsonl", help="Where the records go, with --input.  [default: -, stdout]"
)
@_vocabulary
@click.option("--programme", metavar="ID", help="With --input, the programme.  [default: the first]")
def extract(
    db: Path,
    everything: bool,
    corrections: Path,
    source: str | None,
    output: str | None,
    vocabulary: tuple[Path, ...],
    programme: str | None,
) -> int:
    """Find the claims in what is new or outdated.

    Outdated is what an older version of the code or of the vocabulary extracted.

    With --input no database is used: one article a line in (keys id, url, outlet, published_at, title,
    text), one record a line out, in the same order.
    """
    if source is None:
        if output is not None:
            raise click.UsageError(
                "--output goes with --input; name the articles with --input ARTICLES.jsonl"
            )
        if programme is not None:
            raise click.UsageError(
                "--programme goes with --input; in a database every programme is extracted"
            )
        from pipelines import steps

        folder = _corrections_folder(corrections)
        return steps.extract(db, everything=everything, corrections=folder, vocabulary=vocabulary, say=say)
    if everything:
        raise click.UsageError("--all is about the database and --input works without one; leave one out")
    from pipelines.batch import extract_lines

    return extract_lines(source, output or "-", vocabulary=vocabulary, programme=programme)


@pantau.command(cls=Verb, example="pantau publish --output public.db", config={"output": "public"})
@_corrections
@_vocabulary
@click.option("--output", type=FILE, help="The public database.  [default: public.db beside the database]")
def publish(db: Path, corrections: Path, vocabulary: tuple[Path, ...], output: Path | None) -> int:
    """Write the public database.

    It has facts, quotes and links, never an article's full text.
    """
    from pipelines import steps

    folder = _corrections_folder(corrections)
    return steps.publish(
        db, output or steps.public_path(db), corrections=folder, vocabulary=vocabulary, say=say
    )


@pantau.command(
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
@click.option("--regency", multiple=True, help="Only this regency, by name or code; may be repeated.")
@click.option("--pillar", multiple=True, help="Only this pillar, by id or name; may be repeated.")
@click.option("--outlet", metavar="SLUG", multiple=True, help="Only this outlet; may be repeated.")
@click.option("--since", type=Day(), help="Only what was published on this day or later.")
@click.option("--bom", is_flag=True, help="Start CSV files with a mark by which Excel knows UTF-8.")
def export(db: Path, output: Path, formats: tuple[str, ...], **chosen: Any) -> int:
    """Write the tables as files, every row with its source.

    Quote, sentence, outlet, title, date, link, place in the archive and version of the extractor. The
    database may be the working one or the public one; full texts are in no file. Files appear when all
    are complete. docs/exports.md says what each format holds.
    """
    from pipelines.export import export as export_tables

    return export_tables(db, output, formats, say=say, **chosen)


@pantau.command(cls=Verb, example="pantau serve --port 8001\npantau serve --public --host 0.0.0.0")
@click.option("--public", is_flag=True, help="Serve the public database, public.db beside the database.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port; 0 is a free one."
)
def serve(db: Path, public: bool, host: str, port: int) -> int:
    """Show the database in a browser: Datasette with the project's pages."""
    from pipelines import steps

    config = current_config()
    return steps.serve(
        db,
        public=config.public or steps.public_path(db) if public else None,
        host=host,
        port=port,
        title=config.title,
    )


@pantau.command(
    cls=Verb, example="pantau status\npantau status --json | jq '.outlets[] | select(.problems != [])'"
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--courtesy", is_flag=True, help="What was asked of each host on each of the last 14 days, instead."
)
def status(db: Path, as_json: bool, courtesy: bool) -> int:
    """Tell how each outlet is doing.

    Last crawl, last article, how often each field was found, and what is wrong; exit code 1 where
    something needs a person.
    """
    from pipelines.status import show_courtesy, show_status

    if courtesy:
        return show_courtesy(db, as_json=as_json)
    return show_status(db, as_json=as_json)


@pantau.command(
    cls=Verb, example="pantau score gold.jsonl --errors\npantau score --floors tests/gold/floors.json --raise"
)
@click.argument("gold", type=OLD_FILE, metavar="GOLD.jsonl ...", nargs=-1)
@click.option(
    "--records",
    type=OLD_FILE,
    metavar="RECORDS.jsonl",
    help="Score these records; without it, the annotated texts are extracted.",
)
@click.option("--field", help="This field alone.")
@click.option("--errors", is_flag=True, help="List what was missed and what is spurious, with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_vocabulary
@click.option("--programme", metavar="ID", help="The programme that is annotated.  [default: the first]")
@click.option(
    "--floors",
    type=FILE,
    metavar="FLOORS.json",
    help="Compare with the floors of this file, on the annotation beside it.",
)
@click.option(
    "--raise", "raising", is_flag=True, help="With --floors: set them to what is measured, if higher."
)
@click.option(
    "--lower", "decision", metavar="HEADING", help="With --raise: lower too; the entry in docs/decisions.md."
)
def score(
    db: Path, gold: tuple[Path, ...], floors: Path | None, raising: bool, decision: str | None, **options: Any
) -> int:
    """Compare with hand annotation: precision, recall, F1.

    F1 comes with a 95 % interval by bootstrap over the documents. No database is used.

    With --floors the exit code is 1 where a figure is below its floor, or where the annotation changed since
    the floors were measured. --raise never lowers one; --lower does, and names the heading under which
    docs/decisions.md says why.
    """
    if floors is None:
        if raising or decision:
            raise click.UsageError("--raise and --lower go with --floors; name the file of floors")
        if not gold:
            raise click.UsageError("name the annotation, GOLD.jsonl, or a file of floors with --floors")
        from pipelines.scoring import show_score

        return show_score(gold, **options)
    source = click.get_current_context().get_parameter_source("vocabulary")
    if source is not click.core.ParameterSource.COMMANDLINE:
        del options["vocabulary"]  # floors are those of the package, whatever is configured
    if gold or any(options.values()):
        raise click.UsageError(
            "--floors measures every field of the annotation beside its file; leave out the other options"
        )
    if decision and not raising:
        raise click.UsageError("--lower goes with --raise; give both")
    from pipelines.floors import show_floors

    return show_floors(floors, raising=raising, decision=decision)


@pantau.command(
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
@_vocabulary
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

    scope = _scope(slugs, outlets, archive, vocabulary, since, until, (), None)
    return steps.backfill(db, scope, warc, say=say)


@pantau.command(cls=Verb, example='pantau review --by "Ratna Sabdawati, redaksi"\npantau review --list')
@_corrections
@click.option("--by", default="", help="Who decides.  [default: it is asked]")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    help="Confidence below which a claim is doubtful.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many claims.")
@click.option("--list", "list_only", is_flag=True, help="Show the doubtful claims and ask nothing.")
def review(db: Path, corrections: Path, by: str, below: float, limit: int | None, list_only: bool) -> int:
    """Decide on doubtful claims, one after another.

    Those of low confidence, those on which articles disagree, those in an article that was changed. Each
    decision is written as a correction before the next claim is shown.
    """
    from pipelines.review import review as go_through

    return go_through(db, corrections, by=by, below=below, limit=limit, list_only=list_only, say=say)


@pantau.command(
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
    from pipelines.digest import show_digest

    title = current_config().title or "Pantau Berdaya"
    return show_digest(db, since=since, form=form, notify=notify, title=title, say=say)


@pantau.command(
    cls=Verb,
    example="pantau schedule --cron\npantau schedule --systemd --user pantau --output units",
)
@click.option("--cron", "kind", flag_value="cron", help="Lines for a crontab.")
@click.option("--systemd", "kind", flag_value="systemd", help="Services and timers.")
@click.option("--user", default="", help="As whom systemd runs them.  [default: root or the calling user]")
@click.option("--output", type=FOLDER, help="Write systemd's units as files into this folder.")
def schedule(db: Path, kind: str | None, user: str, output: Path | None) -> int:
    """Print what to install so that all goes by itself.

    Run, digest and backup at the times of the configuration, for this folder; and the public site with
    systemd. Nothing is installed.
    """
    from pipelines.config import FILE_NAME
    from pipelines.schedule import Place, show_schedule

    if kind is None:
        raise click.UsageError("say for which: --cron or --systemd")
    if output is not None and kind == "cron":
        raise click.UsageError("--output goes with --systemd; cron's lines go into 'crontab -e'")
    # What was given here is to hold for the jobs as well; what stands in ./pantau.toml they read themselves.
    context, options = click.get_current_context(), []
    if context.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE:
        options += ["--db", str(db.absolute())]
    if (file := current_config().path) is not None and file.absolute() != Path(FILE_NAME).absolute():
        options += ["--config", str(file.absolute())]
    return show_schedule(kind, current_config(), Place.here(user=user, options=options), output, say)


@pantau.command(
    cls=Verb,
    example="pantau backup\npantau backup --to /mnt/other/pantau --keep 30",
    config={"to": "backups", "keep": "keep_backups"},
)
@click.option("--to", type=FOLDER, default=Path("data/backups"), show_default=True, help="The folder.")
@click.option(
    "--keep", type=click.IntRange(min=0), default=7, show_default=True, help="How many; 0 keeps all."
)
def backup(db: Path, to: Path, keep: int) -> int:
    """Copy the database, while a crawl runs as well.

    The copy is consistent, verified and complete or not there; the newest ones are kept.
    """
    from pipelines.backup import backup as make_backup

    return make_backup(db, to, keep=keep, say=say)


@pantau.command("check-db", cls=Verb, example="pantau check-db\npantau check-db --archive data/warc")
@click.option(
    "--archive", type=OLD_FOLDER, default=None, help="Look for the WARC files that articles point to, too."
)
def check_db(db: Path, archive: Path | None) -> int:
    """Check the database and every quote in it.

    Damage, references, claims without evidence, quotes that are not where they say. Nothing is changed;
    exit code 1 where something is wrong.
    """
    from pipelines.checkdb import check

    return check(db, archive=archive, say=say)


@pantau.command(
    cls=Verb,
    example="pantau outlet probe https://outlet.example/berita/1/judul\n"
    "pantau outlet new contoh_post https://outlet.example/berita/1/judul\n"
    "pantau outlet check tribun_jateng detik_jateng",
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
def outlet(
    db: Path, action: str, names: tuple[str, ...], outlets: tuple[Path, ...], url: str, report: Path
) -> int:
    """Look at a page or an outlet, or begin a new outlet.

    probe URL|FILE shows what a page yields: JSON-LD, meta, which layout fits, the resulting article. From a
    file it needs no network. new SLUG URL|FILE writes the outlet's file, a recorded page and a test that
    fails until a person has checked it. check [SLUG ...] asks each outlet for one listing and one article,
    politely, and writes a dated report of which facts hold; exit code 1 where one fails.
    """
    wanted = {"probe": 1, "new": 2}.get(action)
    if wanted is not None and len(names) != wanted:
        what = "one URL or FILE" if action == "probe" else "a SLUG and one URL or FILE"
        raise click.UsageError(f"{action} takes {what}")
    contact = current_config().contact
    if action == "probe":
        from pipelines.probing import show_probe

        return show_probe(names[0], url, folders=outlets, contact=contact, say=say)
    if action == "new":
        from pipelines.outlet_new import show_new

        return show_new(names[0], names[1], url, contact=contact, say=say)
    from pipelines.outlet_check import show_check
    from pipelines.steps import CrawlScope

    scope = CrawlScope(
        archive=DEFAULT_ARCHIVE, slugs=names, outlets=outlets, off=current_config().off, contact=contact
    )
    return show_check(scope, output=report, say=say)


@pantau.command(cls=Verb, example="pantau config init\npantau config check", reads_config=False)
@click.argument("action", type=click.Choice(["init", "check", "show"]), metavar="init|check|show")
def config(action: str, config_file: Path | None, **_: Any) -> int:
    """Write, check or show the configuration.

    init writes pantau.toml with every default and what it is for; check reads it and says what is wrong;
    show prints every setting and what gave it. Options go before the environment, that before the file.
    """
    from pipelines.config import FILE_NAME, Config, load_config
    from pipelines.configure import show_config

    if action == "init":
        return show_config(action, Config(), target=config_file or Path(FILE_NAME), say=say)
    return show_config(action, load_config(config_file), target=Path(), say=say)


@pantau.command(
    cls=Verb, example="pantau diff before.db data/pantau.db\npantau diff before.db after.db --json"
)
@click.argument("old", type=OLD_FILE, metavar="OLD.db")
@click.argument("new", type=OLD_FILE, metavar="NEW.db")
@click.option("--field", help="Claims of this field alone.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def diff(db: Path, old: Path, new: Path, field: str | None, as_json: bool) -> int:
    """Show which claims differ between two databases.

    What was added, removed and changed, by article, with the rule that made or lost each claim, its quote
    and its sentence. To see what a changed vocabulary does: copy the database, extract, compare the two.
    Differences are a result, not an error: the exit code is 0.
    """
    from pipelines.diffing import show_diff

    return show_diff(old, new, field=field, as_json=as_json)


if __name__ == "__main__":
    sys.exit(main())
