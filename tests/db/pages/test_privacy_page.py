"""The page on privacy, right of reply and removal names the operator, in both languages."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from db.pages.about import link_contact
from db.serve import build_datasette
from db.store import Store


def read(path: Path, address: str, contact: str = "") -> str:
    site = build_datasette(path, contact=contact)
    response = asyncio.run(site.client.get(address))
    assert response.status_code == 200
    return str(response.text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Store(tmp_path / "pantau.db").close()
    return tmp_path / "pantau.db"


@pytest.mark.parametrize(
    ("address", "words"),
    [("/privasi", "Hak jawab"), ("/en/privasi", "Right of reply"), ("/en/privacy", "Right of reply")],
)
def test_names_the_operator(path: Path, address: str, words: str) -> None:
    page = read(path, address, "redaksi@warta.example")
    assert words in page
    assert '<a href="mailto:redaksi@warta.example">redaksi@warta.example</a>' in page


def test_says_that_no_contact_is_given(path: Path) -> None:
    assert "belum mengisi alamatnya" in read(path, "/privasi")


def test_every_page_leads_there(path: Path) -> None:
    assert 'href="/privasi"' in read(path, "/")
    assert 'href="/en/privasi"' in read(path, "/en/")


def test_a_contact_that_is_no_address_is_no_link() -> None:
    assert link_contact("javascript:alert(1)") == ""
    assert link_contact("https://warta.example/kontak") == "https://warta.example/kontak"
