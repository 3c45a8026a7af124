"""Corrections as data: what people know better than the rules, read from `corrections/*.toml`.

Each entry names who decided it, when, why, and the article. The loader is strict: an unknown key, a missing
reason or a value of the wrong type is refused with one line. `db.corrections.apply` applies them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as make_field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError
from db.tables.claims import own_fields
from db.toml_records import Filled, Must, TomlReader, needed_by, types_of

Action = Literal["reject", "add", "change", "confirm", "merge", "off_topic"]
ACTIONS: tuple[Action, ...] = get_args(Action)
Field = Literal["text", "title"]


class CorrectionError(StoreError):
    """A file of corrections that can't be used; one line that names file, entry, key and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision about one article (or, of a merge, about every article)."""

    action: Action
    by: str
    at: date
    why: str
    article: str  # id or address, as written
    programme: str = ""  # "": every programme
    table: str = ""  # the kind of claim
    claim: Mapping[str, Any] = make_field(
        default_factory=dict
    )  # what to look for; of "add": the claim itself
    to: Mapping[str, Any] = make_field(default_factory=dict)  # what it becomes
    quote: str = ""
    field: Field = "text"
    names: tuple[str, ...] = ()  # of a merge: the forms of one person's name
    name: str = ""  # of a merge: the one that stays
    everywhere: bool = False  # of a merge: in every article
    place: str = ""  # "redaksi.toml, [[reject]] 2"

    @property
    def id(self) -> str:
        """16 hex digits of what it says, wherever it stands; a changed correction is another."""
        content = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "place"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def reason(self) -> str:
        """What readers of the claim are told; who decided it stays with the newsroom."""
        return f"{self.why} ({self.at.isoformat()})"

    def __str__(self) -> str:
        said = f" {self.table}" if self.table else ""
        what = ", ".join(f"{key} = {value}" for key, value in self.claim.items()) or self.name
        return f"{self.place} ({self.action}{said}{': ' + what if what else ''}; {self.article})"


Texts = Annotated[tuple[Filled, ...], Must("a text, or a list of texts", bool)]
Table = Annotated[Mapping[str, Any], Must('a table such as { kecamatan = "Bukateja" }', bool)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What every entry of a file says; [[off_topic]] says no more."""

    by: Filled
    at: date
    why: Filled
    article: Texts
    programme: Filled = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement(_Entry):
    kind: Filled
    claim: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change(_Judgement):
    to: Table
    quote: Filled = ""
    field: Field = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addition(_Judgement):
    quote: Filled
    field: Field = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge(_Entry):
    names: Texts
    name: Filled
    everywhere: bool = False


#: What an entry of each kind may and must say: the fields of its record.
_ENTRIES: Mapping[Action, type[_Entry]] = {
    "reject": _Judgement,
    "add": _Addition,
    "change": _Change,
    "confirm": _Judgement,
    "merge": _Merge,
    "off_topic": _Entry,
}


def load_corrections(folder: Path) -> list[Correction]:
    """Every correction of the folder's files, by file name and place; raises `CorrectionError`."""
    if not folder.is_dir():
        raise CorrectionError(f"{folder} is no folder: make it, or name another with --corrections")
    found: list[Correction] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for correction in read_corrections(path):
            other = seen.setdefault(correction.id, correction.place)
            if other != correction.place:
                raise CorrectionError(f"{folder}: {correction.place} says the same as {other}; remove one")
            found.append(correction)
    return found


def read_corrections(path: Path) -> Iterator[Correction]:
    """The corrections of one file; raises `CorrectionError`."""
    reader = TomlReader(path, CorrectionError, lone=True)
    data = reader.load()
    reader.check_keys(data, _ENTRIES)
    for action, kind in _ENTRIES.items():
        for number, table in enumerate(reader.tables(data, action), start=1):
            where = f"[[{action}]] {number}"
            yield from _corrections(reader, action, reader.record(kind, table, where), where)


def _corrections(reader: TomlReader, action: Action, entry: _Entry, where: str) -> Iterator[Correction]:
    """What an entry says of each of its articles."""
    values = {name: getattr(entry, name) for name in types_of(type(entry))}
    values["table"] = values.pop("kind", "")
    if isinstance(entry, _Judgement):
        _check_claims(reader, entry, where)
    if isinstance(entry, _Merge):
        values["names"] = tuple(name for name in dict.fromkeys(entry.names) if name != entry.name)
        if not values["names"]:
            raise reader.fail(f"names holds no form but {entry.name!r}; give the others", where)
    for article in dict.fromkeys(values.pop("article")):
        yield Correction(action=action, article=article, place=f"{reader.path.name}, {where}", **values)


def _check_claims(reader: TomlReader, entry: _Judgement, where: str) -> None:
    """Refuse what is no claim of its kind; one that is added has to be whole."""
    if entry.kind not in CLAIM_TYPES:
        raise reader.fail(f"kind = {entry.kind!r} must be one of {', '.join(CLAIM_TYPES)}", where)
    types = field_types(entry.kind)
    needed: tuple[str, ...] = ()
    if isinstance(entry, _Addition):
        kind = CLAIM_TYPES[entry.kind]
        needed = tuple(
            name
            for name in needed_by(kind)
            if name in types and name != "code" and type(None) not in get_args(types[name])
        )
    reader.values(types, entry.claim, f"{where}: claim", needed)
    if isinstance(entry, _Change):
        reader.values(types, entry.to, f"{where}: to")


def field_types(table: str) -> dict[str, Any]:
    """The fields that a kind of claim adds to `Claim`, with their types."""
    types = types_of(CLAIM_TYPES[table])
    return {name: types[name] for name in own_fields(table)}
