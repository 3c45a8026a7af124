"""Names of victims, children and the sick are found wherever a sentence tells them; officials keep theirs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from db.public.privacy import hide
from db.records import Facts
from tests.extract.reading import read

HERE = Path(__file__).parent
HIDDEN = tomllib.loads((HERE / "hidden.toml").read_text("utf-8"))["sentence"]
KEPT = tomllib.loads((HERE / "kept.toml").read_text("utf-8"))["kept"]

LEAD = (
    "PURBALINGGA – Kecamatan Bukateja menjadi percontohan program Kecamatan Berdaya di Kabupaten Purbalingga."
)
TITLE = "Bukateja Jadi Percontohan Kecamatan Berdaya"


def read_sentence(sentence: str) -> Facts:
    return read(sentence, title=TITLE, opening=f"{LEAD}\n\n")


def is_shown(secret: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text) is not None


@pytest.mark.parametrize("case", HIDDEN, ids=[case["text"][:40] for case in HIDDEN])
def test_hides_private_people(case: dict[str, str]) -> None:
    facts = read_sentence(case["text"])
    assert facts.relevant
    shown = hide(case["text"], facts.private)
    assert not [secret for secret in case["hidden"] if is_shown(secret, shown)], shown
    assert not [p.name for p in facts.people if any(is_shown(s, p.name) for s in case["hidden"])]


@pytest.mark.parametrize("sentence", KEPT, ids=[sentence[:40] for sentence in KEPT])
def test_officials_keep_their_names(sentence: str) -> None:
    facts = read_sentence(sentence)
    assert facts.relevant
    assert hide(sentence, facts.private) == sentence


def test_there_are_enough_sentences() -> None:
    assert len(HIDDEN) >= 60
    assert len(KEPT) >= 40


def test_a_name_hidden_once_is_hidden_in_the_whole_article() -> None:
    facts = read(
        "Korban bernama Melati Putri (14) melapor.\n\nEsoknya Melati pulang. Ia, Putri, tak mau makan.",
        title="MELATI PUTRI Didampingi RPPA Bukateja",
        opening=f"{LEAD}\n\n",
    )
    for text in (
        "Esoknya Melati pulang.",
        "Ia, Putri, tak mau makan.",
        "MELATI PUTRI Didampingi RPPA",
    ):
        assert "elati" not in hide(text, facts.private).lower()
        assert "Putri" not in hide(text, facts.private)


def test_initials_are_hidden_without_touching_other_names() -> None:
    facts = read("Korban M (14) melapor. Camat M. Yusuf menjemput M dari rumahnya.", opening=f"{LEAD}\n\n")
    shown = hide("Camat M. Yusuf menjemput M dari rumahnya.", facts.private)
    assert shown == "Camat M. Yusuf menjemput [nama disamarkan] dari rumahnya."


def test_an_official_of_another_sentence_keeps_the_name() -> None:
    facts = read(
        "Kepala Dinas Sosial Kendal, Budi Santoso, hadir.\n\n“Korban sudah pulang,” kata Budi Santoso.",
        opening=f"{LEAD}\n\n",
    )
    assert hide("“Korban sudah pulang,” kata Budi Santoso.", facts.private).endswith("kata Budi Santoso.")


def test_heads_of_the_neighbourhood_and_volunteers_are_not_listed() -> None:
    facts = read(
        "Ketua RT 03, Parjono, hadir. Relawan RPPA Kendal, Wahyuni Astuti, ikut. "
        "Camat Kendal, Heru Wicaksono, membuka acara.",
        opening=f"{LEAD}\n\n",
    )
    unlisted = {words.printed for words in facts.private if words.kind == "unlisted"}
    assert unlisted == {"Parjono", "Wahyuni Astuti"}
    assert "Heru Wicaksono" in {person.name for person in facts.people}
