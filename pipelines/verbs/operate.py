"""Verbs for whoever keeps it running."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipelines.verbs.options import FILE, FOLDER, OLD_FOLDER, Day, vocabulary_option
from pipelines.verbs.verb import DEFAULT_ARCHIVE, Verb, current_config, say


@click.command(
    cls=Verb,
    example="pantau status\npantau status --json | jq '.open[] | .id'\n"
    'pantau status --acknowledge tribun_solo/no-body --reason "new layout, mended" --until 2026-12-01\n'
    "pantau status --reopen tribun_solo/no-body",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--courtesy", is_flag=True, help="What was asked of each host on each of the last 14 days, instead."
)
@click.option(
    "--acknowledge",
    multiple=True,
    metavar="PROBLEM",
    help="Let this problem wait: with --reason and --until; may be repeated.",
)
@click.option("--reason", default="", help="Why it may wait.")
@click.option("--until", type=Day(), help="The last day on which it may.")
@click.option(
    "--reopen", multiple=True, metavar="PROBLEM", help="Take an acknowledgement back; may be repeated."
)
def status(
    db: Path,
    as_json: bool,
    courtesy: bool,
    acknowledge: tuple[str, ...],
    reason: str,
    until: date | None,
    reopen: tuple[str, ...],
) -> int:
    """Tell how outlets are doing, what was last done, and what runs.

    Last crawl, last article, how often each field was found; the last extraction, publication, backup and
    digest; and what is wrong, each with its name. Exit code 1 where something needs a person. A problem that
    is acknowledged does not: it comes back after its last day, or when it changes.
    """
    from pipelines.operate.status import acknowledge_problems, reopen_problems, show_status

    if sum(map(bool, (as_json or courtesy, acknowledge, reopen))) > 1:
        raise click.UsageError("--acknowledge and --reopen stand alone; give one of them, and no --json")
    if bool(acknowledge) != bool(reason.strip() and until) or (not acknowledge and (reason or until)):
        raise click.UsageError("--acknowledge, --reason and --until go together; give all three")
    config = current_config()
    if acknowledge and until:
        return acknowledge_problems(db, acknowledge, config=config, reason=reason, until=until, say=say)
    if reopen:
        return reopen_problems(db, reopen, say=say)
    if courtesy:
        from pipelines.operate.courtesy import show_courtesy

        return show_courtesy(db, as_json=as_json)
    return show_status(db, config=config, as_json=as_json)


@click.command(
    cls=Verb,
    example="pantau schedule --cron\npantau schedule --cron tribun_jateng detik_jateng\n"
    "pantau schedule --systemd --user pantau --output units",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--cron", "kind", flag_value="cron", help="Lines for a crontab.")
@click.option("--systemd", "kind", flag_value="systemd", help="Services and timers.")
@click.option("--user", default="", help="As whom systemd runs them.  [default: root or the calling user]")
@click.option("--output", type=FOLDER, help="Write systemd's units as files into this folder.")
def schedule(db: Path, slugs: tuple[str, ...], kind: str | None, user: str, output: Path | None) -> int:
    """Print what to install so that all goes by itself.

    Run, digest and backup at the times of the configuration, for this folder; and the public site with
    systemd. With SLUGs the run is for these outlets alone. Nothing is installed.
    """
    from pipelines.config.load import FILE_NAME
    from pipelines.crawl.scope import CrawlScope, choose_outlets
    from pipelines.operate.schedule import Place, show_schedule

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
    if slugs:  # a mistyped one would only be noticed at night
        choose_outlets(CrawlScope(archive=DEFAULT_ARCHIVE, slugs=slugs, outlets=current_config().outlets))
    place = Place.here(user=user, options=options, slugs=slugs)
    return show_schedule(kind, current_config(), place, output, say)


@click.command(
    cls=Verb,
    example="pantau backup\npantau backup --to /mnt/other/pantau --keep 30",
    config={"to": "backups", "keep": "keep_backups"},
)
@click.option("--to", type=FOLDER, default=Path("data/backups"), show_default=True, help="The folder.")
@click.option(
    "--keep",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    metavar="N",
    help="How many; 0 keeps all.",
)
def backup(db: Path, to: Path, keep: int) -> int:
    """Copy the database, while a crawl runs as well.

    The copy is consistent, verified and complete or not there; the newest ones are kept.
    """
    from pipelines.operate.backup import backup as make_backup

    return make_backup(db, to, keep=keep, say=say)


@click.command(
    cls=Verb,
    example='pantau takedown --person "Nama Lengkap" --reason "asked by letter of 24 November"\n'
    'pantau takedown --article tribun_jateng:1234567 --reason "withdrawn by its outlet"',
    config={"backups": "backups"},
)
@click.option("--person", metavar="NAME", help="The full name, as printed.")
@click.option("--article", metavar="ID|URL", help="The article's id or address.")
@click.option("--reason", required=True, help="Why; it stays in the log, so it must not hold the name.")
@click.option(
    "--corrections",
    type=FOLDER,
    default=Path("corrections"),
    show_default=True,
    help="Where the log is kept.",
)
@click.option("--public", type=FILE, help="The public database.  [default: public.db beside the database]")
@click.option("--backups", type=FOLDER, default=Path("data/backups"), show_default=True, help="The copies.")
@click.option("--archive", type=FOLDER, default=DEFAULT_ARCHIVE, show_default=True, help="The WARC files.")
@vocabulary_option
def takedown(
    db: Path,
    person: str | None,
    article: str | None,
    reason: str,
    corrections: Path,
    public: Path | None,
    backups: Path,
    archive: Path,
    vocabulary: tuple[Path, ...],
) -> int:
    """Remove a person or an article, for good.

    From the database, the public one, its search and all exports to come; a later crawl does not bring it
    back. The log (corrections/takedowns.jsonl) holds no name. Tells which backups and archives still hold
    it, and ends with 1 where there are any.
    """
    from pipelines.operate.takedown import take_down
    from pipelines.steps import public_path

    if (person is None) == (article is None):
        raise click.UsageError("say whom or what: --person NAME or --article ID|URL, one of them")
    return take_down(
        db,
        "person" if person is not None else "article",
        person or article or "",
        reason,
        corrections=corrections,
        vocabulary=vocabulary,
        public=public or public_path(db),
        backups=backups,
        archive=archive,
        budget=current_config().budget_seconds,
        say=say,
    )


@click.command("check-db", cls=Verb, example="pantau check-db\npantau check-db --archive data/warc")
@click.option(
    "--archive",
    type=OLD_FOLDER,
    default=None,
    help="Read each page that a working database points to in this archive, too.",
)
def check_db(db: Path, archive: Path | None) -> int:
    """Check a working or public database and every quote in it.

    File, schema, search index; each cell (dates, codes, JSON, shares); each claim, sentence and quote against
    the article's words; names against codes; with --archive the digest of each archived page. What retention
    removed is no damage. One line a kind, with how many, an example and what to do. Nothing is changed; exit
    code 1 where something is wrong.
    """
    from pipelines.operate.check_db import check

    return check(db, archive=archive, say=say)


@click.command(cls=Verb, example="pantau config init\npantau config check", reads_config=False)
@click.argument("action", type=click.Choice(["init", "check", "show"]), metavar="init|check|show")
def config(action: str, config_file: Path | None, **options: Any) -> int:
    """Write, check or show the configuration.

    init writes pantau.toml with every default and what it is for; check reads it and says what is wrong;
    show prints every setting and what gave it. Options go before the environment, that before the file.
    """
    from pipelines.config.load import FILE_NAME, Config, load_config
    from pipelines.config.show import show_config

    if action == "init":
        return show_config(action, Config(), target=config_file or Path(FILE_NAME), say=say)
    context = click.get_current_context()
    given = {
        name: options[name]
        for name in ("db", "log_format")
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }
    config = load_config(config_file)
    origins = {**config.origins, **{name: f"--{name.replace('_', '-')}" for name in given}}
    return show_config(action, replace(config, **given, origins=origins), target=Path(), say=say)
