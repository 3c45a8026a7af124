"""What is only likely is kept for people, in the working file alone, until they decide."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.corrections.apply import apply_corrections
from db.corrections.load import Correction
from db.public.publish import publish
from db.records import LEFT_OUT, Facts, Likely, PilotKecamatan
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference

PROGRAMME = "kecamatan-berdaya"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "pantau.db") as store:
        fill_reference(store)
        fill_newsroom(store)
        yield store


def make_likely(store: Store) -> Facts:
    """The facts of a stored article, with one of its pilots only likely."""
    [facts, *_] = [f for f in store.facts(PROGRAMME) if f.pilot_kecamatan]
    pilot = facts.pilot_kecamatan[0]
    evidence = (replace(pilot.evidence[0], rule=LEFT_OUT),)
    likely = Likely(
        kind="pilot_kecamatan",
        claim=PilotKecamatan(
            kecamatan=pilot.kecamatan,
            regency=pilot.regency,
            code=pilot.code,
            confidence=0.7,
            evidence=evidence,
        ),
    )
    return replace(facts, pilot_kecamatan=(), likely=(likely,))


def decide(facts: Facts, store: Store, action: str) -> Facts:
    likely = facts.likely[0].claim
    assert isinstance(likely, PilotKecamatan)
    article = store.article(facts.article)
    assert article is not None
    correction = Correction(
        action=action,  # type: ignore[arg-type]
        by="Redaksi",
        at=date(2026, 1, 2),
        why="Diperiksa",
        article=facts.article,
        table="pilot_kecamatan",
        claim={"kecamatan": likely.kecamatan, "regency": likely.regency},
        quote=likely.evidence[0].quote,
        field=likely.evidence[0].field,
    )
    decided, uses = apply_corrections(
        facts,
        article,
        [correction],
        areas=store.area_names(),
        find_sentence=lambda article, field, start, end: likely.evidence[0].sentence,
    )
    assert [use.problem for use in uses] == [""]
    return decided


def test_likely_is_stored_read_again_and_no_claim(store: Store) -> None:
    facts = make_likely(store)
    store.save_facts(facts)
    kept = store.facts_of(facts.article, PROGRAMME)
    assert kept is not None
    assert kept.likely == facts.likely
    assert kept.pilot_kecamatan == ()
    store.save_facts(replace(facts, likely=()))
    assert store.db.execute("SELECT count(*) FROM likely").fetchone()[0] == 0


def test_no_public_file_has_it(store: Store, tmp_path: Path) -> None:
    store.save_facts(make_likely(store))
    publish(store.path, tmp_path / "public.db")
    with sqlite3.connect(tmp_path / "public.db") as public:
        names = {name for (name,) in public.execute("SELECT name FROM sqlite_master")}
    assert "pilot_kecamatan" in names
    assert "likely" not in names


def test_what_a_person_adds_is_a_claim_and_likely_no_more(store: Store) -> None:
    decided = decide(make_likely(store), store, "add")
    assert decided.likely == ()
    assert [pilot.origin for pilot in decided.pilot_kecamatan] == ["human"]


def test_what_a_person_rejects_is_gone(store: Store) -> None:
    decided = decide(make_likely(store), store, "reject")
    assert (decided.likely, decided.pilot_kecamatan) == ((), ())
