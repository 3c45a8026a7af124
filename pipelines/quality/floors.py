"""Floors: the scores below which extraction must not fall, measured on the hand-annotated articles.

The floors file lies beside the annotation that it was measured on, and is written by `pantau score --floors`
alone. Annotation is a person's work: nothing here writes it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from pipelines.claims.jsonl import open_output
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError
from pipelines.quality.score import Score, annotated_fields, compare_all, score_all
from pipelines.quality.show_score import extract_gold, format_errors, format_scores, list_errors, load_gold

FIGURES = ("precision", "recall", "f1")

NOT_LOWERED = (
    "nothing was written: mend the extraction, or say why in docs/decisions.md and name that entry's heading "
    "with --lower"
)

#: Floors are written with so many decimals, rounded down: far finer than what one mistake costs.
DECIMALS = 4


class FallError(Exception):
    """Floors would go down; `args[0]` says which, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """A floor that was taken down on purpose. `decision` is a heading of docs/decisions.md."""

    field: str
    figure: str
    before: float
    after: float
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """Field -> figure -> floor, and the digests of the annotation files that they were measured on."""

    corpus: Mapping[str, str]  # file name -> SHA-256
    documents: int
    floors: Mapping[str, Mapping[str, float]]
    lowered: tuple[Lowering, ...] = field(default=())


def find_corpus(floors_path: Path) -> list[Path]:
    """The annotation that floors are about: every JSONL file beside them."""
    files = sorted(floors_path.parent.glob("*.jsonl"))
    if not files:
        raise InputError(
            f"{floors_path.parent} holds no annotation (*.jsonl); the floors file lies beside it"
        )
    return files


def digest_corpus(files: Sequence[Path]) -> dict[str, str]:
    """File name -> SHA-256 of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def load_floors(path: Path) -> Floors:
    """Read a floors file; `InputError` where it is none."""
    try:
        data = json.loads(path.read_bytes())
        floors = {
            name: {figure: float(figures[figure]) for figure in FIGURES}
            for name, figures in data["floors"].items()
        }
        lowered = tuple(Lowering(**entry) for entry in data["lowered"])
        corpus, documents = {str(k): str(v) for k, v in data["corpus"].items()}, int(data["documents"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} is no floors file ({error!r}); 'pantau score --floors' writes one"
        ) from None
    return Floors(corpus=corpus, documents=documents, floors=floors, lowered=lowered)


def save_floors(path: Path, floors: Floors) -> None:
    """Write the file whole."""
    with open_output(str(path)) as out:
        out.write(json.dumps(dataclasses.asdict(floors), ensure_ascii=False, indent=2).encode() + b"\n")


def check_corpus(floors: Floors, corpus: Mapping[str, str]) -> list[str]:
    """Which annotation files are others than those that the floors were measured on; empty where none is."""
    changed = sorted(
        name for name in {*floors.corpus, *corpus} if floors.corpus.get(name) != corpus.get(name)
    )
    if not changed:
        return []
    return [f"{', '.join(changed)} changed since the floors were measured; measure again with --raise"]


def check_floors(floors: Floors, scores: Mapping[str, Score]) -> list[str]:
    """Which figures are below their floors, one line each; a field without floors is one too."""
    problems = [
        f"{name}: has no floor; measure it with --raise" for name in scores if name not in floors.floors
    ]
    for name, figures in floors.floors.items():
        if name not in scores:
            problems.append(f"{name}: has a floor and is no field; take it out of the file")
            continue
        for figure in FIGURES:
            measured = getattr(scores[name], figure)
            # rounded like the floor: multiplied, 0.99359999... may have become 9936
            if round_down(measured) < figures[figure]:
                problems.append(f"{name}: {figure} {measured:.4f} is below its floor {figures[figure]:.4f}")
    return problems


def raise_floors(
    floors: Floors | None,
    scores: Mapping[str, Score],
    corpus: Mapping[str, str],
    documents: int,
    *,
    decision: str | None = None,
) -> Floors:
    """Floors at what was measured; `FallError` where that takes one down, unless a `decision` is named."""
    measured = {name: {f: round_down(getattr(score, f)) for f in FIGURES} for name, score in scores.items()}
    down = [
        (name, figure, before[figure], measured[name][figure])
        for name, before in (floors.floors if floors else {}).items()
        if name in measured
        for figure in FIGURES
        if measured[name][figure] < before[figure]
    ]
    if down and not decision:
        raise FallError(
            [f"{name}: {figure} would go down from {was:.4f} to {now:.4f}" for name, figure, was, now in down]
        )
    lowered = tuple(
        Lowering(field=name, figure=figure, before=was, after=now, decision=decision or "")
        for name, figure, was, now in down
    )
    return Floors(
        corpus=dict(corpus),
        documents=documents,
        floors=measured,
        lowered=(*(floors.lowered if floors else ()), *lowered),
    )


def round_down(value: float) -> float:
    """A figure as it stands in a file of floors."""
    return float(math.floor(value * 10**DECIMALS) / 10**DECIMALS)


def show_floors(path: Path, *, raising: bool, decision: str | None) -> int:
    """Measure on the annotation beside `path` and compare with its floors; with `raising` write them.

    Exit code 1 where a figure fell, with the mistakes of its field, or where the annotation changed since.
    """
    if not raising and not path.exists():
        raise InputError(f"{path} does not exist; write it with 'pantau score --floors {path} --raise'")
    floors = load_floors(path) if path.exists() else None
    files = find_corpus(path)
    gold, corpus = load_gold(files), digest_corpus(files)
    found = extract_gold(gold)
    fields = annotated_fields(gold)
    comparisons = list(compare_all(gold, found, fields))
    scores = score_all(comparisons, fields)
    problems: list[str] = []
    if raising:
        try:
            raised = raise_floors(floors, scores, corpus, len(gold), decision=decision)
        except FallError as error:
            problems = [*error.args[0], NOT_LOWERED]
        else:
            save_floors(path, raised)
    elif floors:
        problems = [*check_corpus(floors, corpus), *check_floors(floors, scores)]
    fallen = {problem.partition(":")[0] for problem in problems}
    errors = list_errors(gold, found, [c for c in comparisons if c.field in fallen])
    for line in (*format_errors(errors), *format_scores(scores, len(gold)), *problems):
        click.echo(line)
    if problems:
        return EXIT_NEEDS_A_PERSON
    click.echo(f"{path}: floors are at these figures" if raising else "no figure is below its floor")
    return EXIT_DONE


def describe_fall(gold: Sequence[Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> str:
    """Every mistake with its sentence, for a test that tells what fell."""
    comparisons = list(compare_all(gold, found, annotated_fields(gold)))
    return "\n".join(format_errors(list_errors(gold, found, comparisons)))
