"""A village, its kecamatan and its regency in a row, as the press gives addresses, all over the province."""

from __future__ import annotations

import pytest

from db.records import Kecamatan, Village
from extract.nlp import read_doc
from extract.vocabulary.load import load_vocabulary
from tests.extract.reading import engine, read

AREAS = load_vocabulary().areas
#: "Kota Kudus, Kudus" is the town as much as the kecamatan.
AMBIGUOUS = {"33.19.02"}


def first_village(kecamatan: Kecamatan) -> Village:
    """One whose own name holds no word for a village ("Dukuh Tengah")."""
    return next(
        v
        for v in AREAS.villages
        if v.kecamatan == kecamatan.code and not v.name.lower().startswith(("dukuh", "kampung", "dusun"))
    )


def read_spans(text: str) -> list[tuple[str, str, str]]:
    vocabulary, nlp = engine()
    doc = read_doc(nlp, vocabulary, "Kabar", text)
    return [(s.text, s.label_, s.kb_id_) for s in doc.spans["places"]]


@pytest.mark.parametrize("regency", AREAS.regencies, ids=lambda regency: regency.name)
def test_a_bare_address_names_its_kecamatan(regency: object) -> None:
    wrong = []
    for kecamatan in AREAS.kecamatan:
        if AREAS.regency_of(kecamatan.code) != regency or kecamatan.code in AMBIGUOUS:
            continue
        village = first_village(kecamatan)
        noun = "Kelurahan" if village.kind == "kelurahan" else "Desa"
        short = AREAS.short(AREAS.regency_of(kecamatan.code))
        text = f"Kecelakaan terjadi di {noun} {village.name}, {kecamatan.name}, {short}, Sabtu pagi."
        spans = read_spans(text)
        if [code for _, label, code in spans if label == "KECAMATAN"] != [kecamatan.code]:
            wrong.append((text, spans))
    assert wrong == []


def test_the_heading_of_the_next_list_is_no_address() -> None:
    text = (
        "Dua kabupaten menyerahkan nama kecamatan percontohan Kecamatan Berdaya. Berikut daftarnya:\n\n"
        "Sukoharjo\n- Bulu\n- Weru\n\nTemanggung\n- Tlogomulyo\n- Kledung\n"
    )
    pilots = {(k.kecamatan, k.regency) for k in read(text, opening="").pilot_kecamatan}
    assert pilots == {
        ("Bulu", "Kabupaten Sukoharjo"),  # Temanggung has a Bulu too
        ("Weru", "Kabupaten Sukoharjo"),
        ("Tlogomulyo", "Kabupaten Temanggung"),
        ("Kledung", "Kabupaten Temanggung"),
    }
