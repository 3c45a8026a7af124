"""Title and text are two fields: nothing that is found begins in the one and ends in the other."""

from __future__ import annotations

import pytest

from extract.article.doc import reading, spans
from extract.nlp import CLAIM_FINDERS, TOPIC_FINDERS, read_doc
from tests.extract.reading import OPENING, engine, read_record

#: A finder's key in `doc.spans`, and a phrase of several words that it finds.
PHRASES = [
    ("places", "Kecamatan Gunung Pati"),
    ("places", "Jawa Tengah"),
    ("agencies", "Dinas Pemberdayaan Masyarakat dan Desa (DPMD) Kabupaten Kendal"),
    ("programmes", "Kecamatan Berdaya"),
    ("pillars", "Rumah Perlindungan (Pelindungan) Perempuan dan Anak"),
    ("pillars", "Rumah (Aman) Perlindungan Perempuan dan Anak"),
    ("pillars", "Sport Center"),
    ("dates", "Kamis (30 Oktober 2025)"),
    ("numbers", "seratus dua puluh"),
    ("numbers", "4 (empat)"),
    ("numbers", "Rp 1,4 miliar"),
    ("people", "Kepala Dinas Sosial Kendal, Wagiyo Utomo Sabdo"),
    ("people", "Wagiyo Utomo Sabdo, Kepala Bidang Sosial Kendal"),
]


def crossing(title: str, text: str) -> list[str]:
    """What any finder found that reaches from title into text."""
    vocabulary, nlp = engine()
    doc = read_doc(nlp, vocabulary, title, text)
    field = reading(doc).field
    keys = doc.user_data["spans"]
    assert len(keys) >= len((*TOPIC_FINDERS, *CLAIM_FINDERS))
    found = [(s.start, s.end) for key in keys for s in spans(doc, key)]
    found += [tuple(int(t) for t in s.id_.split(":")) for s in spans(doc, "people")]  # their offices
    return [doc[first:last].text for first, last in found if field(first) != field(last - 1)]


@pytest.mark.parametrize(("key", "phrase"), PHRASES)
def test_no_finding_crosses_from_title_into_text(key: str, phrase: str) -> None:
    vocabulary, nlp = engine()
    whole = read_doc(nlp, vocabulary, "Kabar", f"{OPENING}Ada {phrase} di sana.")
    assert any(len(s) > 1 for s in spans(whole, key)), "the phrase tests nothing"
    words = phrase.split()
    for cut in range(1, len(words)):
        title, text = f"Ada {' '.join(words[:cut])}", f"{' '.join(words[cut:])} di sana."
        assert not crossing(title, text)
        for opening in ("", "Kecamatan Berdaya di Kabupaten Kendal: "):
            read_record(opening + title, text)


def test_a_phrase_that_goes_on_in_the_text_is_no_evidence() -> None:
    title = "Kecamatan Berdaya di Kendal: kawal Perlindungan"
    text = "hukum untuk perempuan dan anak, Kabupaten Kendal. RPPA berdiri di Boja."
    quotes = [e["quote"] for p in read_record(title, text)["pillars"] for e in p["evidence"]]
    assert quotes
    assert all(quotes)
