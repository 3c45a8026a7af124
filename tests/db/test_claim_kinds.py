"""Every kind of claim is described once, and tables, records, pages and exports are as it says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields

import pytest
from sqlite_utils import Database

from db.checks.cell_rules import CELLS
from db.claim_kinds import CLAIM_TABLES, KINDS, ClaimKind, select_all_claims
from db.describe import SITE, load_descriptions
from db.export.words import find_heading
from db.file.migrations import apply_migrations
from db.pages.parts.said import describe_claim
from db.records import Claim, Facts
from db.tables.claims import own_fields

by_table = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)


@pytest.fixture(scope="module")
def migrated() -> Database:
    db = Database(memory=True)
    apply_migrations(db)
    return db


def describe_table(db: Database, table: str) -> list[tuple[str, str, bool, str]]:
    """(name, type, whether it may be NULL, "table(column)" that it refers to) of the columns, in order."""
    refers = {row[3]: f"{row[2]}({row[4]})" for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    return [(row[1], row[2], not row[3], refers.get(row[1], "")) for row in columns]


@by_table
def test_a_table_is_as_its_kind_says(migrated: Database, kind: ClaimKind) -> None:
    own, keys = kind.declare()
    migrated.execute("DROP TABLE IF EXISTS declared")
    migrated.execute(f"CREATE TABLE declared ({own} {', '.join(keys)})".replace(", )", ")"))
    wanted = describe_table(migrated, "declared")
    names = {name for name, *_ in wanted}
    found = [column for column in describe_table(migrated, kind.table) if column[0] in names]
    assert found == wanted, f"a migration makes the table with {own!r} and {keys!r}"
    indexed = {
        row[2]
        for index in migrated.execute(f"PRAGMA index_list({kind.table})").fetchall()
        for row in migrated.execute(f"PRAGMA index_info({index[1]})").fetchall()[:1]
    }
    assert {"article", "sentence_id", *kind.foreign_keys} <= indexed


def test_every_table_of_claims_has_a_kind(migrated: Database) -> None:
    tables = {table for table in migrated.table_names() if "confidence" in migrated[table].columns_dict}
    assert tables - {"outlets", "likely"} == {kind.table for kind in KINDS}


@by_table
def test_a_record_has_the_columns_and_facts_the_list(kind: ClaimKind) -> None:
    assert {column.name for column in kind.columns} == set(own_fields(kind.table))
    assert {f.name: f.default for f in fields(Facts)}[kind.field] == ()
    said = {"confidence", *own_fields(kind.table)}
    assert set(kind.keys) <= said
    assert set(kind.scored_by) <= set(kind.keys)
    for f in fields(kind.record):
        column = next((column for column in kind.columns if column.name == f.name), None)
        assert column is None or ("None" in str(f.type)) == (column.empty == "null"), f.name
        assert f.default in ("", "mentioned", "other", MISSING) or column is None


def test_the_order_is_that_of_the_record() -> None:
    names = [f.name for f in fields(Facts)]
    assert list(CLAIM_TABLES) == sorted(CLAIM_TABLES, key=names.index)


@by_table
def test_every_cell_has_a_rule(migrated: Database, kind: ClaimKind) -> None:
    assert set(CELLS[kind.table]) == set(migrated[kind.table].columns_dict)


@by_table
def test_readers_are_told_what_it_is(kind: ClaimKind) -> None:
    messages = tomllib.loads((SITE / "messages.toml").read_text("utf-8"))
    assert kind.table in messages["kind"]
    assert not kind.scored_by or kind.field in messages["field"]
    assert (kind.table in messages["section"]) == kind.section
    described = load_descriptions()[kind.table]["columns"]
    for column in kind.columns:
        assert all(find_heading(kind.table, column.name)), column.name
        assert described[column.name]
        if column.says in ("event", "status", "role", "state"):
            assert messages[column.says]


def make_claim(kind: ClaimKind, *, whole: bool) -> dict[str, object]:
    """A row of the kind's own columns; unless `whole`, what may be empty is."""
    empty = {"never": None, "text": "", "null": None}
    return {
        column.name: empty[column.empty]
        if not whole and column.empty != "never"
        else 7
        if column.says == "count"
        else f"<{column.name}>"
        for column in kind.columns
    }


@by_table
@pytest.mark.parametrize("whole", [True, False])
def test_pages_say_what_a_claim_says(kind: ClaimKind, whole: bool) -> None:
    claim = make_claim(kind, whole=whole)
    terms: dict[str, dict[str, dict[str, str]]] = {"pillars": {}, "agency_types": {}, "measures": {}}
    said = describe_claim(kind.table, claim, terms)
    assert said
    assert not re.search(r"[\[\]{}]|None|\(\)|, $|: $", said)
    named = re.findall(r"\{([^}|]*)", kind.shown)
    for name in named:
        value = claim[name]
        if value not in (None, "", 7):
            assert str(value).strip("<>") in said or name in ("date", "event", "status")


def test_brackets_and_braces_in_a_name_stay() -> None:
    terms: dict[str, dict[str, dict[str, str]]] = {"pillars": {}, "agency_types": {}, "measures": {}}
    claim = {"name": "Bu [Tri] {role}", "role": "Ketua [harian]"}
    assert describe_claim("people", claim, terms) == "Bu [Tri] {role}, Ketua [harian]"


@by_table
def test_a_claim_stands_among_all_claims(kind: ClaimKind) -> None:
    assert f"SELECT '{kind.table}' AS kind, '{kind.name}' AS kind_name" in select_all_claims()


def test_names_and_tables_are_each_of_one_kind() -> None:
    for names in (
        [kind.table for kind in KINDS],
        [kind.field for kind in KINDS],
        [kind.name for kind in KINDS],
        [kind.record for kind in KINDS],
    ):
        assert len(set(names)) == len(KINDS)
    assert all(issubclass(kind.record, Claim) for kind in KINDS)
