"""`pantau learn`: weights from annotated articles and people's decisions, kept where they are no worse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.file.replace import replace_on_disk
from db.records import Article
from extract.facts import Read, read_article
from extract.probability.answers import CUE_FILES
from extract.probability.weigh import LIKELY
from extract.vocabulary.load import KNOWLEDGE, Vocabulary, load_vocabulary
from extract.vocabulary.weights import KindWeights, Weights
from pipelines.command.console import Say
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError
from pipelines.config.show import to_toml
from pipelines.quality.decisions import list_decided
from pipelines.quality.examples import Example, build_examples, digest_examples
from pipelines.quality.first_readings import load_readings
from pipelines.quality.fit import fit
from pipelines.quality.reliability import Judged, Reliability, format_reliability, measure_reliability
from pipelines.quality.show_score import load_sets

#: Decisions count for at most this share of all examples of a kind.
MOST_DECIDED = 1 / 3
#: Weights are worse where they raise the Brier score by more than this share of it: less is chance.
TOLERANCE = 0.02
#: Numbers of articles at which the learning curve is looked at.
CURVE = (50, 100, 200, 400)
#: Weights that changed most, shown a kind.
SHOWN = 3
HEAD = """\
# Written by 'pantau learn', not to be edited: how much each answer speaks for a claim, in log-odds; above 0
# for it, below against. docs/decisions.md tells what the weights are learned from.
"""


def find_gold() -> list[Path]:
    """The project's own annotation, which stands beside the code and in no wheel."""
    found = sorted((KNOWLEDGE.parents[1] / "tests" / "gold").glob("*.jsonl"))
    if not found:
        raise InputError("the project's annotation is not installed; name yours, GOLD.jsonl ...")
    return found


def package_folder() -> Path:
    """Where the project's own weights stand."""
    return KNOWLEDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The weights of every kind, and what they say of examples of sets that they were not fitted to."""

    weights: Mapping[str, KindWeights]
    made: Reliability  # of claims as rules made them when their articles were first read
    left_out: Reliability  # of candidates that rules left out then
    asked: tuple[Judged, ...]  # of the latter, one by one
    anew: tuple[Judged, ...]  # both, of annotated articles, one after another in order


def learn(
    gold: Sequence[Path],
    output: Path,
    *,
    db: Path | None,
    corrections: Path | None,
    vocabulary: Sequence[Path] = (),
    check: bool = False,
    curve: bool = False,
    say: Say,
) -> int:
    """Learn, tell how true the probabilities are on what they were not learned from, and write the weights.

    `gold` are files of annotation, each a set by one hand; first readings lie beside them in `readings/`.
    `corrections` are decisions on articles of the database `db`. Exit code 1, and nothing is written, where
    the decisions make the probabilities of annotated articles worse.
    """
    from extract.nlp import build_nlp

    words = load_vocabulary(*vocabulary)
    nlp = build_nlp(words)

    def read(article: Article, programme: str | None) -> Read:
        return read_article(article, nlp, words, programme)

    readings: dict[str, Any] = {}
    for folder in dict.fromkeys(path.parent for path in gold):
        readings |= load_readings(folder / "readings" / "first.jsonl")
    annotated = list(build_examples(load_sets(gold), readings, read))
    decided = list(list_decided(db, corrections, read, words)) if db and corrections else []
    if not any(e.unseen for e in annotated):
        raise InputError("no article has a first reading: put readings/first.jsonl beside the annotation")
    if curve:
        for line in tell_curve(annotated):
            say(line)
        return EXIT_DONE
    learned = fit_all(annotated, decided)
    for line in (
        *format_reliability("claims, first readings", learned.made),
        *format_reliability("left out, first readings", learned.left_out),
    ):
        say(line)
    if decided:
        alone = fit_all(annotated, [])
        before, after = (measure_reliability(one.anew).brier for one in (alone, learned))
        if after > before * (1 + TOLERANCE):
            say(
                f"refused: with {len(decided)} decisions the Brier score of annotated articles rises from "
                f"{before:.4f} to {after:.4f}; nothing was written. Look for decisions that contradict others"
            )
            return EXIT_NEEDS_A_PERSON
    for line in tell_changes(words, learned.weights):
        say(line)
    if check:
        return EXIT_DONE
    for weights in learned.weights.values():
        write_weights(output, weights)
    say(
        f"{output}: weights of {len(learned.weights)} kinds, from {len(annotated)} examples and "
        f"{len(decided)} decisions; 'pantau extract' reads every article again with them"
    )
    return EXIT_DONE


def fit_all(annotated: Sequence[Example], decided: Sequence[Example]) -> Learned:
    """The weights of each kind of which anything is annotated."""
    weights: dict[str, KindWeights] = {}
    judged: dict[bool, list[Judged]] = {False: [], True: []}
    for kind in CUE_FILES:
        parts: dict[bool, Weights] = {}
        used: list[Example] = []
        for left_out in (False, True):
            own = [e for e in annotated if e.kind == kind and e.left_out is left_out]
            if not own:
                continue
            examples = own + _bounded([e for e in decided if e.kind == kind and e.left_out is left_out], own)
            fitted = fit(examples)
            parts[left_out] = fitted.weights
            used += examples
            judged[left_out] += [
                (share, e.right)
                for share, e in zip(fitted.held_out[: len(own)], own, strict=True)
                if e.unseen
            ]
        if False in parts:
            weights[kind] = KindWeights(
                kind=kind,
                learned_from=digest_examples(used),
                made=parts[False],
                left_out=parts.get(True),
            )
    return Learned(
        weights=weights,
        made=measure_reliability(judged[False]),
        left_out=measure_reliability(judged[True]),
        asked=tuple(judged[True]),
        anew=(*judged[False], *judged[True]),
    )


def tell_curve(annotated: Sequence[Example]) -> Iterator[str]:
    """How true probabilities are that ever more articles taught, of each set the same share."""
    articles: dict[str, list[str]] = {}
    for example in annotated:
        of_set = articles.setdefault(example.group, [])
        if example.article not in of_set:
            of_set.append(example.article)
    total = sum(map(len, articles.values()))
    for size in (*(n for n in CURVE if n < total), total):
        chosen = {one for of_set in articles.values() for one in of_set[: round(len(of_set) * size / total)]}
        learned = fit_all([e for e in annotated if e.article in chosen], [])
        likely = [right for share, right in learned.asked if share >= LIKELY]
        wanted = sum(right for _, right in learned.asked)
        yield (
            f"{len(chosen)} articles: claims Brier {learned.made.brier:.4f}, error {learned.made.error:.3f}; "
            f"left out Brier {learned.left_out.brier:.4f}, {sum(likely)} of {len(likely)} likely ones right, "
            f"of {wanted}"
        )


def _bounded(decided: Sequence[Example], own: Sequence[Example]) -> list[Example]:
    """Decisions, weighed so that they are no more than their share of all."""
    most = len(own) * MOST_DECIDED / (1 - MOST_DECIDED)
    weight = min(1.0, most / len(decided)) if decided else 1.0
    return [replace(e, weight=weight) for e in decided]


def tell_changes(vocabulary: Vocabulary, weights: Mapping[str, KindWeights]) -> Iterator[str]:
    """What weighs otherwise than before, a line a kind: how many answers, and those that changed most."""
    for kind, new in weights.items():
        old = vocabulary.weights.get(kind)
        if old is None:
            yield f"{kind}: weights for the first time"
            continue
        changed = _changes(old.made, new.made)
        if old.left_out and new.left_out:
            changed += [(f"left out, {name}", a, b) for name, a, b in _changes(old.left_out, new.left_out)]
        if not changed:
            yield f"{kind}: as before"
            continue
        changed.sort(key=lambda one: -abs(one[2] - one[1]))
        most = "; ".join(f"{name} {before:+.2f} → {after:+.2f}" for name, before, after in changed[:SHOWN])
        yield f"{kind}: {len(changed)} weights changed, most of all {most}"


def _changes(old: Weights, new: Weights) -> list[tuple[str, float, float]]:
    """(answer, before, after) of weights that differ."""
    both = [("constant", old.constant, new.constant)]
    both += [
        (name, old.answers.get(name, 0.0), new.answers.get(name, 0.0))
        for name in sorted({*old.answers, *new.answers})
    ]
    return [one for one in both if one[1] != one[2]]


def write_weights(folder: Path, weights: KindWeights) -> Path:
    """Write the file of a kind into `folder`/weights; it is whole, or as it was."""
    target = folder / "weights" / f"{weights.kind}.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f".{target.name}.new")
    try:
        building.write_text("".join(f"{line}\n" for line in format_weights(weights)), encoding="utf-8")
        replace_on_disk(building, target)
    finally:
        building.unlink(missing_ok=True)
    return target


def format_weights(weights: KindWeights) -> Iterator[str]:
    """The lines of a file of weights."""
    yield HEAD
    yield f"kind = {to_toml(weights.kind)}"
    yield f"learned_from = {to_toml(weights.learned_from)}"
    yield from _format_table("made", weights.made, "claims that a rule makes")
    if weights.left_out is not None:
        yield from _format_table("left_out", weights.left_out, "candidates that no rule makes")


def _format_table(name: str, table: Weights, what: str) -> Iterator[str]:
    yield f"\n[{name}]  # {what}; right and wrong as they were first read"
    for key in ("constant", "most", "right", "wrong"):
        yield f"{key} = {getattr(table, key)}"
    yield f"\n[{name}.answers]"
    ordered: Iterable[tuple[str, float]] = sorted(table.answers.items(), key=lambda one: (-one[1], one[0]))
    yield from (f"{to_toml(answer)} = {weight}" for answer, weight in ordered)
