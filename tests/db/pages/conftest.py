"""Sites on files that are filled, empty and full of hostile words, each as working and as public one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.public.publish import publish
from db.records import (
    Agency,
    Event,
    OtherKecamatan,
    Person,
    PilotKecamatan,
    Quantity,
    Responsibility,
)
from db.serve import build_datasette
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference, make_article, make_facts, quote

Ask = Callable[..., Any]

#: What somebody may put into a title, a name or a quote to harm a reader, each in its own way.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202eterbalik\u202c \u200fkanan",
    "=HYPERLINK(1)",
    "bunyi\x0blonceng\x01",
    "]]>&lt;&amp;",
    "A" * 10_000,
)


def fill_hostile(store: Store) -> None:
    """An article for each hostile string: in its title, text, names, roles, quotes, and a person's reason."""
    place = {"kecamatan": "Bukateja", "regency": "Kabupaten Purbalingga", "code": "33.03.02"}
    for number, words in enumerate(HOSTILE):
        text = (
            f"Kabupaten Purbalingga menunjuk {words} dan Bukateja. Ada 7 kecamatan {words} pada 3 November."
        )
        article = make_article(
            100 + number, text, title=words, authors=(words,), day=f"2025-11-{20 - number}"
        )
        store.save_article(article)
        evidence = (quote(article, words),)
        title = (quote(article, words, field="title"),)
        store.save_facts(
            make_facts(
                article,
                pilot_kecamatan=(PilotKecamatan(**place, evidence=evidence),),
                other_kecamatan=(
                    OtherKecamatan(**{**place, "code": "33.03.10"}, status=words, evidence=title),
                ),
                agencies=(
                    Agency(name=words, type="sosial", region="Kabupaten Purbalingga", evidence=evidence),
                ),
                responsibilities=(
                    Responsibility(
                        agency="sosial",
                        agency_name=words,
                        region="Kabupaten Purbalingga",
                        pillar="rppa",
                        evidence=evidence,
                    ),
                ),
                people=(
                    Person(
                        name=words,
                        role=f"Camat Purbalingga {words}",
                        evidence=evidence,
                        origin="human",
                        reason=f"{words} (2025-11-30)",
                    ),
                ),
                quantities=(
                    Quantity(
                        measure="kecamatan_pilot",
                        region="Kabupaten Purbalingga",
                        value=number,
                        evidence=evidence,
                    ),
                ),
                events=(
                    Event(
                        event="launch",
                        date=f"2025-11-{10 + number}",
                        region="Kabupaten Purbalingga",
                        evidence=evidence,
                    ),
                ),
            )
        )


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    with Store(folder / "pantau.db") as store:
        fill_reference(store)
        store.save_article(
            make_article(
                4, "Di Purbalingga ada 3 kecamatan percontohan.", title="Judul lama", day="2025-11-07"
            )
        )
        fill_newsroom(store)
    with Store(folder / "hostile.db") as store:
        fill_reference(store)
        with store.transaction():
            fill_hostile(store)
    Store(folder / "empty.db").close()
    for source, target in (("pantau", "public"), ("empty", "void"), ("hostile", "harm")):
        publish(folder / f"{source}.db", folder / f"{target}.db")
    return {path.stem: path for path in folder.glob("*.db")}


@pytest.fixture(scope="session")
def ask(files: dict[str, Path]) -> Ask:
    """`ask("public", "/wilayah", ...)` -> responses, one for each address."""
    sites = {name: build_datasette(path, name in ("public", "void", "harm")) for name, path in files.items()}

    def get(name: str, *urls: str, method: str = "GET") -> Any:
        async def fetch_all() -> list[Any]:
            await sites[name].invoke_startup()
            return [await sites[name].client.request(method, url) for url in urls]

        responses = asyncio.run(fetch_all())
        return responses[0] if len(urls) == 1 else responses

    return get
