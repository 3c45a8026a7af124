"""Verbs about what articles claim: find it, decide on it, measure how well it is found."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from pipelines.verbs.options import (
    FILE,
    FOLDER,
    OLD_FILE,
    corrections_folder,
    corrections_option,
    vocabulary_option,
)
from pipelines.verbs.verb import Verb, current_config, say


@click.command(
    cls=Verb, example="pantau extract\npantau extract --input articles.jsonl --output - | jq .pilot_kecamatan"
)
@click.option("--all", "everything", is_flag=True, help="Extract every article again.")
@corrections_option
@click.option(
    "--input",
    "source",
    metavar="ARTICLES.jsonl",
    help="Articles to read instead of the database; - is stdin.",
)
@click.option(
    "--output", metavar="RECORDS.jsonl", help="Where the records go, with --input.  [default: -, stdout]"
)
@vocabulary_option
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

        folder = corrections_folder(corrections)
        return steps.extract(
            db,
            everything=everything,
            corrections=folder,
            vocabulary=vocabulary,
            budget=current_config().budget_seconds,
            say=say,
        )
    if everything:
        raise click.UsageError("--all is about the database and --input works without one; leave one out")
    from pipelines.claims.batch import extract_lines

    return extract_lines(
        source,
        output or "-",
        vocabulary=vocabulary,
        programme=programme,
        budget=current_config().budget_seconds,
    )


@click.command(
    cls=Verb,
    example="pantau explain contoh:17\npantau explain a17 Kemangkon --input articles.jsonl --lang en",
)
@click.argument("article", metavar="ARTICLE")
@click.argument("place", metavar="[PLACE]", default="")
@click.option(
    "--input",
    "source",
    type=OLD_FILE,
    metavar="ARTICLES.jsonl",
    help="Articles to look in instead of the database.",
)
@click.option(
    "--lang", "language", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language."
)
@vocabulary_option
@click.option("--programme", metavar="ID", help="The programme.  [default: the first]")
def explain(
    db: Path,
    article: str,
    place: str,
    source: Path | None,
    language: str,
    vocabulary: tuple[Path, ...],
    programme: str | None,
) -> int:
    """Say why a claim was made, or why none was.

    Of each claim of an article (its id or address), or of those that name a place: the rule, how likely it
    is right, and what spoke for and against it. Of a kecamatan that is no pilot: which rule of its clause
    decided, by which answers, and how likely it is one all the same.
    """
    from pipelines.claims.explain import show_explanation

    return show_explanation(
        db,
        article,
        place,
        source=source,
        language=language,
        vocabulary=vocabulary,
        programme=programme,
        say=say,
    )


@click.command(cls=Verb, example='pantau review --by "Ratna Sabdawati, redaksi"\npantau review --list')
@corrections_option
@click.option("--by", default="", help="Who decides.  [default: it is asked]")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    help="Confidence below which a claim is doubtful.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many claims.")
@click.option("--list", "list_only", is_flag=True, help="Show the doubtful claims and ask nothing.")
def review(db: Path, corrections: Path, by: str, below: float, limit: int | None, list_only: bool) -> int:
    """Decide on doubtful claims, one after another.

    First what no rule says and is likely all the same, the likeliest first; then claims of low confidence,
    those on which articles disagree, those in an article that was changed. Each decision is written as a
    correction before the next one is asked; the last can be taken back. 'pantau learn' learns from them.
    """
    from pipelines.claims.review import review as go_through

    return go_through(db, corrections, by=by, below=below, limit=limit, list_only=list_only, say=say)


@click.command(
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
@click.option("--calibration", is_flag=True, help="Tell how true the probabilities are.")
@click.option(
    "--sealed",
    is_flag=True,
    help="Totals only, of sets that nobody reads.  [GOLD.jsonl: tests/gold/sealed/*.jsonl]",
)
@vocabulary_option
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

    Each figure comes with a 95 % interval, the wider of a bootstrap over the documents and Wilson's over
    single entries. With --calibration: Brier score, expected calibration error, and how many of the claims
    at each probability were right. No database is used.

    With --floors the exit code is 1 where a figure is below its floor, or where the annotation changed since
    the floors were measured. --raise never lowers one; --lower does, and names the heading under which
    docs/decisions.md says why.
    """
    if floors is None:
        if raising or decision:
            raise click.UsageError("--raise and --lower go with --floors; name the file of floors")
        from pipelines.quality.show_score import Shown, find_sealed, show_score

        gold = gold or (find_sealed() if options["sealed"] else ())
        if not gold:
            raise click.UsageError("name the annotation, GOLD.jsonl, or a file of floors with --floors")
        names = [one.name for one in dataclasses.fields(Shown)]
        return show_score(gold, shown=Shown(**{name: options.pop(name) for name in names}), **options)
    source = click.get_current_context().get_parameter_source("vocabulary")
    if source is not click.core.ParameterSource.COMMANDLINE:
        del options["vocabulary"]  # floors are those of the package, whatever is configured
    if gold or any(options.values()):
        raise click.UsageError(
            "--floors measures every field of the annotation beside its file; leave out the other options"
        )
    if decision and not raising:
        raise click.UsageError("--lower goes with --raise; give both")
    from pipelines.quality.floors import show_floors

    return show_floors(floors, raising=raising, decision=decision)


@click.command(
    cls=Verb, example="pantau learn tests/gold/*.jsonl --output kosakata\npantau learn --package --check"
)
@click.argument("gold", type=OLD_FILE, metavar="GOLD.jsonl ...", nargs=-1)
@click.option(
    "--output",
    type=FOLDER,
    metavar="DIR",
    help="The folder of vocabulary that gets the weights; name it with --vocabulary from then on.",
)
@click.option(
    "--package", is_flag=True, help="Learn the project's own weights, from tests/gold/*.jsonl alone."
)
@click.option("--check", is_flag=True, help="Tell what would change and write nothing.")
@click.option("--curve", is_flag=True, help="Tell what ever more articles taught, and write nothing.")
@corrections_option
@vocabulary_option
def learn(
    db: Path,
    gold: tuple[Path, ...],
    output: Path | None,
    package: bool,
    check: bool,
    curve: bool,
    corrections: Path,
    vocabulary: tuple[Path, ...],
) -> int:
    """Learn from annotation and decisions how likely claims are right.

    GOLD.jsonl are annotated articles, a file for each hand that wrote them, with their first readings in
    readings/first.jsonl beside them; without any, those of the project are taken. Decisions are the
    corrections of articles in the database. Each set is judged by weights that were learned without it.
    Where decisions make the probabilities of annotated articles worse, nothing is written and the exit code
    is 1.
    """
    from pipelines.quality.learn import find_gold, package_folder
    from pipelines.quality.learn import learn as learn_weights

    if package and (gold or output):
        raise click.UsageError("--package names annotation and folder by itself; leave out the others")
    if not (package or output or check or curve):
        raise click.UsageError("name the folder for the weights with --output DIR, or see with --check")
    folder = corrections_folder(corrections)
    return learn_weights(
        gold or find_gold(),
        package_folder() if package else output or Path(),
        db=db if db.exists() and not package else None,
        corrections=None if package else folder,
        vocabulary=() if package else vocabulary,
        check=check,
        curve=curve,
        say=say,
    )


@click.command(
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
    from pipelines.quality.show_diff import show_diff

    return show_diff(old, new, field=field, as_json=as_json)
