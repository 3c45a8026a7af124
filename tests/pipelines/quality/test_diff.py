"""What differs between two extractions, on facts made by hand and on databases."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.records import (
    Evidence,
    Facts,
    OtherKecamatan,
    Person,
    PilotKecamatan,
    Quantity,
    Responsibility,
)
from db.store import Store
from pipelines.quality.diff import Change, diff_facts
from tests.pipelines.invented import TEXT, Pantau, make_article

PBG = "Kabupaten Purbalingga"


def told(quote: str, rule: str = "r.one", nth: int = 0) -> tuple[Evidence, ...]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    sentence = next(s for s in TEXT.split("\n\n") if quote in s)
    return (Evidence(start=start, end=start + len(quote), quote=quote, sentence=sentence, rule=rule),)


def pilot(name: str, code: str, rule: str = "pilots.clause", confidence: float = 1.0) -> PilotKecamatan:
    return PilotKecamatan(
        kecamatan=name, regency=PBG, code=code, evidence=told(name, rule), confidence=confidence
    )


def other(name: str, code: str, status: str = "mentioned") -> OtherKecamatan:
    return OtherKecamatan(
        kecamatan=name, regency=PBG, code=code, status=status, evidence=told(name, "places.bare")
    )


BUKATEJA, KEJOBONG = pilot("Bukateja", "33.03.02"), pilot("Kejobong", "33.03.03")


def facts(**fields: Any) -> Facts:
    return Facts(
        article="contoh-1", programme="kecamatan-berdaya", extractor_version="1", relevant=True, **fields
    )


def summary(changes: list[Change]) -> list[tuple[str, str, list[str]]]:
    return [(c.kind, c.field, [name for name, _, _ in c.parts()]) for c in changes]


def test_equal_facts_do_not_differ() -> None:
    one = facts(pilot_kecamatan=(BUKATEJA, KEJOBONG))
    two = facts(pilot_kecamatan=(KEJOBONG, BUKATEJA))
    assert diff_facts(one, replace(two, extractor_version="2")) == []


def test_claims_that_came_and_went() -> None:
    changes = diff_facts(facts(pilot_kecamatan=(BUKATEJA,)), facts(pilot_kecamatan=(KEJOBONG,)))
    assert [(c.kind, c.old, c.new) for c in changes] == [
        ("removed", BUKATEJA, None),
        ("added", None, KEJOBONG),
    ]


def test_a_claim_that_another_rule_makes_changed() -> None:
    again = pilot("Bukateja", "33.03.02", "pilots.counted", 0.95)
    [change] = diff_facts(facts(pilot_kecamatan=(BUKATEJA,)), facts(pilot_kecamatan=(again,)))
    assert list(change.parts()) == [
        ("confidence", 1.0, 0.95),
        ("rule", "pilots.clause", "pilots.counted"),
    ]


def test_a_pilot_that_is_none_any_more_is_one_change() -> None:
    before = facts(pilot_kecamatan=(BUKATEJA, KEJOBONG))
    after = facts(pilot_kecamatan=(KEJOBONG,), other_kecamatan=(other("Bukateja", "33.03.02", "negated"),))
    [change] = diff_facts(before, after)
    assert (change.kind, change.was, change.field) == ("changed", "pilot_kecamatan", "other_kecamatan")
    assert ("field", "pilot_kecamatan", "other_kecamatan") in list(change.parts())
    assert "status" not in [name for name, _, _ in change.parts()]


def test_a_role_read_otherwise_is_one_change() -> None:
    def person(role: str) -> Person:
        return Person(name="Wiratno Sabdo", role=role, evidence=told("Wiratno Sabdo"))

    before, after = facts(people=(person("Camat"),)), facts(people=(person("Camat Bukateja"),))
    [change] = diff_facts(before, after)
    assert list(change.parts()) == [("role", "Camat", "Camat Bukateja")]


def test_of_several_on_the_same_words_the_most_alike_are_paired() -> None:
    def duty(agency: str, pillar: str) -> Responsibility:
        return Responsibility(agency=agency, region=PBG, pillar=pillar, evidence=told("menangani"))

    before = facts(responsibilities=(duty("sosial", "rppa"), duty("pmd", "zilenial")))
    after = facts(responsibilities=(duty("pmd", "sport-center"), duty("sosial", "disabilitas-lansia")))
    parts = {
        (c.kind, name, old, new)
        for c in diff_facts(before, after)
        for name, old, new in c.parts()
        if name != "agency_name"
    }
    assert parts == {
        ("changed", "pillar", "rppa", "disabilitas-lansia"),
        ("changed", "pillar", "zilenial", "sport-center"),
    }


def test_claims_on_other_words_are_not_paired() -> None:
    def count(value: int, quote: str, nth: int = 0) -> Quantity:
        return Quantity(measure="kecamatan_pilot", region=PBG, value=value, evidence=told(quote, nth=nth))

    changes = diff_facts(facts(quantities=(count(4, "Empat"),)), facts(quantities=(count(5, "Berdaya"),)))
    assert summary(changes) == [("removed", "quantities", []), ("added", "quantities", [])]


def test_one_field_alone() -> None:
    before, after = (
        facts(pilot_kecamatan=(BUKATEJA,)),
        facts(other_kecamatan=(other("Bukateja", "33.03.02"),)),
    )
    assert summary(diff_facts(before, after, ["pilot_kecamatan"])) == [("removed", "pilot_kecamatan", [])]


@pytest.fixture
def two_databases(database: Path, pantau: Pantau) -> tuple[Path, Path]:
    """The same two articles extracted, and a copy."""
    pantau("extract", "--db", database, "--quiet")
    copy = database.with_name("new.db")
    shutil.copy(database, copy)
    return database, copy


def read_facts(path: Path) -> Facts:
    with Store(path, read_only=True) as store:
        found = store.facts_of("contoh-1", "kecamatan-berdaya")
        assert found is not None
        return found


def save_facts(path: Path, changed: Facts) -> None:
    with Store(path) as store:
        store.save_facts(changed)


def test_equal_databases(two_databases: tuple[Path, Path], pantau: Pantau) -> None:
    outcome = pantau("diff", *two_databases)
    assert outcome.code == 0
    assert outcome.out.startswith("kecamatan-berdaya: 2 articles in both\n")
    assert outcome.out.endswith("no claim differs\n")


def test_differences_are_told_with_rule_and_sentence(
    two_databases: tuple[Path, Path], pantau: Pantau
) -> None:
    old, new = two_databases
    found = read_facts(old)
    kept = tuple(c for c in found.pilot_kecamatan if c.kecamatan != "Bobotsari")
    lost = next(c for c in found.pilot_kecamatan if c.kecamatan == "Bobotsari")
    save_facts(new, replace(found, pilot_kecamatan=kept, extractor_version="next"))
    outcome = pantau("diff", old, new)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    at = next(i for i, line in enumerate(lines) if "Bobotsari · Kabupaten Purbalingga" in line)
    assert lines[at].lstrip().startswith("- pilot_kecamatan")
    assert lines[at].endswith(f"[{lost.evidence[0].rule}]")
    assert lines[at + 1].strip() == lost.evidence[0].sentence
    assert any(make_article(1).url in line for line in lines)
    assert f"{new}: extracted by " in outcome.out
    assert ", next" in outcome.out
    assert lines[-1].split() == ["pilot_kecamatan", "0", "1", "0"]
    report = json.loads(pantau("diff", old, new, "--json").out)
    [programme] = report["programmes"]
    assert programme["counts"]["pilot_kecamatan"] == {"added": 0, "removed": 1, "changed": 0}
    [article] = programme["articles"]
    [change] = article["changes"]
    assert (change["kind"], change["new"], change["old"]["kecamatan"]) == ("removed", None, "Bobotsari")
    assert change["old"]["evidence"][0]["quote"] == "Bobotsari"


def test_an_article_off_the_programme_is_told(two_databases: tuple[Path, Path], pantau: Pantau) -> None:
    old, new = two_databases
    save_facts(
        new, Facts(article="contoh-1", programme="kecamatan-berdaya", extractor_version="2", relevant=False)
    )
    outcome = pantau("diff", old, new, "--field", "pillars")
    assert "no longer on the programme" in outcome.out
    assert "- pillars          rppa" in outcome.out
    assert "pilot_kecamatan" not in outcome.out


def test_articles_of_one_side_are_named_and_not_compared(
    two_databases: tuple[Path, Path], pantau: Pantau
) -> None:
    old, new = two_databases
    with Store(new) as store:
        store.save_article(make_article(3, text=TEXT + "\n\nTambahan."))
    pantau("extract", "--db", new, "--quiet")
    outcome = pantau("diff", old, new)
    assert f"{new}: 1 article that the other lacks, not compared: contoh-3" in outcome.out
    assert outcome.out.endswith("no claim differs\n")
    [programme] = json.loads(pantau("diff", new, old, "--json").out)["programmes"]
    assert (programme["only_old"], programme["only_new"], programme["compared"]) == (["contoh-3"], [], 2)


def test_an_article_that_its_outlet_changed_is_marked(
    two_databases: tuple[Path, Path], pantau: Pantau
) -> None:
    old, new = two_databases
    with Store(new) as store:
        store.save_article(make_article(1, text=TEXT.replace(", dan Bobotsari", "")))
    pantau("extract", "--db", new, "--quiet")
    outcome = pantau("diff", old, new)
    assert "its title or text differs between the two" in outcome.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK not a database", "is not an SQLite database"),
        (b"", "is a database of another program"),
    ],
)
def test_a_file_that_is_no_database_of_ours(
    content: bytes, words: str, two_databases: tuple[Path, Path], pantau: Pantau
) -> None:
    wrong = two_databases[0].with_name("wrong.db")
    wrong.write_bytes(content)
    for pair in ((wrong, two_databases[1]), (two_databases[0], wrong)):
        outcome = pantau("diff", *pair)
        assert outcome.code == 2
        [line] = outcome.complaints
        assert "wrong.db" in line
        assert words in line
        assert "--db" not in line
    assert wrong.read_bytes() == content


def test_a_database_of_an_older_release_is_compared_and_stays_as_it_is(
    tmp_path: Path, pantau: Pantau
) -> None:
    packed = Path(__file__).parents[2] / "db" / "schemas" / "schema-1.db.gz"
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress(packed.read_bytes()))
    before = old.read_bytes()
    outcome = pantau("diff", old, old)
    assert outcome.code == 0
    assert outcome.out.endswith("no claim differs\n")
    assert old.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["old.db"]


def test_what_a_person_decided_is_told() -> None:
    decided = replace(BUKATEJA, origin="human", reason="SK Bupati")
    [change] = diff_facts(facts(pilot_kecamatan=(BUKATEJA,)), facts(pilot_kecamatan=(decided,)))
    assert list(change.parts()) == [("origin", "rule", "human"), ("reason", "", "SK Bupati")]


def test_a_database_without_extraction_says_what_to_do(database: Path, pantau: Pantau) -> None:
    outcome = pantau("diff", database, database)
    assert outcome.code == 2
    assert f"run 'pantau extract --db {database}' first" in outcome.err


def test_an_unknown_field_is_wrong_usage(two_databases: tuple[Path, Path], pantau: Pantau) -> None:
    outcome = pantau("diff", *two_databases, "--field", "pilots")
    assert outcome.code == 2
    assert "the fields are regencies, pilot_kecamatan" in outcome.err
