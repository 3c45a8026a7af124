"""The steps on a database: what is new or outdated is extracted once, one failure costs no other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from extract import facts as extract_facts_module
from pipelines.share.findings import format_findings
from tests.pipelines.invented import TEXT, Pantau, make_article

Rows = Callable[[str], list[tuple[Any, ...]]]


def test_extract_fills_terms_and_claims(database: Path, pantau: Pantau, read_rows: Rows) -> None:
    outcome = pantau("extract", "--db", database)
    assert outcome.code == 0
    assert outcome.out.startswith("2 articles extracted, 1 on the programme, ")
    assert read_rows("SELECT count(*) FROM regencies") == [(35,)]
    assert read_rows("SELECT count(*) FROM kecamatan") == [(576,)]
    assert read_rows("SELECT count(*) FROM pillars") == [(4,)]
    assert read_rows("SELECT article, relevant FROM extractions ORDER BY article") == [
        ("contoh-1", 1),
        ("contoh-2", 0),
    ]


def test_a_second_extraction_has_nothing_to_do(database: Path, pantau: Pantau, read_rows: Rows) -> None:
    pantau("extract", "--db", database)
    claims = read_rows("SELECT * FROM pilot_kecamatan ORDER BY id")
    assert pantau("extract", "--db", database).out == "nothing new to extract\n"
    assert pantau("extract", "--db", database, "--all").out.startswith("2 articles extracted")
    assert read_rows("SELECT * FROM pilot_kecamatan ORDER BY id") == claims


def test_another_version_is_extracted_again(
    database: Path, pantau: Pantau, read_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    pantau("extract", "--db", database)
    monkeypatch.setattr(extract_facts_module, "CODE_VERSION", "next")
    assert pantau("extract", "--db", database).out.startswith("2 articles extracted")
    assert {row[0].split("+")[0] for row in read_rows("SELECT extractor_version FROM extractions")} == {
        "next"
    }


def test_quiet_says_nothing(database: Path, pantau: Pantau) -> None:
    outcome = pantau("extract", "--db", database, "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_an_article_that_fails_costs_no_other_and_is_told_once(
    database: Path, pantau: Pantau, read_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extract_facts_module.extract_facts

    def stumble(article: Any, *rest: Any) -> Any:
        if article.id == "contoh-1":
            raise ZeroDivisionError("counting nothing")
        return real(article, *rest)

    monkeypatch.setattr(extract_facts_module, "extract_facts", stumble)
    outcome = pantau("extract", "--db", database)
    assert outcome.code == 1
    [line] = outcome.complaints
    assert "contoh-1" in line
    assert "ZeroDivisionError: counting nothing" in line
    assert read_rows("SELECT article FROM extractions") == [("contoh-2",)]
    # The same code fails in the same way: status knows, and nothing is tried in vain.
    again = pantau("extract", "--db", database)
    assert (again.code, again.out, again.complaints) == (0, "nothing new to extract\n", [])
    assert "articles passed over: 1 error" in pantau("status", "--db", database).out
    monkeypatch.setattr(extract_facts_module, "extract_facts", real)
    monkeypatch.setattr(extract_facts_module, "CODE_VERSION", "next")
    assert pantau("extract", "--db", database).code == 0
    assert len(read_rows("SELECT article FROM extractions")) == 2
    assert read_rows("SELECT * FROM extraction_problems") == []


def test_a_full_disk_ends_it_and_keeps_what_was_done(
    database: Path, pantau: Pantau, read_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import explained

    real = Store.save_facts

    def fill(store: Store, facts: Any) -> None:
        if facts.article == "contoh-2":
            with explained(store.path):
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
        real(store, facts)

    monkeypatch.setattr(Store, "save_facts", fill)
    outcome = pantau("extract", "--db", database)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert "no space left" in line
    assert read_rows("SELECT article FROM extractions") == [("contoh-1",)]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 200])
@pytest.mark.parametrize("verb", ["extract", "status", "publish"])
def test_a_broken_database_is_one_line(verb: str, content: bytes, tmp_path: Path, pantau: Pantau) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(content)
    outcome = pantau(verb, "--db", path)
    assert outcome.code == 2
    assert outcome.out == ""
    [line] = outcome.complaints
    assert str(path) in line
    assert path.read_bytes() == content


def test_findings_name_pilots_by_regency(database: Path, pantau: Pantau) -> None:
    with Store(database) as store:
        store.save_article(
            make_article(3, text=f"{TEXT}\n\nWarga berharap layanan itu segera buka setiap hari.")
        )
    pantau("extract", "--db", database)
    with Store(database, read_only=True) as store:
        lines = list(format_findings(store))
    assert lines[0].startswith("4 kecamatan were reported as pilots")
    assert "Kabupaten Purbalingga" in lines[1]
    assert "Bobotsari (2), Bukateja (2), Kaligondang (2), Kejobong (2)" in lines[1]
    assert "  Rumah Perlindungan Perempuan dan Anak (RPPA)" in lines
    [agency] = [line for line in lines if line.endswith(": Kabupaten Purbalingga")]
    assert "osial" in agency
