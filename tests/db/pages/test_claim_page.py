"""A claim's page and its citations, and the pages of those who act."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from pathlib import Path

import pytest

from db.pages.parts.citations import Cited, write_citation
from db.serve import build_datasette
from tests.db.pages.addresses import FIGURE, PERSON, PILOT
from tests.db.pages.conftest import Ask
from tests.db.pages.html import read_text

CITED = Cited(
    claim="03e920d2",
    said="Bukateja, Kabupaten Purbalingga",
    quote="Bukateja",
    sentence="Bukateja\nmenjadi percontohan.",
    rule="pilots.clause",
    authors=("Rara Wulan", "Dewi {Anggrek}"),
    title="Judul & isi",
    outlet="Warta Contoh",
    published_on="2025-10-30",
    read_on="2025-10-31",
    url="https://warta.example/1",
    address="https://pantau.example/klaim/03e920d2",
)


def test_a_citation_is_text() -> None:
    assert write_citation(CITED, "txt") == (
        "Rara Wulan, Dewi {Anggrek}. “Judul & isi”. Warta Contoh, 30 Oktober 2025. https://warta.example/1 "
        "(dibaca 31 Oktober 2025). Dikutip: “Bukateja menjadi percontohan.” "
        "Pantau Berdaya: https://pantau.example/klaim/03e920d2"
    )


def test_a_citation_is_bibtex() -> None:
    entry = write_citation(CITED, "bib")
    assert entry.startswith("@misc{03e920d2,")
    assert "{{Rara Wulan} and {Dewi \\textbraceleft{}Anggrek\\textbraceright{}}}" in entry
    assert "urldate = {2025-10-31}" in entry
    assert "\\url{https://pantau.example/klaim/03e920d2}" in entry


def test_a_citation_is_ris() -> None:
    lines = write_citation(CITED, "ris").split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert {"AU  - Rara Wulan", "T2  - Warta Contoh", "DA  - 2025/10/30", "Y2  - 2025/10/31"} <= set(lines)
    assert lines[-2:] == ["ER  - ", ""]


def test_a_citation_is_csl_json() -> None:
    (entry,) = json.loads(write_citation(CITED, "json"))
    assert entry["type"] == "article-newspaper"
    assert entry["issued"] == {"date-parts": [[2025, 10, 30]]}
    assert entry["accessed"] == {"date-parts": [[2025, 10, 31]]}
    assert [author["literal"] for author in entry["author"]] == ["Rara Wulan", "Dewi {Anggrek}"]


def test_an_undated_article_is_cited_without_a_date() -> None:
    undated = Cited(**{name: getattr(CITED, name) for name in CITED.__slots__} | {"published_on": ""})
    assert "issued" not in json.loads(write_citation(undated, "json"))[0]
    assert "DA  -" not in write_citation(undated, "ris")
    assert "tanpa tanggal" in write_citation(undated, "txt")


@pytest.mark.parametrize("site", ["public", "pantau"])
def test_who_else_says_so_counts_a_story_once(ask: Ask, site: str) -> None:
    page = read_text(ask(site, f"/klaim/{PILOT}").text)
    assert "Siapa lagi yang mengatakannya (1)" in page
    assert "Salinan berita yang sama, tidak dihitung lagi: Kabar Contoh." in page


@pytest.mark.parametrize("site", ["public", "pantau"])
def test_who_says_otherwise_stands_beside_it(ask: Ask, site: str) -> None:
    page = read_text(ask(site, f"/klaim/{FIGURE}").text)
    assert page.index("Siapa yang mengatakan lain") < page.index(
        "Di Purbalingga ada 5 kecamatan percontohan."
    )


@pytest.mark.parametrize("site", ["public", "pantau"])
def test_the_history_tells_what_an_earlier_text_held(ask: Ask, site: str) -> None:
    rows = ask(site, "/unduh/claim_versions.json").json()
    figures = [row for row in rows if row["article"] == "a4" and row["kind"] == "quantities"]
    assert [row["held"] for row in figures] == [0]  # it said 3 before it said 5
    page = read_text(ask(site, f"/klaim/{figures[0]['claim']}").text)
    assert "kalimat ini belum ada." in page


def test_a_correction_can_be_copied_and_read(ask: Ask) -> None:
    page = ask("public", f"/klaim/{PILOT}").text
    shown = next(
        text
        for text in map(read_text, re.findall(r"<pre[^>]*>.*?</pre>", page, re.DOTALL))
        if "[[rej" in text
    )
    (entry,) = tomllib.loads(shown)["reject"]
    assert entry["article"] == "a1"
    assert entry["kind"] == "pilot_kecamatan"
    assert entry["claim"] == {"kecamatan": "Bukateja", "regency": "Kabupaten Purbalingga"}


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("redaksi@warta.example", "mailto:redaksi@warta.example?subject=Koreksi%20klaim%20"),
        ("https://warta.example/lapor", 'href="https://warta.example/lapor"'),
        ("", "belum mengisi alamatnya"),
    ],
)
def test_a_mistake_is_reported_to_the_operator(files: dict[str, Path], contact: str, link: str) -> None:
    site = build_datasette(files["public"], public=True, contact=contact, address="https://pantau.example")

    async def get() -> str:
        await site.invoke_startup()
        return str((await site.client.get(f"/klaim/{PILOT}", headers={"host": "evil.example"})).text)

    page = asyncio.run(get())
    assert link in page
    assert f"https://pantau.example/klaim/{PILOT}" in page
    assert "evil.example" not in page


@pytest.mark.parametrize(
    "path", ["/klaim/0000000000000000", "/klaim/x.bib", "/orang/siapa", "/instansi/x/y", "/berita/x"]
)
def test_what_does_not_exist_is_not_found(ask: Ask, path: str) -> None:
    assert ask("public", path).status_code == 404


def test_an_office_has_its_names_and_everything_said_of_it(ask: Ask) -> None:
    page = read_text(ask("public", "/instansi/sosial/33.03").text)
    assert "Dinas Sosial" in page
    assert "Dinas Sosial menangani RPPA di sana." in page
    assert "pelatihan paralegal RPPA digelar" in page


def test_only_people_with_an_office_are_listed(ask: Ask) -> None:
    assert "Tirta Laras" in ask("public", "/orang").text
    assert f"/klaim/{PERSON}" in ask("public", "/orang/tirta-laras").text
