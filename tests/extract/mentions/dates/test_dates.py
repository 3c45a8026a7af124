from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.mentions.dates.relative import count_from
from extract.nlp import build_nlp, read_doc
from extract.vocabulary.load import VocabularyError, load_vocabulary
from tests.extract.reading import engine


def dates(text: str) -> list[tuple[str, str, str, str]]:
    vocabulary, nlp = engine()
    doc = read_doc(nlp, vocabulary, "", f"Acara itu, {text}.")
    return [(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans["dates"]]


@pytest.mark.parametrize(
    ("text", "label", "value", "mark"),
    [
        ("Kamis (30/10)", "DAY", "????-10-30", "4"),
        ("Kamis (30/10/2025)", "DAY", "2025-10-30", "4"),
        ("Sabtu (22/11/25)", "DAY", "2025-11-22", "6"),
        ("Kamis, 30 Oktober 2025", "DAY", "2025-10-30", "4"),
        ("Kamis 30 Oktober 2025", "DAY", "2025-10-30", "4"),
        ("Jumat pagi (14/11)", "DAY", "????-11-14", "5"),
        ("Jum'at malam, 14 November 2025", "DAY", "2025-11-14", "5"),
        ("Ahad (16/11/2025)", "DAY", "2025-11-16", "7"),
        ("tanggal 5 Nopember 2025", "DAY", "2025-11-05", ""),
        ("tertanggal 11 Agustus 2025", "DAY", "2025-08-11", ""),
        ("16-18 Juli 2025", "DAY", "2025-07-16", ""),
        ("23 dan 24 September 2025", "DAY", "2025-09-23", ""),
        ("30.10.2025", "DAY", "2025-10-30", ""),
        ("2025-10-30", "DAY", "2025-10-30", ""),
        ("1 September lalu", "DAY", "????-09-01", ""),
        ("15 Januari mendatang", "DAY", "????-01-15", "+"),
        ("akhir Juli 2025 lalu", "MONTH", "2025-07", ""),
        ("pertengahan Desember", "MONTH", "????-12", ""),
        ("sejak Maret", "MONTH", "????-03", ""),
        ("Oktober 2026", "MONTH", "2026-10", ""),
        ("pada 2026", "YEAR", "2026", ""),
        ("Tahun 2025", "YEAR", "2025", ""),
        ("semester I 2026", "PART", "2026|2026-06", ""),
        ("semester pertama tahun 2026", "PART", "2026|2026-06", ""),
        ("triwulan III 2026", "PART", "2026|2026-09", ""),
        ("akhir 2025", "PART", "2025|2025-12", ""),
        ("Kamis kemarin", "DAY", "~D<:4", ""),
        ("Sabtu malam pekan lalu", "DAY", "~W-1:6", ""),
        ("Senin mendatang", "DAY", "~D>:1", ""),
        ("awal bulan depan", "MONTH", "~M+1", ""),
        ("tahun depan", "YEAR", "~Y+1", ""),
        ("semester pertama tahun depan", "PART", "~Y+1|06", ""),
        ("sebelum pergantian tahun", "PART", "~Y+0|12", ""),
        ("Kamis pekan lalu (30/10)", "DAY", "????-10-30", "4"),
        ("rampung Februari", "MONTH", "????-02", ""),
    ],
)
def test_a_date_is_found(text: str, label: str, value: str, mark: str) -> None:
    assert [(kind, day, sign) for _, kind, day, sign in dates(text)] == [(label, value, mark)]


@pytest.mark.parametrize(
    "text",
    [
        "1-2 persen lowongan",
        "rencana 2026-2030",
        "Keputusan Nomor 138/471/2025",
        "tahun ajaran 2025/2026",
        "pukul 14.30",
        "31/2 bagian",
        "Eko Juli Purnomo hadir",
        "ibu Mei pulang",
        "Universitas Sebelas Maret hadir",
        "camat lalu pulang",
        "8.573 desa",
        "Rp 2025 saja",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("published", "value", "counted"),
    [
        ("2025-10-31", "~D<:4", "2025-10-30"),
        ("2025-10-30", "~D<:4", "2025-10-23"),
        ("2025-10-31", "~D>:5", "2025-11-07"),
        ("2025-12-12", "~W-1:6", "2025-12-06"),
        ("2025-12-12", "~W+0:1", "2025-12-08"),
        ("2025-12-31", "~M+1", "2026-01"),
        ("2026-01-05", "~M-1", "2025-12"),
        ("2025-12-12", "~Y+1", "2026"),
        ("2025-12-12", "~Y+0|12", "2025|2025-12"),
    ],
)
def test_what_is_told_from_the_publication_is_counted_from_it(
    published: str, value: str, counted: str
) -> None:
    assert count_from(date.fromisoformat(published), value) == counted


def test_a_cue_file_out_of_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "dates.toml").write_text('year_parts = ["awal"]', encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"phrase = month"):
        build_nlp(load_vocabulary(tmp_path))


def test_a_week_of_eight_days_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "dates.toml").write_text('weekdays = ["pon"]', encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"'weekdays' needs 7 entries"):
        build_nlp(load_vocabulary(tmp_path))
