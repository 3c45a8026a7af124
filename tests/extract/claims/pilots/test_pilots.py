"""Pilots and other kecamatan in sentences as the regional press writes them."""

from __future__ import annotations

import pytest

from db.records import Facts
from tests.extract.reading import read


def pilots(facts: Facts) -> set[str]:
    return {c.kecamatan for c in facts.pilot_kecamatan}


def others(facts: Facts) -> dict[str, str]:
    return {c.kecamatan: c.status for c in facts.other_kecamatan}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "WONOGIRI - Sebanyak lima kecamatan di Wonogiri ditetapkan sebagai pilot project Kecamatan "
            "Berdaya. "
            "Yakni Kecamatan Jatisrono, Slogohimo, Purwantoro, Baturetno, dan Wuryantoro.",
            {"Jatisrono", "Slogohimo", "Purwantoro", "Baturetno", "Wuryantoro"},
            id="list in a sentence of its own",
        ),
        pytest.param(
            "Kabupaten Grobogan menunjuk Kecamatan Purwodadi, Toroh, Geyer dan Wirosari sebagai lokus "
            "Kecamatan Berdaya.",
            {"Purwodadi", "Toroh", "Geyer", "Wirosari"},
            id="one cue for the whole list",
        ),
        pytest.param(
            "PEKALONGAN – Seluruh kecamatan di Kota Pekalongan, yakni Pekalongan Utara, Pekalongan Barat, "
            "Pekalongan Timur, dan Pekalongan Selatan menjalankan Kecamatan Berdaya.",
            {"Pekalongan Utara", "Pekalongan Barat", "Pekalongan Timur", "Pekalongan Selatan"},
            id="names with compass words",
        ),
        pytest.param(
            "Kecamatan Gunungpati Kota Semarang terpilih sebagai salah satu pilot project Kecamatan Berdaya. "
            "Selain Gunungpati, ada Mijen dan Tugu.",
            {"Gunungpati", "Mijen", "Tugu"},
            id="besides a known pilot",
        ),
        pytest.param(
            "KENDAL - Kecamatan Sukorejo mendukung Kecamatan Berdaya. Camatnya mengatakan Sukorejo "
            "menjadi pilot "
            "project bersama Boja dan Weleri.",
            {"Sukorejo", "Boja", "Weleri"},
            id="together with others",
        ),
        pytest.param(
            "PATI – Dari 21 kecamatan di Pati, hanya lima yang jadi pilot project Kecamatan Berdaya. "
            "Kelimanya "
            "adalah Gembong, Tlogowungu, Cluwak, Dukuhseti, dan Tayu.",
            {"Gembong", "Tlogowungu", "Cluwak", "Dukuhseti", "Tayu"},
            id="kelimanya",
        ),
        pytest.param(
            "TEMANGGUNG - Kecamatan Berdaya di Temanggung menyasar 5 kecamatan: Bulu, Tembarak, "
            "Kranggan, Kaloran, "
            "Kandangan.",
            {"Bulu", "Tembarak", "Kranggan", "Kaloran", "Kandangan"},
            id="where the programme runs, without the word pilot",
        ),
        pytest.param(
            "KUDUS - Empat kecamatan di Kudus menjadi pilot project Kecamatan Berdaya, meliputi Kota, "
            "Jati, Undaan, "
            "dan Dawe.",
            {"Kota Kudus", "Jati", "Undaan", "Dawe"},
            id="the kecamatan called Kota",
        ),
        pytest.param(
            "BOYOLALI – Kecamatan Selo jadi Kecamatan Berdaya. “Kami pilih Selo, Cepogo, Musuk, dan "
            "Tamansari,” "
            "kata Bupati Boyolali.",
            {"Selo", "Cepogo", "Musuk", "Tamansari"},
            id="what it became, and a list in a quote",
        ),
        pytest.param(
            "Percontohan Kecamatan Berdaya tahun ini: Kab. Tegal (Bumijawa, Bojong); Kab. Pemalang "
            "(Moga, Belik).",
            {"Bumijawa", "Bojong", "Moga", "Belik"},
            id="regencies with their lists in brackets",
        ),
        pytest.param(
            "BANJARNEGARA: Kecamatan Purwareja Klampok, Mandiraja, dan Puncawangi dipilih menjadi "
            "percontohan "
            "Kecamatan Berdaya di Banjarnegara.",
            {"Purworeja Klampok", "Mandiraja"},
            id="a spelling of the press; a name that the regency lacks is none",
        ),
        pytest.param(
            "PATI - Kecamatan Puncawangi di Kabupaten Pati menjadi percontohan Kecamatan Berdaya.",
            {"Pucakwangi"},
            id="a misprint",
        ),
    ],
)
def test_pilots(text: str, named: set[str]) -> None:
    facts = read(text, opening="")
    assert pilots(facts) == named
    assert all(e.quote in e.sentence for c in facts.pilot_kecamatan for e in c.evidence)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "SEMARANG – Gubernur mencanangkan 150 kecamatan percontohan Kecamatan Berdaya di Lapangan "
            "Desa Sidodadi, "
            "Kecamatan Masaran, Kabupaten Sragen.",
            {"Masaran": "mentioned"},
            id="the venue of the launch",
        ),
        pytest.param(
            "KLATEN – Pelatihan pengelola RPPA Kecamatan Berdaya diikuti perwakilan Kecamatan Bayat, "
            "Cawas, dan Wedi "
            "di Aula Kecamatan Pedan.",
            dict.fromkeys(("Bayat", "Cawas", "Wedi", "Pedan"), "mentioned"),
            id="participants",
        ),
        pytest.param(
            "Program Kecamatan Berdaya di Banyumas berlanjut. Kecamatan Wangon dan Jatilawang "
            "direncanakan masuk tahap "
            "kedua pada 2026.",
            dict.fromkeys(("Wangon", "Jatilawang"), "planned"),
            id="a later phase",
        ),
        pytest.param(
            "SALATIGA - Soal Kecamatan Berdaya, tiga kecamatan (Sidorejo, Sidomukti, Tingkir) menyusul "
            "tahun depan.",
            dict.fromkeys(("Sidorejo", "Sidomukti", "Tingkir"), "planned"),
            id="a list in brackets that comes later",
        ),
        pytest.param(
            "Kecamatan Slawi, Kabupaten Tegal, ternyata tidak masuk daftar Kecamatan Berdaya.",
            {"Slawi": "negated"},
            id="not on the list",
        ),
        pytest.param(
            'KENDAL - Kecamatan Berdaya berjalan di Kendal. "Weleri sama Patean belum," kata Bupati Kendal.',
            dict.fromkeys(("Weleri", "Patean"), "negated"),
            id="belum at the end",
        ),
        pytest.param(
            "KENDAL - Program Kecamatan Berdaya disambut. Kecamatan Boja, Kabupaten Kendal, juga "
            "menjadi pilot project "
            "Sekolah Sampah Nusantara.",
            {"Boja": "mentioned"},
            id="a pilot of something else",
        ),
    ],
)
def test_others(text: str, named: dict[str, str]) -> None:
    facts = read(text, opening="")
    assert pilots(facts) == set()
    assert others(facts) == named


def test_a_pilot_and_a_plan_in_one_sentence() -> None:
    facts = read(
        "DEMAK - Kecamatan Karanganyar, Gajah, Wedung, dan Bonang ditunjuk sebagai percontohan "
        "Kecamatan Berdaya, "
        "sedangkan Kecamatan Mijen masih menunggu SK.",
        opening="",
    )
    assert pilots(facts) == {"Karanganyar", "Gajah", "Wedung", "Bonang"}
    assert {c.code for c in facts.pilot_kecamatan} == {"33.21.09", "33.21.08", "33.21.13", "33.21.12"}
    assert others(facts) == {"Mijen": "planned"}


def test_the_sentence_of_a_bulleted_pilot_holds_the_announcement() -> None:
    facts = read(
        "CILACAP - Berikut kecamatan percontohan Kecamatan Berdaya di Kabupaten Cilacap:\n\n- "
        "Patimuan\n- Kedungreja",
        opening="",
    )
    assert pilots(facts) == {"Patimuan", "Kedungreja"}
    for claim in facts.pilot_kecamatan:
        assert "percontohan" in claim.evidence[0].sentence
        assert claim.evidence[0].quote == claim.kecamatan


def test_items_with_blank_lines_between_them_are_one_list() -> None:
    facts = read(
        "KENDAL - Berikut kecamatan percontohan Kecamatan Berdaya di Kabupaten Kendal:\n\n"
        "- Kendal\n\n- Boja\n\n- Patean",
        opening="",
    )
    assert pilots(facts) == {"Kendal", "Boja", "Patean"}


def test_articles_off_the_topic_have_no_pilots() -> None:
    facts = read("Kecamatan Boja ditunjuk sebagai pilot project sekolah sampah di Kendal.", opening="")
    assert not facts.relevant
    assert pilots(facts) == set()
    assert others(facts) == {"Boja": "mentioned"}
