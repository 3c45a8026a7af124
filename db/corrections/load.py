"""Corrections as data: what people know better than the rules, read from `corrections/*.toml`.

Each entry names who decided it, when, why, and the article. The loader is strict: an unknown key, a missing
reason or a value of the wrong type is refused with one line. `db.corrections.apply` applies them.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as make_field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from db.errors import StoreError
from db.records import AgencyTypeId, Claim, EventKind, PillarId
from db.tables.claims import CLAIM_TYPES, own_fields

Action = Literal["reject", "add", "change", "confirm", "merge", "off_topic"]
ACTIONS: tuple[Action, ...] = get_args(Action)

_COMMON = ("by", "at", "why", "article", "programme")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "reject": ("kind", "claim"),
    "confirm": ("kind", "claim"),
    "change": ("kind", "claim", "to", "quote", "field"),
    "add": ("kind", "claim", "quote", "field"),
    "merge": ("names", "name", "everywhere"),
    "off_topic": (),
}
_OPTIONAL = {"programme", "field", "everywhere"}

#: What a field of a claim may be; the names are those of the annotations in `db.records`.
_NUMBERS = ("int",)
_TERMS = {"EventKind": get_args(EventKind), "PillarId": (), "AgencyTypeId": ()}
assert PillarId is AgencyTypeId is str


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
    field: Literal["text", "title"] = "text"
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
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"{path}: no valid TOML: {error}") from None
    for action, entries in data.items():
        if action not in ACTIONS:
            allowed = ", ".join(f"[[{name}]]" for name in ACTIONS)
            raise CorrectionError(f"{path}: unknown {action!r}; allowed: {allowed}")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise CorrectionError(f"{path}: {action!r} must be written [[{action}]]")
        for number, entry in enumerate(entries, start=1):
            yield from _read_entry(path, action, number, entry)


def _read_entry(path: Path, action: str, number: int, entry: Mapping[str, Any]) -> Iterator[Correction]:
    where = f"{path}: [[{action}]] {number}"
    keys = (*_COMMON, *_KEYS[action])
    for key in entry:
        if key not in keys:
            raise CorrectionError(f"{where}: unknown key {key!r}; allowed: {', '.join(keys)}")
    optional = _OPTIONAL | ({"quote"} if action == "change" else set())
    if missing := [key for key in keys if key not in entry and key not in optional]:
        raise CorrectionError(f"{where}: lacks {', '.join(missing)}")
    values = {key: _check(where, key, value) for key, value in entry.items()}
    articles = values.pop("article")
    if table := values.pop("kind", ""):
        if table not in CLAIM_TYPES:
            raise CorrectionError(f"{where}: kind = {table!r} must be one of {', '.join(CLAIM_TYPES)}")
        for key in ("claim", "to"):
            if key in values:
                _check_claim(f"{where}: {key}", table, values[key], whole=action == "add")
    if action == "merge":
        values["names"] = tuple(name for name in values["names"] if name != values["name"])
        if not values["names"]:
            raise CorrectionError(f"{where}: names holds no form but {values['name']!r}; give the others")
    for article in articles:
        yield Correction(
            action=action,  # type: ignore[arg-type]
            article=article,
            table=table,
            place=f"{path.name}, [[{action}]] {number}",
            **values,
        )


def _check(where: str, key: str, value: Any) -> Any:
    """The value of a key that every kind of claim has in common."""

    def bad(wanted: str) -> CorrectionError:
        return CorrectionError(f"{where}: {key} = {value!r} must be {wanted}")

    if key == "at":
        if isinstance(value, datetime) or not isinstance(value, date):
            raise bad("a date such as 2025-11-20, without quotes")
        return value
    if key in ("article", "names"):
        given = value if isinstance(value, list) else [value]
        if not given or not all(isinstance(one, str) and one.strip() for one in given):
            raise bad("a text, or a list of texts")
        return tuple(dict.fromkeys(given))
    if key in ("claim", "to"):
        if not isinstance(value, dict) or not value:
            raise bad('a table such as { kecamatan = "Bukateja" }')
        return value
    if key == "everywhere":
        if not isinstance(value, bool):
            raise bad("true or false")
        return value
    if not isinstance(value, str) or not value.strip():
        raise bad("a text that is not empty")
    if key == "field" and value not in ("text", "title"):
        raise bad("text or title")
    return value


def _check_claim(where: str, table: str, values: Mapping[str, Any], *, whole: bool) -> None:
    """Refuse fields that the kind of claim lacks, values of another type and, with `whole`, gaps."""
    kinds = field_types(CLAIM_TYPES[table])
    for key, value in values.items():
        if key not in kinds:
            raise CorrectionError(f"{where}: unknown field {key!r}; {table} has {', '.join(kinds)}")
        wanted = int if kinds[key] in _NUMBERS else str
        if isinstance(value, bool) or not isinstance(value, wanted):
            what = "a whole number" if wanted is int else "a text"
            raise CorrectionError(f"{where}: {key} = {value!r} must be {what}")
        terms = _TERMS.get(kinds[key], ())
        if terms and value not in terms:
            raise CorrectionError(f"{where}: {key} = {value!r} must be one of {', '.join(terms)}")
    if whole:
        needed = [
            f.name
            for f in fields(CLAIM_TYPES[table])
            if f.name in kinds and f.name != "code" and f.default is MISSING and "None" not in str(f.type)
        ]
        if gaps := [name for name in needed if name not in values]:
            raise CorrectionError(f"{where}: lacks {', '.join(gaps)}")


def field_types(record: type[Claim]) -> dict[str, str]:
    """The fields that a kind of claim adds to `Claim`, with their types as they are written."""
    own = {f.name: str(f.type) for f in fields(record)}
    table = next(name for name, kind in CLAIM_TYPES.items() if kind is record)
    return {name: own[name] for name in own_fields(table)}
