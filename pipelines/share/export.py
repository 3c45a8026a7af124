"""The step behind `pantau export`: which formats, which rows, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from pipelines.command.console import Say, track
from pipelines.command.errors import EXIT_DONE, InputError
from pipelines.command.lock import LockHeldError

#: As in `db.export`, which is not imported before it is needed: help must not wait for the database.
FORMATS = ("csv", "xlsx", "jsonl", "geojson", "bibtex", "datapackage")


class Formats(click.ParamType[tuple[str, ...]]):
    """Names of formats with commas between; several options add up."""

    name = "formats"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats that `value` names; an unknown one is wrong usage."""
        if isinstance(value, tuple):
            return value
        named = [word.strip().lower() for word in str(value).split(",") if word.strip()]
        if not named:
            self.fail(f"no format named; choose of {', '.join(FORMATS)}", param, ctx)
        for word in named:
            if word not in FORMATS:
                close = get_close_matches(word, FORMATS, n=1, cutoff=0.5)
                hint = f"did you mean {close[0]}?" if close else f"choose of {', '.join(FORMATS)}"
                self.fail(f"'{word}' is no format; {hint}", param, ctx)
        return tuple(dict.fromkeys(named))


def export(
    db: Path,
    output: Path,
    formats: Sequence[str],
    *,
    regency: Sequence[str],
    pillar: Sequence[str],
    outlet: Sequence[str],
    since: date | None,
    until: date | None,
    programme: Sequence[str],
    bom: bool,
    say: Say,
) -> int:
    """Write the tables of `db` into the folder `output`; the export in it is replaced as a whole."""
    from db.export import Filters, FolderBusyError
    from db.export import export as export_tables

    if not db.exists():
        raise InputError(
            f"{db} does not exist; collect articles with 'pantau crawl', or name another with --db"
        )
    if since and until and since > until:
        raise InputError(f"--since {since} is later than --until {until}; swap them")
    filters = Filters(
        regencies=regency, pillars=pillar, outlets=outlet, since=since, until=until, programmes=programme
    )
    try:
        done = export_tables(db, output, formats, filters=filters, bom=bom, track=_track)
    except FolderBusyError as error:
        raise LockHeldError(str(error)) from error
    if done.renewed:
        say(f"{output}: written anew, too, as it held them: {', '.join(done.renewed)}")
    if done.is_empty:
        why = f"nothing fits ({filters})" if str(filters) else "no article on the programme was found yet"
        say(f"{output}: {why}; the files have headings and no rows")
        return EXIT_DONE
    counts = {"file": len(done.files), "article": done.articles, "claim": done.claims, "pilot": done.pilots}
    said = (f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in counts.items())
    say(f"{output}: {', '.join(said)}")
    return EXIT_DONE


def _track(rows: Iterator[Any], label: str) -> Iterable[Any]:
    return track(rows, label=f"export {label}")
