"""The site: every page answers, with data and without, and shows what is hostile as text."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from db.public.publish import publish
from db.serve import build_datasette, serve
from db.store import Store, StoreError
from tests.db.invented import HOSTILE, fill_newsroom, fill_reference, make_article

Pages = dict[str, Any]

QUERIES = ("percontohan", "penanggung_jawab", "sejak", "angka_berbeda", "wilayah_senyap")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("site")
    with Store(folder / "pantau.db") as store:
        fill_reference(store)
        fill_newsroom(store)
    publish(folder / "pantau.db", folder / "public.db")
    Store(folder / "empty.db").close()
    publish(folder / "empty.db", folder / "void.db")
    return {name: folder / f"{name}.db" for name in ("pantau", "public", "empty", "void")}


@pytest.fixture(scope="module")
def ask(files: dict[str, Path]) -> Callable[..., Any]:
    """`ask("public", "/public/pilots", ...)` -> responses; one site per file, one event loop for all."""
    sites = {name: build_datasette(path, name in ("public", "void")) for name, path in files.items()}

    def get(name: str, *urls: str) -> Any:
        async def fetch_all() -> list[Any]:
            await sites[name].invoke_startup()
            return [await sites[name].client.get(url) for url in urls]

        responses = asyncio.run(fetch_all())
        return responses[0] if len(urls) == 1 else responses

    get.sites = sites  # type: ignore[attr-defined]
    return get


@pytest.mark.parametrize("name", ["pantau", "public", "empty", "void"])
def test_every_page_answers(ask: Callable[..., Any], name: str) -> None:
    block = ask.sites[name].metadata("databases")[name]  # type: ignore[attr-defined]
    assert set(QUERIES) == set(block["queries"])
    urls = ["/", f"/{name}", f"/{name}?_show_hidden=1", f"/{name}.json", "/assets/pantau.css"]
    for table in block["tables"]:
        urls += [f"/{name}/{table}", f"/{name}/{table}.json", f"/{name}/{table}.csv?_stream=1"]
    for query in block["queries"]:
        given = "wilayah=Purbalingga&pilar=rppa&sejak=2025-11-01"
        urls += [
            f"/{name}/{query}",
            f"/{name}/{query}?{given}",
            f"/{name}/{query}.csv",
            f"/{name}/{query}.json",
        ]
    for response, url in zip(ask(name, *urls), urls, strict=True):
        assert response.status_code == 200, url
        if response.headers["content-type"].startswith("text/html"):
            assert '<html lang="id">' in response.text
            assert "alert(1)</script>" not in response.text
            assert response.text.count("<h1") == 1


def test_no_page_loads_anything_from_elsewhere(ask: Callable[..., Any]) -> None:
    for response in ask("public", "/", "/public", "/public/pilots", "/public/sejak", "/public/articles/a8"):
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]+)"', response.text)
        assert loaded
        assert [
            url for url in loaded if not url.startswith("/") and not url.startswith("http://localhost/")
        ] == []


def test_hostile_titles_are_text(ask: Callable[..., Any]) -> None:
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;Bukateja&lt;/b&gt;"
    for response in ask(
        "pantau", "/pantau/articles", "/pantau/articles/a8", "/pantau/sejak", "/pantau/article_pillars"
    ):
        assert escaped in response.text
    row = ask("pantau", "/pantau/articles/a8.json").json()["rows"][0]
    assert HOSTILE in row


def test_hostile_addresses_are_no_links_of_ours(tmp_path: Path) -> None:
    with Store(tmp_path / "x.db") as store:
        fill_reference(store)
        for number, url in enumerate(('http://["><b>', "javascript:alert(1)", "https://")):
            store.save_article(make_article(number, "Isi.", url=url))
    site = build_datasette(tmp_path / "x.db")

    async def fetch() -> list[Any]:
        await site.invoke_startup()
        return [await site.client.get(f"/x/articles{rest}") for rest in ("", "/a0", "/a1", "/a2")]

    for response in asyncio.run(fetch()):
        assert response.status_code == 200
        assert "<b>" not in response.text
        assert 'href="javascript' not in response.text


def test_home_leads_to_the_questions(ask: Callable[..., Any]) -> None:
    filled, empty = ask("public", "/").text, ask("empty", "/").text
    for query in QUERIES:
        assert f'href="/public/{query}"' in filled
    assert 'action="/cari"' in filled
    assert "dari 5 kabupaten/kota diberitakan" in filled
    assert re.search(r"diberitakan\s*(<[^>]+>\s*)*1\b", filled)
    assert "11 November 2025" in filled
    assert "pantau run" in empty
    assert "pantau run" not in filled


def table(html: str) -> list[list[str]]:
    """The cells of the page's first table, as text."""
    body = html.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in html else ""
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def test_the_five_questions_are_answered(ask: Callable[..., Any]) -> None:
    pilots = table(ask("public", "/public/percontohan?wilayah=purbalingga").text)
    assert [[*row[:2], row[4], row[5]] for row in pilots] == [
        ["Bukateja", "Kabupaten Purbalingga", "2", "2"],
        ["Karangreja", "Kabupaten Purbalingga", "1", "1"],
    ]
    assert table(ask("public", "/public/percontohan?wilayah=Cilacap").text) == []

    [handled] = table(ask("public", "/public/penanggung_jawab?pilar=rppa&wilayah=Purbalingga").text)
    assert handled[1:4] == ["Kabupaten Purbalingga", "Dinas sosial", "Dinas Sosial"]

    since = table(ask("public", "/public/sejak?sejak=2025-11-10").text)
    assert [row[0] for row in since] == ["11 November 2025", "11 November 2025", "10 November 2025"]
    assert len(table(ask("public", "/public/sejak").text)) == 24
    assert {row[2] for row in table(ask("public", "/public/sejak?wilayah=Semarang").text)} == {
        "Kota Semarang (disebut saja)"
    }

    # four on 30 October and five on 7 November is growth: the two do not speak of one time
    assert table(ask("public", "/public/angka_berbeda").text) == []

    silent = table(ask("public", "/public/wilayah_senyap").text)
    assert [row[:2] for row in silent] == [
        ["Kabupaten Kebumen", "tidak terpantau"],
        ["Kabupaten Magelang", "mungkin"],
        ["Kota Magelang", "mungkin"],
        ["Kota Semarang", "disebut saja"],
    ]


def test_search_and_labels(ask: Callable[..., Any]) -> None:
    found = table(ask("public", "/public/sentences?_search=lokasi").text)
    assert [row[2] for row in found] == ["Kecamatan Bukateja dan Karangreja ditunjuk sebagai lokasi."]
    claims = ask("public", "/public/pilot_kecamatan?_search=lokasi").text
    assert len(table(claims)) == 2
    assert ">Kabupaten Purbalingga</a>" in claims  # the label of a foreign key
    assert ">Kabar nomor 3</a>" in claims
    assert len(table(ask("pantau", "/pantau/articles?_search=menunggu").text)) == 1
    assert table(ask("public", "/public/articles?_search=menunggu").text) == []
    assert len(table(ask("public", '/public/sentences?_search="ditunjuk+sebagai"').text)) == 1
    assert table(ask("public", '/public/sentences?_search="sebagai+ditunjuk"').text) == []
    for hostile in ('"', '"""', "%22a", "'", "AND", "*", "a OR", "%3Cscript%3E", "(" * 50):
        assert ask("public", f"/public/sentences?_search={hostile}").status_code == 200


def test_facets_are_offered(ask: Callable[..., Any]) -> None:
    facets = ask("public", "/public/pilot_kecamatan.json").json()["facet_results"]
    assert facets["regency_code"]["results"][0]["label"] == "Kabupaten Purbalingga"


def test_visitors_cannot_write(ask: Callable[..., Any], files: dict[str, Path]) -> None:
    before = files["pantau"].read_bytes()
    for sql in ("delete+from+articles", "pragma+user_version=9", "attach+'x.db'+as+x"):
        assert ask("pantau", f"/pantau?sql={sql}").status_code == 400
    assert files["pantau"].read_bytes() == before
    slow = "with+recursive+n(i)+as+(select+1+union+all+select+i%2B1+from+n)+select+max(i)+from+n"
    assert ask("public", f"/public?sql={slow}").status_code == 400


def test_only_the_public_file_is_given_away(ask: Callable[..., Any], files: dict[str, Path]) -> None:
    response = ask("public", "/public.db")
    assert response.status_code == 200
    assert response.content == files["public"].read_bytes()
    assert ask("pantau", "/pantau.db").status_code == 403


def test_missing_page_is_explained_without_a_traceback(
    ask: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    response = ask("public", "/tidak-ada")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.text
    assert capfd.readouterr() == ("", "")


def test_wrong_files_are_refused(files: dict[str, Path], tmp_path: Path) -> None:
    for path, public, words in (
        (files["pantau"], True, "working database"),
        (files["public"], False, "published database"),
        (tmp_path / "none.db", True, "run 'pantau publish' first"),
    ):
        with pytest.raises(StoreError, match=words):
            build_datasette(path, public)


def test_address_in_use(files: dict[str, Path]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StoreError, match=r"cannot listen on 127\.0\.0\.1:.*choose another with --port"):
            serve(files["public"], port=taken.getsockname()[1], public=True)
    with pytest.raises(StoreError, match="cannot listen"):
        serve(files["public"], port=99999, public=True)


def test_rows_link_to_what_they_refer_to(ask: Callable[..., Any]) -> None:
    claim = ask("public", "/public/pilot_kecamatan.json?_shape=array").json()[0]
    page = ask("public", f"/public/pilot_kecamatan/{claim['id']}").text
    assert f'<a href="/public/articles/{claim["article"]}">Kabar nomor' in page
    assert ">Bukateja</a>" in page
    url = "https://warta.example/2025/1"
    assert f'<a href="{url}">{url}</a>' in ask("public", "/public/articles/a1").text
    assert (
        f'<a href="{url}" title="{url}">warta.example</a>'
        in ask("public", "/public/all_claims?article=a1").text
    )
