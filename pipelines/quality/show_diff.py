"""`pantau diff`: opens two databases and prints what differs, for people or for machines."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from db.claim_kinds import CLAIM_TABLES
from db.errors import OlderSchemaError
from db.file.backup import copy_database
from db.store import Store, StoreError
from pipelines.claims.jsonl import to_line
from pipelines.command.errors import EXIT_DONE, InputError
from pipelines.quality.diff import ArticleDiff, Change, ProgrammeDiff, describe, diff_stores

#: Articles of one side alone that are named in print; `--json` names all.
NAMED = 10

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def show_diff(old_path: Path, new_path: Path, *, field: str | None, as_json: bool) -> int:
    """Print what differs between two databases. That something does is a result, not an error.

    Raises `InputError` for an unknown field and `StoreError` for a file that is no working database.
    """
    if field is not None and field not in CLAIM_TABLES:
        raise InputError(f"there is no field '{field}'; the fields are {', '.join(CLAIM_TABLES)}")
    fields = [field] if field else list(CLAIM_TABLES)
    try:
        with _open(old_path) as old, _open(new_path) as new:
            diffs = diff_stores(old, new, fields)
    except StoreError as error:
        # Its advice is for the verbs that are told their database by an option.
        advice = str(error).replace("move it away or ", "").replace(" with --db", "")
        raise InputError(advice) from None
    for path, versions in ((old_path, "old_versions"), (new_path, "new_versions")):
        if not any(getattr(diff, versions) for diff in diffs):
            raise InputError(f"nothing was extracted in {path}; run 'pantau extract --db {path}' first")
    if as_json:
        report = {
            "old": str(old_path),
            "new": str(new_path),
            "programmes": [_to_dict(diff) for diff in diffs],
        }
        click.echo(to_line(report), nl=False)
        return EXIT_DONE
    for diff in diffs:
        for line in format_diff(diff, str(old_path), str(new_path), fields):
            click.echo(line)
    return EXIT_DONE


@contextmanager
def _open(path: Path) -> Iterator[Store]:
    """A database for reading. One that an older release wrote is migrated as a copy, and stays as it is."""
    try:
        store = Store(path, read_only=True)
    except OlderSchemaError:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            copy_database(path, copy)
            with Store(copy) as store:
                yield store
        return
    with store:
        yield store


def format_diff(diff: ProgrammeDiff, old: str, new: str, fields: Sequence[str]) -> Iterator[str]:
    """Lines on one programme: both sides, each article that differs, how many claims in all."""
    yield f"{diff.programme}: {diff.compared} articles in both"
    for path, versions, only in (
        (old, diff.old_versions, diff.only_old),
        (new, diff.new_versions, diff.only_new),
    ):
        yield f"  {path}: extracted by {', '.join(versions) or 'nobody'}"
        if only:
            named = ", ".join(only[:NAMED]) + (f" … ({len(only) - NAMED} more)" if len(only) > NAMED else "")
            yield f"  {path}: {_count(only)} that the other lacks, not compared: {named}"
    for article in diff.articles:
        yield ""
        yield from _format_article(article)
    yield ""
    counts = {name: count for name, count in diff.counts().items() if name in fields and any(count.values())}
    if not counts:
        yield "no claim differs"
        return
    yield f"{'field':16} {'added':>6} {'removed':>8} {'changed':>8}"
    for name, count in counts.items():
        yield f"{name:16} {count['added']:6d} {count['removed']:8d} {count['changed']:8d}"


def _count(articles: Sequence[str]) -> str:
    return f"{len(articles)} article{'' if len(articles) == 1 else 's'}"


def _format_article(article: ArticleDiff) -> Iterator[str]:
    yield f"{(article.published_at or 'undated')[:10]} {article.title}"
    yield f"  {article.url} [{article.article}]"
    if article.rewritten:
        yield "  its title or text differs between the two: the outlet changed it"
    if article.was_relevant != article.relevant:
        yield f"  {'now' if article.relevant else 'no longer'} on the programme"
    for change in article.changes:
        yield from _format_change(change)


def _format_change(change: Change) -> Iterator[str]:
    parts = {name: (before, after) for name, before, after in change.parts()}
    rule = change.claim.evidence[0].rule
    told = f"{parts['rule'][0]} → {parts['rule'][1]}" if "rule" in parts else rule
    yield f"  {_SIGNS[change.kind]} {change.field:16} {describe(change.field, change.claim)} [{told}]"
    shown = {name: pair for name, pair in parts.items() if name not in ("rule", "sentence", "start", "end")}
    for name, (before, after) in shown.items():
        yield f"      {name}: {_show(before)} → {_show(after)}"
    if change.old is not None and (change.new is None or "sentence" in parts):
        yield f"      {'before: ' if change.new else ''}{_show(change.old.evidence[0].sentence)}"
    if change.new is not None:
        yield f"      {'after: ' if 'sentence' in parts else ''}{_show(change.new.evidence[0].sentence)}"


def _show(value: object) -> str:
    return "none" if value in (None, "") else " ".join(str(value).split())


def _to_dict(diff: ProgrammeDiff) -> dict[str, Any]:
    return {
        "programme": diff.programme,
        "old_versions": diff.old_versions,
        "new_versions": diff.new_versions,
        "compared": diff.compared,
        "only_old": diff.only_old,
        "only_new": diff.only_new,
        "counts": diff.counts(),
        "articles": [
            {
                "id": article.article,
                "url": article.url,
                "outlet": article.outlet,
                "title": article.title,
                "published_at": article.published_at,
                "rewritten": article.rewritten,
                "relevant": {"old": article.was_relevant, "new": article.relevant},
                "changes": [_change_to_dict(change) for change in article.changes],
            }
            for article in diff.articles
        ],
    }


def _change_to_dict(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "field": change.field,
        "was_field": change.was,
        "parts": [name for name, _, _ in change.parts()],
        "old": dataclasses.asdict(change.old) if change.old else None,
        "new": dataclasses.asdict(change.new) if change.new else None,
    }
