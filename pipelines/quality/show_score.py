"""`pantau score`: reads annotation, extracts or loads records, prints scores and errors."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from db.records import WIB
from pipelines.claims.jsonl import load_rows, to_line
from pipelines.claims.record import ArticleFormError, article_from_dict, facts_to_record
from pipelines.command.console import track
from pipelines.command.errors import EXIT_DONE, InputError
from pipelines.quality.labels import SCORED_AS, label_entries
from pipelines.quality.reliability import Judged, format_reliability, measure_reliability
from pipelines.quality.score import (
    FIELDS,
    LISTS,
    Comparison,
    Entry,
    Record,
    Score,
    annotated_fields,
    compare_all,
    find_entries,
    score_all,
)

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
#: What of an annotated entry stands in the text in the same words, the most telling first.
_WORDED = ("name", "kecamatan", "village", "value")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of scores is shown beside the totals, and how."""

    field: str | None = None  # this one alone
    errors: bool = False
    as_json: bool = False
    calibration: bool = False
    sealed: bool = False  # totals only, whatever is asked for


def show_score(
    gold_paths: Sequence[Path],
    *,
    records: Path | None,
    shown: Shown,
    vocabulary: Sequence[Path] = (),
    programme: str | None = None,
) -> int:
    """Print the scores of `records`, or of what the annotated texts are extracted to, against annotation.

    `vocabulary` and `programme` are those of `build_extractor`. Raises `InputError` for an unusable file, an
    unknown field, and errors of sealed sets.
    """
    if shown.field is not None and shown.field not in FIELDS:
        raise InputError(f"there is no field '{shown.field}'; the fields are {', '.join(FIELDS)}")
    if shown.sealed and shown.errors:
        raise InputError(
            "sealed sets give totals only, so that nobody mends a rule for them; leave --errors out"
        )
    gold = load_gold(gold_paths)
    fields = [shown.field] if shown.field else annotated_fields(gold)
    if records:
        found: dict[str, Record] = {row["id"]: row for row in load_rows(records)}
    else:
        found = extract_gold(gold, vocabulary=vocabulary, programme=programme)
    comparisons = list(compare_all(gold, found, fields))
    scores = score_all(comparisons, fields)
    absent = sorted({row["id"] for row in gold} - set(found))
    listed = list(list_errors(gold, found, comparisons)) if shown.errors else []
    kinds = judge_kinds(gold, found, shown.field) if shown.calibration else {}
    if shown.as_json:
        versions = sorted({str(found[key].get("extractor_version", "")) for key in found})
        report: dict[str, Any] = {
            "measured_on": datetime.now(WIB).date().isoformat(),
            "version": ", ".join(filter(None, versions)),
            "documents": len(gold),
            "absent": len(absent) if shown.sealed else absent,
            "scores": {name: dataclasses.asdict(score) for name, score in scores.items()},
        }
        if shown.errors:
            report["errors"] = listed
        if shown.calibration:
            report["calibration"] = {
                name: dataclasses.asdict(measure_reliability(judged)) for name, judged in kinds.items()
            }
        click.echo(to_line(report), nl=False)
        return EXIT_DONE
    told = (line for name, judged in kinds.items() for line in format_kind(name, judged))
    for line in (*format_errors(listed), *format_scores(scores, len(gold), len(absent)), *told):
        click.echo(line)
    return EXIT_DONE


def judge_kinds(
    gold: Iterable[Record], found: Mapping[str, Record], field: str | None = None
) -> dict[str, list[Judged]]:
    """Kind, or "all", or "likely" -> the probability of each entry, and whether it is right.

    What annotation leaves open is left out.
    """
    judged: dict[str, list[Judged]] = {"all": []}
    for document in gold:
        record = found.get(document["id"], {})
        for kind in SCORED_AS if field is None else [field]:
            rows = _judge(document, record, kind, record.get(kind) or [])
            judged["all"] += rows
            if rows:
                judged.setdefault(kind, []).extend(rows)
        for kind in {entry["kind"] for entry in record.get("likely") or ()} if field is None else ():
            entries = [entry for entry in record["likely"] if entry["kind"] == kind]
            judged.setdefault("likely", []).extend(_judge(document, record, kind, entries))
    return judged


def _judge(document: Record, record: Record, kind: str, entries: Sequence[Record]) -> list[Judged]:
    labels = label_entries(document, {**record, kind: entries}, kind)
    shares = (entry.get("confidence", 1.0) for entry in entries)
    return [(float(share), right) for share, right in zip(shares, labels, strict=True) if right is not None]


def format_kind(name: str, judged: Sequence[Judged]) -> Iterator[str]:
    """How true the probabilities of a kind are: its line, and of them all a line a range."""
    lines = format_reliability(name, measure_reliability(judged))
    yield from lines if name in ("all", "likely") else [next(lines)]


def format_scores(scores: Mapping[str, Score], documents: int, absent: int = 0) -> Iterator[str]:
    """The table of scores, a line a field, with the 95 % intervals of its figures behind them."""
    yield f"{documents} documents, {absent} without a record"
    of = "95 % of precision, of recall, of f1"
    yield f"{'field':16} {'precision':>9} {'recall':>7} {'f1':>6}  {of:<37} {'gold':>5}"
    for name, score in scores.items():
        figures = f"{score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f}"
        bounds = (
            (score.precision_low, score.precision_high),
            (score.recall_low, score.recall_high),
            (score.low, score.high),
        )
        told = "  ".join(f"{low:.3f}–{high:.3f}" for low, high in bounds)
        yield f"{name:16} {figures}  {told} {score.gold:5d}"


def format_errors(errors: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Two lines a mistake of `list_errors`: what it is, and the sentence that bears it where one is known."""
    for error in errors:
        entry = " · ".join(str(part) for part in error["entry"])
        rule = f" [{error['rule']}]" if error["rule"] else ""
        yield f"{error['field']:16} {error['document']}: {error['kind']:8} {entry}{rule}"
        if error["sentence"]:
            yield f"{'':17}{error['sentence']}"


def load_gold(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The annotated documents of several files; raises `InputError` where two have one id."""
    gold: dict[str, dict[str, Any]] = {}
    for path in paths:
        for row in load_rows(path):
            if row["id"] in gold:
                raise InputError(f"{path}: document {row['id']} stands twice; give each an id of its own")
            gold[row["id"]] = row
    return list(gold.values())


def find_sealed() -> tuple[Path, ...]:
    """The sealed sets, which stand beside the code and in no wheel; what tells of roles alone is none."""
    folder = Path(__file__).parents[2] / "tests" / "gold" / "sealed"
    found = tuple(path for path in sorted(folder.glob("*.jsonl")) if not path.stem.endswith("-roles"))
    if not found:
        raise InputError("there are no sealed sets here: name them, GOLD.jsonl ...")
    return found


def load_sets(paths: Sequence[Path]) -> list[tuple[str, dict[str, Any]]]:
    """The same, each document with the name of its file: what one hand wrote."""
    load_gold(paths)  # refuses an id that stands twice
    return [(path.stem, row) for path in paths for row in load_rows(path)]


def extract_gold(
    gold: Sequence[Record], *, vocabulary: Sequence[Path] = (), programme: str | None = None
) -> dict[str, Record]:
    """Document id -> the record that extraction makes of the annotated text."""
    # Records that are given need no spaCy.
    from pipelines.claims.batch import build_extractor

    find_facts = build_extractor(vocabulary, programme)
    found: dict[str, Record] = {}
    for row in track(gold, label="extract", total=len(gold)):
        try:
            article = article_from_dict({**row, "url": row.get("source_url")})
        except ArticleFormError as error:
            raise InputError(
                f"document {row['id']}: {error}; mend it, or give extracted records with --records"
            ) from None
        found[row["id"]] = facts_to_record(article, find_facts(article))
    return found


def list_errors(
    gold: Sequence[Record], found: Mapping[str, Record], comparisons: Sequence[Comparison]
) -> Iterator[dict[str, Any]]:
    """Every mistake with the sentence that bears it, where one can be named."""
    documents = {row["id"]: row for row in gold}
    for comparison in comparisons:
        head = {"document": comparison.document, "field": comparison.field}
        document = documents[comparison.document]
        for entry in comparison.missed:
            item = _find_item(document, comparison.field, entry)
            sentence = find_sentence(document, item)
            yield {**head, "kind": "missed", "entry": entry, "sentence": sentence, "rule": ""}
        for entry in comparison.spurious:
            item = _find_item(found[comparison.document], comparison.field, entry)
            evidence = (item.get("evidence") or [{}])[0]
            sentence = evidence.get("sentence", "") or find_sentence(document, item)
            yield {
                **head,
                "kind": "spurious",
                "entry": entry,
                "sentence": sentence,
                "rule": evidence.get("rule", ""),
            }


def _find_item(record: Record, field: str, entry: Entry) -> Mapping[str, Any]:
    """The object of the record from which `entry` was made."""
    for name in LISTS.get(field, (field,)):
        values = record.get(name)
        for item in values if isinstance(values, list) else ():
            if find_entries({name: [item]}, field) == [entry]:
                return item if isinstance(item, Mapping) else {"name": item}
    return {}


def find_sentence(document: Record, item: Mapping[str, Any]) -> str:
    """The first sentence of title or text that has the words of an entry; empty where none has."""
    sentences = [document.get("title") or "", *_SENTENCE_END.split(document.get("text") or "")]
    for key in _WORDED:
        words = str(item.get(key) or "").split("|")[0].casefold()
        for sentence in sentences:
            if words and words in sentence.casefold():
                return sentence.strip()
    return ""
