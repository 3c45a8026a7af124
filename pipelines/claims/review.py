"""Goes through the doubtful claims with a person, and writes what was decided as a file of corrections.

First comes what no rule says and is likely all the same, the likeliest first: a person accepts or rejects it.
Doubtful is a claim of low confidence, a figure on which articles disagree, and what stands in an article that
its outlet changed. What a person decided on before is not asked again. Each decision is on disk before the
next is asked, and the last one can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from db.claim_kinds import KINDS
from db.corrections.load import Correction, field_types, load_corrections, read_corrections
from db.records import WIB
from db.store import Store
from db.tables.claims import key_fields, own_fields
from pipelines.command.console import Say
from pipelines.command.errors import EXIT_DONE
from pipelines.config.show import to_toml

#: Tables of what a person looks at, what says most of the programme first; the others list what an article
#: names.
REVIEWED = tuple(kind.table for kind in sorted(KINDS, key=lambda kind: kind.rank) if kind.reviewed)
#: Below this probability a claim is doubtful.
DOUBT = 0.8

_DOUBTFUL = """
SELECT c.*, a.title, a.url, o.name AS outlet_name, coalesce(a.published_on, '') AS day,
       EXISTS (SELECT 1 FROM article_versions AS v WHERE v.article = c.article) AS changed
FROM {kind} AS c
JOIN extractions AS e ON e.article = c.article AND e.programme = c.programme AND e.relevant = 1
JOIN articles AS a ON a.id = c.article JOIN outlets AS o ON o.slug = a.outlet
WHERE c.origin = 'rule' AND ({why}) ORDER BY a.published_at DESC, c.article, c.field, c.start
"""
_LIKELY = """
SELECT l.*, a.title, a.url, o.name AS outlet_name, coalesce(a.published_on, '') AS day
FROM likely AS l JOIN articles AS a ON a.id = l.article JOIN outlets AS o ON o.slug = a.outlet
ORDER BY l.confidence DESC, a.published_at DESC, l.article, l.field, l.start
"""
_CONTESTED = """
(c.measure, c.region, c.programme) IN (SELECT measure, region, programme FROM contested_quantities)"""
_OTHERS = """
SELECT DISTINCT value, outlet_name, published_on FROM quantity_reports
WHERE measure = ? AND region = ? AND programme = ? AND article <> ? ORDER BY published_on, value LIMIT 5
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A claim that a person should look at, and why."""

    kind: str
    article: str
    values: Mapping[str, Any]  # the claim's own fields
    programme: str
    why: str
    quote: str
    sentence: str
    title: str
    outlet: str
    day: str
    url: str
    field: str = "text"  # in which the quote stands
    likely: bool = False  # whether no rule says it: it is no claim yet

    @property
    def claim(self) -> dict[str, Any]:
        """The fields by which a correction finds it."""
        names = key_fields(self.kind)
        return {k: v for k, v in self.values.items() if k in names and v not in (None, "") and k != "code"}


def find_doubts(store: Store, corrections: Sequence[Correction], *, below: float = DOUBT) -> Iterator[Doubt]:
    """Doubtful claims, newest articles first in each kind, without those that `corrections` decide on."""
    for kind in REVIEWED:
        why = f"c.confidence < {below} OR changed" + (f" OR {_CONTESTED}" if kind == "quantities" else "")
        for row in store.db.execute(_DOUBTFUL.format(kind=kind, why=why)).fetchall():
            values = {name: row[name] for name in own_fields(kind)}
            if any(_decides(one, kind, row, values) for one in corrections):
                continue
            yield _doubt(row, kind, values, "; ".join(_reasons(store, kind, row, below)))


def find_likely(store: Store, corrections: Sequence[Correction]) -> Iterator[Doubt]:
    """What no rule says and is likely all the same, the likeliest first, without what is decided on."""
    for row in store.db.execute(_LIKELY).fetchall():
        values = json.loads(row["claim"])
        if any(_decides(one, row["kind"], row, values) for one in corrections):
            continue
        doubt = _doubt(row, row["kind"], values, f"no rule says so; likely with {row['confidence']:.2f}")
        yield replace(doubt, field=row["field"], likely=True)


def _doubt(row: Any, kind: str, values: Mapping[str, Any], why: str) -> Doubt:
    """What is asked of a row of either query."""
    return Doubt(
        kind=kind,
        article=row["article"],
        values=values,
        programme=row["programme"],
        why=why,
        quote=row["quote"],
        sentence=row["sentence"],
        title=row["title"],
        outlet=row["outlet_name"],
        day=row["day"],
        url=row["url"],
    )


def _decides(one: Correction, kind: str, row: Any, values: Mapping[str, Any]) -> bool:
    if one.article not in (row["article"], row["url"]) or one.programme not in ("", row["programme"]):
        return False
    if one.action == "off_topic":
        return True
    return one.table == kind and all(values[name] == value for name, value in one.claim.items())


def _reasons(store: Store, kind: str, row: Any, below: float) -> Iterator[str]:
    if row["confidence"] < below:
        yield f"confidence {row['confidence']:.2f} by {row['rule']}"
    if row["changed"]:
        yield "its outlet changed the article"
    if kind == "quantities":
        others = store.db.execute(
            _OTHERS, [row["measure"], row["region"], row["programme"], row["article"]]
        ).fetchall()
        if any(other["value"] != row["value"] for other in others):
            said = ", ".join(f"{o['value']} ({o['outlet_name']}, {o['published_on']})" for o in others)
            yield f"others say {said}"


# --- asking ----------------------------------------------------------------------------------------


def review(
    db: Path,
    folder: Path,
    *,
    by: str,
    below: float,
    limit: int | None,
    list_only: bool,
    say: Say,
) -> int:
    """Ask about each doubtful claim and write the decisions; with `list_only`, only show them."""
    known = load_corrections(folder) if folder.is_dir() else []
    with Store(db, read_only=True) as store:
        doubts = [*find_likely(store, known), *find_doubts(store, known, below=below)][:limit]
    if not doubts:
        say("nothing doubtful: no claim needs a person")
        return EXIT_DONE
    if list_only:
        for doubt in doubts:
            say("\n".join(format_doubt(doubt)) + "\n")
        likely = sum(doubt.likely for doubt in doubts)
        say(f"{len(doubts) - likely} doubtful claims, {likely} likely ones that no rule says")
        return EXIT_DONE
    target = folder / f"review-{datetime.now(WIB):%Y-%m-%d}.toml"
    decided: list[bool] = []
    try:
        by = by or click.prompt("Your name, as it shall stand in the corrections")
        _ask_all(doubts, by, target, decided)
    except click.Abort:  # end of input, or Ctrl-C: what was decided is written
        click.echo("")
    if any(decided):
        say(
            f"{target}: {sum(decided)} decisions; 'pantau extract' applies them, "
            "and the file is to be committed"
        )
    return EXIT_DONE


def _ask_all(doubts: Sequence[Doubt], by: str, target: Path, decided: list[bool]) -> None:
    """Ask about one after another, and again about the last where its answer is taken back.

    `decided` gets an entry for each that was answered: whether a decision stands for it.
    """
    before: list[str | None] = []  # what the file held before each question that was answered; None: nothing
    while len(before) < len(doubts):
        doubt = doubts[len(before)]
        click.echo(f"\n[{len(before) + 1} of {len(doubts)}]")
        for line in format_doubt(doubt):
            click.echo(line)
        entry = ask(doubt, by, datetime.now(WIB).date(), may_undo=bool(before))
        if entry is None:
            break
        if entry == UNDO:
            _restore(target, before.pop())
            decided.pop()
            continue
        before.append(target.read_text("utf-8") if target.exists() else None)
        decided.append(bool(entry))
        if entry:
            append(target, entry)


def _restore(target: Path, text: str | None) -> None:
    """Give the file of decisions the words that it had."""
    if text is None:
        target.unlink(missing_ok=True)
    else:
        _write(target, text)


def format_doubt(doubt: Doubt) -> Iterator[str]:
    """What a person needs to decide, with the quote marked in its sentence."""
    values = ", ".join(f"{name} = {value}" for name, value in doubt.claim.items())
    yield f"{doubt.kind}: {values}"
    yield f"  {doubt.why}"
    yield f"  {doubt.title} ({doubt.outlet}, {doubt.day})"
    yield f"  {doubt.url}"
    sentence = " ".join(doubt.sentence.split())
    quote = " ".join(doubt.quote.split())
    yield f"  “{sentence.replace(quote, f'[{quote}]', 1)}”"


_REST = {"o": "off_topic", "s": "skip", "u": "undo", "q": "quit"}
_CHOICES = {"c": "confirm", "r": "reject", "h": "change", **_REST}
_OF_LIKELY = {"a": "add", "r": "reject", **_REST}
#: Said in place of an entry: the answer before is to be taken back.
UNDO = "undo"


def ask(doubt: Doubt, by: str, today: date, *, may_undo: bool = False) -> str | None:
    """The entry that a person's answer becomes; "" where it was skipped, `UNDO`, None where it is over."""
    choices = dict(_OF_LIKELY if doubt.likely else _CHOICES)
    if not may_undo:
        del choices["u"]
    first = "(a)ccept, (r)eject" if doubt.likely else "(c)onfirm, (r)eject, c(h)ange"
    answer = click.prompt(
        f"{first}, article (o)ff the topic, (s)kip, {'(u)ndo the last, ' if may_undo else ''}(q)uit",
        type=click.Choice(list(choices), case_sensitive=False),
        show_choices=False,
    )
    action = choices[answer]
    if action in ("skip", "undo", "quit"):
        return {"skip": "", "undo": UNDO, "quit": None}[action]
    entry: dict[str, Any] = {"by": by, "at": today, "why": "", "article": doubt.article}
    entry["programme"] = doubt.programme
    if action != "off_topic":
        entry |= {"kind": doubt.kind, "claim": doubt.claim}
    if action == "add":
        entry |= {"quote": doubt.quote} | ({"field": "title"} if doubt.field == "title" else {})
    if action == "change":
        entry["to"] = _ask_values(doubt)
        if not entry["to"]:
            click.echo("nothing is changed; skipped")
            return ""
    usual = "Diperiksa: sesuai dengan teks" if action in ("confirm", "add") else None
    entry["why"] = click.prompt("Why, for readers", default=usual)
    lines = [f"[[{action}]]", *(f"{key} = {to_toml(value)}" for key, value in entry.items())]
    return "\n".join([*lines, f"# {' '.join(doubt.sentence.split())}"]) + "\n"


def _ask_values(doubt: Doubt) -> dict[str, Any]:
    """The fields that a person changes; Enter leaves one as it is."""
    changed = {}
    for name, kind in field_types(doubt.kind).items():
        if name == "code":
            continue  # it follows from the names
        old = doubt.values[name]
        new = click.prompt(f"  {name}", default="" if old is None else old, type=int if kind is int else str)
        if new not in (old, ""):
            changed[name] = new
    return changed


def append(target: Path, entry: str) -> None:
    """Add an entry to a file of corrections; the file is whole before and after, and can be loaded."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.read_text("utf-8") if target.exists() else ""
    _write(target, f"{old}\n{entry}" if old else entry)


def _write(target: Path, text: str) -> None:
    building = target.with_name(f".{target.name}.new")
    try:
        building.write_text(text, encoding="utf-8")
        list(read_corrections(building))
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
