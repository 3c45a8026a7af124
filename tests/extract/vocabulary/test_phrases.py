"""Phrases of the vocabulary: their notation, and where they are found."""

from __future__ import annotations

import pytest

from extract.vocabulary.phrases import PhraseTable, expand
from extract.vocabulary.tokens import tokenize

TABLE = PhraseTable(
    {
        "decree": ["(sk|surat keputusan) [penetapan] lokasi"],
        "house": ["rumah perlindungan"],
        "longer": ["rumah perlindungan perempuan dan anak"],
    }
)


def find(text: str) -> list[tuple[str, str]]:
    words = [w.lower() for w in tokenize(text)]
    return [(" ".join(words[a:b]), key) for a, b, key in TABLE.find(words, 0, len(words))]


def test_choices_and_options_are_spelled_out() -> None:
    assert expand("(a|b) [c ]d") == ["a d", "a c d", "b d", "b c d"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Surat Keputusan Penetapan Lokasi terbit.", [("surat keputusan penetapan lokasi", "decree")]),
        ("SK lokasi", [("sk lokasi", "decree")]),
        ("Rumah Perlindungan itu", [("rumah perlindungan", "house")]),
        ("Rumah Perlindungan Perempuan dan Anak", [("rumah perlindungan perempuan dan anak", "longer")]),
        ("Surat Keputusan (SK) lokasi", [("surat keputusan ( sk ) lokasi", "decree")]),
        (
            "Surat Keputusan (SK) penetapan (awal) lokasi",
            [("surat keputusan ( sk ) penetapan ( awal ) lokasi", "decree")],
        ),
        ("Surat Keputusan (SK", []),
        ("Surat Keputusan (SK bupati) lokasi", []),
        ("Surat", []),
    ],
)
def test_the_longest_phrase_is_found_across_a_bracketed_word(text: str, found: list[tuple[str, str]]) -> None:
    assert find(text) == found


def test_nothing_is_found_beyond_the_range() -> None:
    words = ["sk", "penetapan", "lokasi"]
    assert TABLE.find(words, 0, 2) == []
    assert TABLE.find_among(words, [0]) == [(0, 3, "decree")]
