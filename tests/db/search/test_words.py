"""Words as the search compares them."""

from __future__ import annotations

import pytest

from db.search.query import read_query
from db.search.words import load_empty, load_synonyms, split_words, stem, stems_of


def test_words_are_compared_without_case_accents_and_signs() -> None:
    assert split_words("Dinsos-P3A, RÉMBANG_Utara") == ["dinsos", "p3a", "rembang", "utara"]


@pytest.mark.parametrize("word", ["pelatihan", "melatih", "dilatih", "latihan"])
def test_forms_of_a_word_have_one_stem(word: str) -> None:
    assert stem(word) == "latih"


@pytest.mark.parametrize("word", ["p3a", "sk", "dp3akb", "2025"])
def test_acronyms_and_figures_are_left_alone(word: str) -> None:
    assert stem(word) == word


def test_synonyms_name_each_other() -> None:
    for alike in load_synonyms().values():
        for words in alike:
            assert set(alike) <= set(load_synonyms()[stems_of(words)])


def test_no_empty_word_is_a_synonym() -> None:
    assert not load_empty() & {word for alike in load_synonyms().values() for word in alike}


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("siapa yang menangani RPPA di Kebumen", ["menangani", "rppa", "kebumen"]),
        ("yang di", ["yang", "di"]),
        ("penyandang cacat Cilacap", ["penyandang cacat", "cilacap"]),
        ('"dinas sosial" Tegal', ["dinas sosial", "tegal"]),
        ('\x00 " ((*', []),
        ("a a A", ["a"]),
    ],
)
def test_a_query_is_read_as_units(typed: str, units: list[str]) -> None:
    assert [unit.typed for unit in read_query(typed)] == units


def test_quoted_words_have_no_synonyms() -> None:
    assert [unit.alike for unit in read_query('"difabel"')] == [("difabel",)]
    assert "penyandang cacat" in read_query("difabel")[0].alike
