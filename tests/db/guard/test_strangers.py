"""What strangers may ask of a public site, and what it may cost."""

from __future__ import annotations

import asyncio
import csv
import io
import resource
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from db.pages.policy import Site
from db.public.publish import publish
from db.serve import build_datasette
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT {} FROM n"

#: Queries that take memory within their time limit: by one value, by many of them, by rows, by columns.
GREEDY = (
    ENDLESS.format("group_concat(hex(zeroblob(100000)))"),
    ENDLESS.format("json_group_array(hex(zeroblob(100000)))"),
    ENDLESS.format("hex(zeroblob(99000))"),
    "SELECT hex(zeroblob(1000000000))",
    "SELECT replace(hex(zeroblob(90000)), '0', hex(zeroblob(90000)))",
    ENDLESS.format(", ".join(["group_concat(hex(zeroblob(50000)))"] * 300)),
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strangers")
    with Store(folder / "pantau.db") as store:
        fill_reference(store)
        fill_newsroom(store)
    publish(folder / "pantau.db", folder / "public.db")
    return folder / "public.db"


@cache
def build(path: Path) -> Site:
    return build_datasette(path, public=True)


def ask(path: Path, *urls: str, method: str = "GET") -> list[Any]:
    async def fetch() -> list[Any]:
        site = build(path)
        await site.invoke_startup()
        return [await site.client.request(method, url) for url in urls]

    return asyncio.run(fetch())


def test_no_query_takes_the_memory(public: Path) -> None:
    [first] = ask(public, "/")
    assert first.status_code == 200
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for sql, answer in zip(
        GREEDY, ask(public, *(f"/public.json?sql={quote(sql)}" for sql in GREEDY)), strict=True
    ):
        assert answer.status_code == 400, (sql, answer.status_code)
        assert len(answer.content) < 40_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000, f"{grown} kB more than before"  # one of these took 3.7 GB


def test_twenty_endless_queries_are_ended_and_the_page_is_answered(public: Path) -> None:
    """How long the page takes beside them is no test's to say: the CHANGELOG has what was measured."""

    async def fetch() -> tuple[int, list[int]]:
        site = build_datasette(public, public=True)
        await site.invoke_startup()
        await site.client.get("/")
        url = f"/public.json?sql={quote(ENDLESS.format('count(*)'))}"
        endless = [asyncio.ensure_future(site.client.get(url)) for _ in range(20)]
        page = await site.client.get("/")
        return page.status_code, [answer.status_code for answer in await asyncio.gather(*endless)]

    page, answered = asyncio.run(fetch())
    assert page == 200
    assert set(answered) == {400}


def test_more_than_may_wait_are_told_to_come_again(public: Path) -> None:
    async def fetch() -> list[Any]:
        site = build_datasette(public, public=True)
        await site.invoke_startup()
        await site.client.get("/")
        url = f"/public?sql={quote(ENDLESS.format('count(*)'))}"
        tasks = [asyncio.ensure_future(site.client.get(url)) for _ in range(40)]
        done, waiting = await asyncio.wait(tasks, timeout=1.5)
        for task in waiting:
            task.cancel()
        return [task.result() for task in done]

    busy = [answer for answer in asyncio.run(fetch()) if answer.status_code == 503]
    assert len(busy) >= 10
    assert busy[0].headers["retry-after"]
    assert "Terlalu banyak pertanyaan" in busy[0].text


@pytest.mark.parametrize(
    ("status", "url"),
    [
        *((404, url) for url in ("/en//evil.example", "//evil.example/", "/en/\\evil.example", "/a//b")),
        *(
            (400, f"/public/articles{rest}")
            for rest in (
                "?_sort=nope", "?_sort_desc=nope", ".csv?_sort=nope", ".json?_sort=nope", "?_through=x",
                "?_through=%7B%22table%22%3A%22x%22%7D", "?_search=%00", "?_next=a,b,c", "?_where=nope",
                "?" + "&".join(["_facet=outlet"] * 30), "?" + "&".join(["x=1"] * 300), "/%00",
            )
        ),
        (400, "/cari?q=%00"),
        (400, "/artikel?media=%00"),
        (400, "/wilayah/%00"),
        *(
            (404, f"/{internal}{form}")
            for internal in (
                "-/versions", "-/threads", "-/plugins", "-/databases", "-/allow-debug", "-/patterns",
                "-/metadata", "-/settings", "-/actor", "-/permissions", "-/messages", "-/logout",
                "-/auth-token", "-/config", "_memory", "_internal", ":memory:",
            )
            for form in ("", ".json")
        ),
    ],
)  # fmt: skip
def test_what_no_page_answers_is_refused_plainly(
    public: Path, status: int, url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for answer in ask(public, url, url if url.startswith(("/en", "//")) else f"/en{url}"):
        assert answer.status_code == status
        assert 'href="//' not in answer.text
        assert "evil.example" not in answer.text
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_nothing_is_sent_to_the_site(public: Path, method: str) -> None:
    for answer in ask(
        public, "/public/articles", "/public", "/", "/-/permissions", "/tidak-ada", method=method
    ):
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_downloads_of_sql_start_no_formula(public: Path) -> None:
    sql = quote("SELECT '=HYPERLINK(1)' AS a, '+1' AS b, -2 AS c, 'x' AS d")
    [answer] = ask(public, f"/public.csv?sql={sql}")
    [_, row] = csv.reader(io.StringIO(answer.text))
    assert row == ["'=HYPERLINK(1)", "'+1", "-2", "x"]


def test_a_host_that_is_none_is_refused(public: Path) -> None:
    async def fetch(host: str) -> int:
        site = build(public)
        await site.invoke_startup()
        return int((await site.client.get("/", headers={"host": host})).status_code)

    for host in ("evil.example/x", 'a"b', "a b", "user@evil.example", "[::1"):
        assert asyncio.run(fetch(host)) == 400, host
    for host in ("pantau.example", "pantau.example:8001", "[::1]:8001", "127.0.0.1"):
        assert asyncio.run(fetch(host)) == 200, host
