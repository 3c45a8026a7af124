"""Why a claim was made, why another was not, and how likely either is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extract.explain import load_questions
from extract.vocabulary.load import load_vocabulary
from tests.pipelines.invented import Pantau, make_article

TEXT = (
    "PURBALINGGA – Empat kecamatan ditunjuk sebagai percontohan Kecamatan Berdaya di Purbalingga, yakni "
    "Bukateja, Kejobong, Kutasari dan Mrebet.\n\nBanjir kemarin melanda Kecamatan Kemangkon."
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    row = {"id": "a17", "title": "Purbalingga Jalankan Kecamatan Berdaya", "text": TEXT}
    path.write_text(json.dumps(row), "utf-8")
    return path


def test_claim_is_told_with_its_rule_and_what_spoke_for_it(articles: Path, pantau: Pantau) -> None:
    outcome = pantau("explain", "a17", "Bukateja", "--input", articles, "--lang", "en")
    assert outcome.code == 0
    first, rule, *rest = outcome.out.splitlines()
    assert re.match(r"pilot_kecamatan: Bukateja, Kabupaten Purbalingga, 33\.03\.02: probability 0\.9", first)
    assert rule.startswith("  rule pilots.")
    assert any(re.match(r"  [+-]\d\.\d\d .*“yakni”", line) for line in rest)
    assert any("told yes" in line for line in rest)


def test_kecamatan_that_is_no_pilot_is_told_why(articles: Path, pantau: Pantau) -> None:
    out = pantau("explain", "a17", "kemangkon", "--input", articles).out
    [left_out] = [line for line in out.splitlines() if line.startswith("pilot_kecamatan?")]
    assert "tidak ada kaidah yang menyatakannya; peluang bahwa ini benar 0.0" in left_out
    assert "anak kalimat: clause.silent; " in out
    assert "Bukateja, Kabupaten" not in out


def test_article_of_the_database_is_found_by_its_address(database: Path, pantau: Pantau) -> None:
    by_id = pantau("explain", "contoh-1", "--db", database)
    assert by_id.code == 0
    assert "pilot_kecamatan: Bukateja" in by_id.out
    assert pantau("explain", make_article(1).url, "--db", database).out == by_id.out


@pytest.mark.parametrize(
    ("named", "place", "wrong"),
    [("b1", "", "has no article 'b1'; the first of its 1 is a17"), ("a17", "Solo", "names 'Solo'")],
)
def test_what_is_not_there_is_told_in_a_line(
    named: str, place: str, wrong: str, articles: Path, pantau: Pantau
) -> None:
    outcome = pantau("explain", named, place, "--input", articles)
    assert outcome.code == 2
    assert wrong in outcome.err


def test_every_question_that_weighs_is_said_in_both_languages() -> None:
    questions = load_questions()
    weights = load_vocabulary().weights.values()
    tables = [table for kind in weights for table in (kind.made, kind.left_out) if table]
    asked = {answer.partition(":")[0] for table in tables for answer in table.answers}
    assert asked - set(questions) == set()
