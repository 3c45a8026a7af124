"""What there is to know of each kind of claim, once: its columns, and how it is recorded, scored and shown.

Whatever treats claims by their kind asks here: tables and their checks, records, scores, exports,
corrections, the site. docs/add-a-claim-kind.md tells how to add one. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from db.records import (
    Agency,
    ArticlePillar,
    ArticleRegency,
    Claim,
    Event,
    Facility,
    OtherKecamatan,
    Person,
    PillarState,
    PilotKecamatan,
    Quantity,
    Responsibility,
    Training,
)

#: What a column says, which decides its type, its check and how a page writes it. `area` is a name and `code`
#: a code of an area, `agency` a key of `agency_types`; in those three "|" joins what is left open. `dates`
#: are days, months or years. `event`, `status`, `role` and `state` are words of our own, for which the site
#: has messages.
Says = Literal[
    "text",
    "area",
    "code",
    "pillar",
    "agency",
    "measure",
    "count",
    "dates",
    "event",
    "status",
    "role",
    "state",
]
Empty = Literal["never", "text", "null"]  # whether a cell may be empty, and by what
Level = Literal["regency", "kecamatan", "village"]

#: The finest area that a claim can name -> its nullable foreign keys by area, coarsest first.
AREA_KEYS: Mapping[Level | None, tuple[str, ...]] = {
    None: (),
    "regency": ("regency_code",),
    "kecamatan": ("regency_code", "kecamatan_code"),
    "village": ("regency_code", "kecamatan_code", "village_code"),
}
#: Foreign key beside what a claim says in words -> the column that it refers to.
_REFERS = {
    "agency_type": "agency_types(id)",
    "village_code": "villages(code)",
    "kecamatan_code": "kecamatan(code)",
    "regency_code": "regencies(code)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that bears a field of the kind's record."""

    name: str
    says: Says = "text"
    empty: Empty = "never"
    identity: bool = True  # whether a claim that says something else here is another claim

    @property
    def sql(self) -> str:
        """Its declaration."""
        declared = f"{self.name} {'INTEGER' if self.says == 'count' else 'TEXT'}"
        bound = "" if self.empty == "null" else " NOT NULL"
        return f"{declared}{bound}{' REFERENCES pillars(id)' if self.says == 'pillar' else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimKind:
    """A kind of claim."""

    table: str
    field: str  # of `Facts`, and the key of its list in a record
    record: type[Claim]
    columns: tuple[Column, ...]  # what the record adds to `Claim`, in the table's order
    level: Level | None = None  # the finest area that it can name
    keys: tuple[str, ...]  # of an entry in a record, in order; `confidence` and `evidence` follow
    scored_by: tuple[str, ...] = ()  # the keys that must agree with annotation; () is scored with others
    always_annotated: bool = True  # whether annotation without its list says that there is none
    kept_off_topic: bool = False  # whether an article off the topic makes such claims too
    name: str  # in `all_claims`, for readers of the data
    label: str  # SQL: what a claim says in one line, there
    #: The same for the pages: `{column}` or `{column|other}`, the first that says something, as the column is
    #: written; what stands in square brackets is left out where one of its columns is empty.
    shown: str
    news: bool = True  # whether it is news by itself, and not what an article is about
    in_digest: bool = False  # whether the digest tells it by `name` and `label`
    rank: int  # its place by how much it says of the programme, 1 the most
    reviewed: bool = True  # whether `pantau review` asks a person about doubtful ones
    agency_name: str = ""  # the column with an agency's name as it was printed, where it has one
    section: bool = False  # whether the pages of its places and pillars list it by itself

    @property
    def agency_column(self) -> str:
        """The column that names a type of agency, beside which stands the foreign key; "" if none does."""
        return next((column.name for column in self.columns if column.says == "agency"), "")

    @property
    def area_keys(self) -> tuple[str, ...]:
        """Its foreign keys by area, coarsest first."""
        return AREA_KEYS[self.level]

    @property
    def foreign_keys(self) -> tuple[str, ...]:
        """Its foreign keys beside what it says in words, in the table's order."""
        return (*("agency_type",) * bool(self.agency_column), *reversed(self.area_keys))

    def declare(self) -> tuple[str, list[str]]:
        """SQL of its own columns and of its foreign keys, as a migration creates the table with them.

        What makes no other claim stands behind the keys.
        """
        own = " ".join(f"{column.sql}," for column in self.columns if column.identity)
        beside = [column.sql for column in self.columns if not column.identity]
        return own, [*(f"{key} TEXT REFERENCES {_REFERS[key]}" for key in self.foreign_keys), *beside]


_PLACE = (Column("kecamatan", "area"), Column("regency", "area"), Column("code", "code"))
_REGION = Column("region", "area", "text")
_PILLAR = Column("pillar", "pillar")
_PILLAR_NAME = "(SELECT t.name FROM pillars AS t WHERE t.id = pillar)"

#: In the order of the record in the contract.
KINDS: tuple[ClaimKind, ...] = (
    ClaimKind(
        table="article_regencies",
        field="regencies",
        record=ArticleRegency,
        columns=(
            Column("name", "area"),
            Column("code", "code"),
            Column("role", "role", "text", identity=False),
        ),
        level="regency",
        keys=("name", "code", "role"),
        scored_by=("name",),
        kept_off_topic=True,
        name="kabupaten/kota",
        label="name || CASE role WHEN 'subject' THEN ' (pokok berita)' WHEN 'place' THEN ' (tempat)' "
        "WHEN 'other' THEN ' (disebut saja)' ELSE '' END",
        shown="{name}[ ({role})]",
        news=False,
        rank=8,
        reviewed=False,
    ),
    ClaimKind(
        table="pilot_kecamatan",
        field="pilot_kecamatan",
        record=PilotKecamatan,
        columns=_PLACE,
        level="kecamatan",
        keys=("kecamatan", "regency", "code"),
        scored_by=("kecamatan", "regency"),
        name="kecamatan percontohan",
        label="kecamatan || ', ' || regency",
        shown="{kecamatan}, {regency}",
        rank=1,
    ),
    ClaimKind(
        table="other_kecamatan",
        field="other_kecamatan",
        record=OtherKecamatan,
        columns=(*_PLACE, Column("status", "status")),
        level="kecamatan",
        keys=("kecamatan", "regency", "code"),
        kept_off_topic=True,
        name="kecamatan lain",
        label="kecamatan || ', ' || regency || ' (' || CASE status "
        "WHEN 'planned' THEN 'direncanakan' "
        "WHEN 'negated' THEN 'dinyatakan bukan percontohan' "
        "WHEN 'mentioned' THEN 'disebut' ELSE status END || ')'",
        shown="{kecamatan}, {regency} – {status}",
        news=False,
        rank=7,
    ),
    ClaimKind(
        table="article_pillars",
        field="pillars",
        record=ArticlePillar,
        columns=(_PILLAR,),
        keys=("pillar",),
        scored_by=("pillar",),
        name="pilar",
        label=_PILLAR_NAME,
        shown="{pillar}",
        news=False,
        rank=6,
        reviewed=False,
    ),
    ClaimKind(
        table="agencies",
        field="agencies",
        record=Agency,
        columns=(Column("name"), Column("type", "agency"), _REGION),
        level="regency",
        keys=("name", "type", "region"),
        scored_by=("type", "region"),
        name="instansi",
        label="name || ' (' || region || ')'",
        shown="{name}[ ({region})]",
        agency_name="name",
        news=False,
        rank=8,
        reviewed=False,
    ),
    ClaimKind(
        table="responsibilities",
        field="responsibilities",
        record=Responsibility,
        columns=(Column("agency", "agency"), Column("agency_name", "text", "text"), _PILLAR, _REGION),
        level="regency",
        keys=("agency", "region", "pillar"),
        scored_by=("agency", "region", "pillar"),
        name="penanggung jawab",
        label=f"coalesce(nullif(agency_name, ''), agency) || ' → ' || {_PILLAR_NAME} "
        "|| ' (' || region || ')'",
        shown="{agency_name|agency} → {pillar}[ ({region})]",
        agency_name="agency_name",
        rank=2,
    ),
    ClaimKind(
        table="people",
        field="people",
        record=Person,
        columns=(Column("name"), Column("role", "text", "text")),
        keys=("name", "role"),
        scored_by=("name",),
        name="orang",
        label="name || ', ' || role",
        shown="{name}[, {role}]",
        rank=8,
    ),
    ClaimKind(
        table="quantities",
        field="quantities",
        record=Quantity,
        columns=(Column("measure", "measure"), _REGION, Column("value", "count")),
        level="regency",
        keys=("measure", "region", "value"),
        scored_by=("measure", "region", "value"),
        name="angka",
        label="coalesce((SELECT t.name FROM measures AS t WHERE t.id = measure), measure) "
        "|| ': ' || value || ' (' || region || ')'",
        shown="{measure}: {value}[ ({region})]",
        rank=4,
    ),
    ClaimKind(
        table="events",
        field="events",
        record=Event,
        columns=(Column("event", "event"), Column("date", "dates"), _REGION),
        level="regency",
        keys=("event", "date"),
        scored_by=("event", "date"),
        name="peristiwa",
        label="CASE event WHEN 'launch' THEN 'pencanangan' WHEN 'decree' THEN 'surat keputusan' "
        "WHEN 'progress-report' THEN 'laporan kemajuan' ELSE event END || ' ' || date",
        shown="{event}, {date}[ ({region})]",
        rank=5,
    ),
    ClaimKind(
        table="facilities",
        field="facilities",
        record=Facility,
        columns=(
            _PILLAR,
            Column("village", "area", "null"),
            Column("kecamatan", "area", "null"),
            Column("regency", "area"),
            Column("code", "code", "text"),
        ),
        level="village",
        keys=("pillar", "village", "kecamatan", "regency"),
        scored_by=("pillar", "village", "kecamatan", "regency"),
        name="fasilitas",
        label=f"{_PILLAR_NAME} || ': ' || coalesce(village || ', ', '') || coalesce(kecamatan || ', ', '') "
        "|| regency",
        shown="{pillar}: [{village}, ][{kecamatan}, ]{regency}",
        rank=3,
        section=True,
    ),
    ClaimKind(
        table="trainings",
        field="trainings",
        record=Training,
        columns=(
            _PILLAR,
            Column("topic", "text", "text"),
            Column("agency", "agency", "text"),
            _REGION,
            Column("date", "dates", "text"),
        ),
        level="regency",
        keys=("pillar", "topic", "agency", "region", "date"),
        scored_by=("pillar", "region"),
        always_annotated=False,
        name="pelatihan",
        label=f"{_PILLAR_NAME} || coalesce(': ' || nullif(topic, ''), '') || ' (' || region || ')'",
        shown="{pillar}[: {topic}][, {agency}][ ({region})][, {date}]",
        in_digest=True,
        rank=6,
        section=True,
    ),
    ClaimKind(
        table="pillar_states",
        field="pillar_states",
        record=PillarState,
        columns=(Column("regency", "area"), Column("code", "code"), _PILLAR, Column("state", "state")),
        level="regency",
        keys=("regency", "pillar", "state"),
        scored_by=("regency", "pillar", "state"),
        always_annotated=False,
        name="keadaan pilar",
        label=f"{_PILLAR_NAME} || ': ' || regency "
        "|| CASE state WHEN 'not-yet' THEN ' (belum ada)' ELSE '' END",
        shown="{pillar}: {regency} – {state}",
        news=False,
        rank=6,
        reviewed=False,
    ),
)

#: Table -> its kind.
KIND_OF: Mapping[str, ClaimKind] = {kind.table: kind for kind in KINDS}
#: Facts field -> its kind.
KIND_OF_FIELD: Mapping[str, ClaimKind] = {kind.field: kind for kind in KINDS}
#: Facts field -> table.
CLAIM_TABLES: Mapping[str, str] = {kind.field: kind.table for kind in KINDS}
#: Table -> the record of its rows.
CLAIM_TYPES: Mapping[str, type[Claim]] = {kind.table: kind.record for kind in KINDS}
#: What `all_claims` takes of every kind beside its name, label and keys.
_OF_ALL = "id, article, programme, quote, sentence, sentence_id, rule, confidence, origin, reason"


def select_all_claims() -> str:
    """SQL of the rows of `all_claims` as single kinds give them, joined."""
    return "\n    UNION ALL\n    ".join(_select(kind) for kind in KINDS)


def _select(kind: ClaimKind) -> str:
    has = {*kind.foreign_keys, *(column.name for column in kind.columns)}
    keys = ("regency_code", "kecamatan_code", "pillar", "agency_type")
    chosen = ", ".join(key if key in has else f"NULL AS {key}" for key in keys)
    return (
        f"SELECT '{kind.table}' AS kind, '{kind.name}' AS kind_name, {kind.label} AS label,\n"
        f"           {_OF_ALL},\n           {chosen}\n    FROM {kind.table}"
    )


_EMPTY = "''"


def select_agency_claims() -> str:
    """SQL of the claims that name an agency: which kinds it may be, its name if printed, its region."""
    return "\n    UNION ALL\n    ".join(
        f"SELECT '{kind.table}' AS kind, id, article, programme, {kind.agency_column} AS type,\n"
        f"           {kind.agency_name or _EMPTY} AS name, region, regency_code\n"
        f"    FROM {kind.table} WHERE {kind.agency_column} <> ''"
        for kind in KINDS
        if kind.agency_column
    )
