from __future__ import annotations

from pathlib import Path

import pytest

from db.records import Article
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary
from tests.extract.reading import read


@pytest.mark.parametrize(
    ("text", "pillars"),
    [
        ("RPPA dibuka.", ["rppa"]),
        ("Ada perlindungan bagi perempuan dan anak.", ["rppa"]),
        ("Ada pendampingan untuk perempuan dan anak korban kekerasan.", ["rppa"]),
        ("Sasarannya kaum difabel dan warga lanjut usia.", ["disabilitas-lansia"]),
        ("Warga berkebutuhan khusus dan manula dilayani.", ["disabilitas-lansia"]),
        ("Gen-Z dan milenial dilatih.", ["zilenial"]),
        ("Kartu Zilenial serta Taruna Karya Mandiri jalan.", ["zilenial"]),
        ("Ada sport centre dan pusat kegiatan olahraga.", ["sport-center"]),
        ("Perempuan, pemuda, dan petani dilatih.", []),
        ("Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kendal hadir.", []),
        ("Kabid Perlindungan Anak Dinsos Kendal, Rini Astuti, hadir.", []),
        ("Jangan sampai lansia terlupakan.", []),
    ],
)
def test_pillars(text: str, pillars: list[str]) -> None:
    assert [p.pillar for p in read(text).pillars] == pillars


@pytest.mark.parametrize(
    ("text", "pillars"),
    [
        ("Bus malam ke Pemalang berangkat dari Terminal Jompo.", set()),
        ("Pedagang Pasar Jompo kembali berjualan.", set()),
        ("Panti jompo di kota itu penuh.", {"disabilitas-lansia"}),
        ("Kafe baru itu ramai oleh anak milenial.", set()),
        ("Kaum milenial memadati alun-alun.", set()),
        ("Sasarannya kaum milenial.", {"zilenial"}),
        ("Setiap Jumat ibu-ibu mengikuti senam lansia di balai desa.", set()),
        ("Kaum milenial dilatih menjadi barista.", {"zilenial"}),
        ("Program itu menyasar difabel dan anak milenial.", {"disabilitas-lansia", "zilenial"}),
        ("Lansia mendapat kursi roda, lalu ikut senam lansia.", {"disabilitas-lansia"}),
    ],
)
def test_names_of_places_and_what_is_named_in_passing_are_none(text: str, pillars: set[str]) -> None:
    assert {p.pillar for p in read(text).pillars} == pillars


def test_the_name_is_stronger_evidence_than_a_paraphrase() -> None:
    (pillar,) = read("Korban kekerasan dilayani. Rumah Perlindungan Perempuan dan Anak siap.").pillars
    assert pillar.evidence[0].quote == "Rumah Perlindungan Perempuan dan Anak"
    assert [e.rule for e in pillar.evidence] == ["pillars.phrase", "pillars.service"]


PROGRAMME = """
id = "desa-terang"
name = "Desa Terang"
name_en = "Bright Villages"
province = "33"
unit = "desa"
names = ["desa terang"]

[[pillar]]
id = "lampu"
name = "Lampu jalan"
name_en = "Street lamps"
description = "Penerangan jalan desa."
phrases = ["lampu jalan"]
agencies = ["energi"]
"""
AGENCIES = """
[[type]]
id = "energi"
name = "Energi"
name_en = "Energy"
heads = ["dinas"]
words = ["energi"]
acronyms = ["disenergi"]
"""
CUES = 'handles = ["menyalakan"]'


def test_a_second_programme_from_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "cues").mkdir()
    (tmp_path / "programmes" / "desa-terang.toml").write_text(PROGRAMME, encoding="utf-8")
    (tmp_path / "agencies.toml").write_text(AGENCIES, encoding="utf-8")
    (tmp_path / "cues" / "responsibilities.toml").write_text(CUES, encoding="utf-8")
    vocabulary = load_vocabulary(tmp_path)
    nlp = build_nlp(vocabulary)
    text = "Program Desa Terang masuk Kabupaten Kendal. Disenergi Kendal menyalakan lampu jalan di tiga desa."
    article = Article(id="a", url="", outlet="", title="Kabar desa", text=text, published_at=None)
    facts = extract_facts(article, nlp, vocabulary, programme="desa-terang")
    assert facts.relevant
    assert [p.pillar for p in facts.pillars] == ["lampu"]
    assert [(a.type, a.region) for a in facts.agencies] == [("energi", "Kabupaten Kendal")]
    assert [(r.agency, r.pillar) for r in facts.responsibilities] == [("energi", "lampu")]
    assert not extract_facts(article, nlp, vocabulary, programme="kecamatan-berdaya").relevant
