"""Any text whatever gives a valid record, in time that grows with its length and no faster."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.extract.growth import OPENING, check_growth, measure
from tests.extract.reading import read_record

#: Pieces that the rules look for, to be put together in ways that no writer would.
PIECES = (
    *("Kecamatan Berdaya", "Kecamatan", "Kabupaten", "Kota", "Desa", "Bukateja", "Kejobong", "Magelang"),
    *("Rembang", "Kabupaten Purbalingga", "PURBALINGGA –", "Kabupaten Ngawi", "Jawa Timur"),
    *("empat kecamatan", "percontohan", "ditetapkan", "belum", "yakni", "meliputi", "dan", "serta"),
    *("Dinas Sosial", "Dinas Pemberdayaan Masyarakat dan Desa (DPMD)", "Dinporapar", "menangani", "RPPA"),
    *("sport center", "Kartu Zilenial", "lansia", "Camat Bukateja", "Bupati", "Kepala Bidang", "Plt."),
    *("Eko Juli Purnomo, S.H., M.Si.,", "Rp1,4 miliar", "4 (empat)", "30 Oktober 2025", "Kamis (30/10)"),
    *("31/02/2025", "akhir Juli", "diluncurkan", "SK Bupati", "ditargetkan", "Baca juga: ", "0", "٣", "²"),
    *("\n", "\n\n", "\n- ", "\n1. ", "\t", ":", ";", ",", "(", ")", '"', "“", "”", ".", "?", "-"),
    *("\ud83d", "😀", "\x00", "\u200b", "\u202e", "e\u0301", "İ", "ß"),
)

anything = st.text(st.characters(exclude_categories=()), max_size=80)
prose = st.lists(st.one_of(st.sampled_from(PIECES), anything), max_size=60).flatmap(
    lambda pieces: st.sampled_from([" ", ""]).map(lambda gap: gap.join(pieces))
)


@settings(max_examples=150)
@given(title=prose, text=prose)
@example(title="", text="")
@example(title="\ud83d", text="Kecamatan Berdaya \ud83d Camat Bukateja Eko \ude00 Purnomo, Purbalingga.")
def test_any_text_gives_a_valid_record(title: str, text: str) -> None:
    read_record(title, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n ",
        "\x00\x01\x02\x7f\x85\u2028",
        "(" * 10_000,
        "([{<«“" * 2_000 + "”»>}])" * 2_000,
        "KecamatanBerdaya" * 2_000,
        "😀👨‍👩‍👧‍👦🇮🇩" * 2_000,
        bytes(random.Random(1).randbytes(20_000)).decode("latin-1"),
        "a" * 100_000,
        "9" * 100_000,
        "Rp" + "9" * 5_000 + " miliar anggaran Kecamatan Berdaya",
        "Dr. " * 5_000,
        "\n" * 50_000,
    ],
    ids=lambda text: f"{text[:6]!a} {len(text)}",
)
def test_texts_that_are_none(text: str) -> None:
    assert not read_record(text[:200], text)["pilot_kecamatan"]


def test_a_sound_report_between_rubbish_is_read() -> None:
    told = "Bukateja dan Kejobong ditetapkan sebagai percontohan Kecamatan Berdaya di Kabupaten Purbalingga."
    record = read_record("\ud83d\ude00\ud83d", f"{'(' * 5_000}\n\n{told}\n\n\ud83d{'😀' * 5_000}")
    assert {k["kecamatan"] for k in record["pilot_kecamatan"]} == {"Bukateja", "Kejobong"}


#: Places at which each annotated article is cut.
CUTS = 8
GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("file", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_an_article_that_breaks_off_is_read(file: Path) -> None:
    """A teaser ends anywhere: rules that look at the next word must live without one."""
    chance = random.Random(file.stem)
    for line in file.read_text("utf-8").splitlines():
        article = json.loads(line)
        words = list(re.finditer(r"\S+", article["text"]))
        for word in chance.sample(words, CUTS):
            begin = max(0, word.start() - 600)
            read_record(article["title"], article["text"][begin : word.end()].rstrip(".,"))


@pytest.mark.parametrize(
    "text",
    [
        "Bupati dan wali kota",
        "KLATEN – Kecamatan Klaten",
        "Tahun depan dihadiri delapan kecamatan",
        "Dinas Sosial Kendal melaporkan",
    ],
)
def test_the_last_word_needs_no_next_one(text: str) -> None:
    read_record("Kecamatan Berdaya di Klaten", f"{OPENING}{text}")


# --- time ------------------------------------------------------------------------------------------

#: Repeated without end, each of these once made some search look at everything for every piece.
UNITS = {
    "names": "Bukateja, Kejobong, Kaligondang, ",
    "offices": "Dinas Sosial, Pemberdayaan ",
    "officials": "Bupati Purbalingga Eko, ",
    "degrees": "Camat Bukateja Wiratno Sabdo, S.H., M.Si., ",
    "speakers": "Kepala Dinas Sosial Purbalingga Eko Purnomo berkata RPPA ditangani. Eko berkata. ",
    "acronyms": "Dinas Pemberdayaan Masyarakat dan Desa (DPMD) Purbalingga menangani RPPA. ",
    "digits": "123 45.6 7,8 ",
    "brackets": "()[]{}",
    "open brackets": "(Dinas ",
    "no spaces": "KecamatanBerdaya",
    "items": "- Kecamatan Bukateja\n",
    "numbered": "1. Bukateja;\n",
    "announced": "Empat kecamatan percontohan:\n- Bukateja\n",
    "announced again": "Menetapkan 500 lokasi Kecamatan Berdaya:\n1. Bukateja\n2. Kejobong\n\n",
    "paragraphs": "Pilot berikut: Bukateja.\n\n",
    "quotes": "“Kami siap,” kata Bupati. ",
    "buildings": "RPPA sport center ",
    "built": "RPPA dan sport center ada di Desa Karangcengis, Kecamatan Bukateja, serta Desa Tidu. ",
    "dates": "Kamis (30/10/2025) ",
    "launches": "Peluncuran Kecamatan Berdaya di Bukateja, Kamis (30/10), oleh Bupati. ",
    "money": "Rp1,4 miliar anggaran ",
    "counts": "Ada 4 RPPA dan 5 sport center di 6 kecamatan. ",
    "misprints": "Kecamatan Bukatejo, ",
    "twins": "Magelang, Semarang, Tegal, ",
    "elsewhere": "Kabupaten Ngawi, Jawa Timur. Kecamatan Sidoharjo. ",
    "negations": "belum pilot, ",
    "pronouns": "Ketiganya menjadi percontohan. Bukateja dan Kejobong. ",
    "capitals": "PURBALINGGA ",
    "empty items": "\n- ",
    "empty numbers": "\n1. ",
    "short lines": "dan\n",
    "table": "\na | b",
    "blank lines": "\n \n",
    "joined officials": "Ketua dan serta dan ",
    "hidden people": "* Bupati Kendal Budi Santoso korban\n\n",
}


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_in_proportion(unit: str) -> None:
    check_growth(UNITS[unit])


@pytest.mark.slow
def test_five_megabytes_end_in_time() -> None:
    size = 5_000_000 // len(UNITS)
    text = OPENING + "\n\n".join(unit * (size // len(unit)) for unit in UNITS.values())
    assert len(text) > 4_900_000
    assert measure(text, runs=1) < 120  # about 25 on two old cores
