"""A look at a page and at outlets, and the first files of a new outlet."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.outlet.load import OUTLETS, load_outlet
from crawler.page.article import read_article
from db.records import WIB, Article, Page
from pipelines.cli import main
from pipelines.command.errors import InputError
from pipelines.outlet.live_check import show_check
from pipelines.outlet.new import NAME, TITLE, checkout, find_desk, show_new
from pipelines.outlet.probe import find_fits, show_probe
from tests.crawler.conftest import FAST, Answer, Newsroom, Site, article_html

PAGES = Path(__file__).parents[2] / "pages"
YESTERDAY = (datetime.now(WIB) - timedelta(days=1)).date()


def probe(source: str, url: str = "") -> tuple[int, str]:
    lines: list[str] = []
    code = show_probe(source, url, folders=(), contact="uji@pantau.example", say=lines.append, overrides=FAST)
    return code, "\n".join(lines)


@pytest.mark.parametrize("slug", ["tempo", "murianews", "detik_jateng", "kumparan", "rri", "jawapos"])
def test_a_page_tells_its_content_system(slug: str) -> None:
    html = (PAGES / slug / "article.html").read_text("utf-8")
    page = Page(url="https://contoh.example/a", outlet="", fetched_at=datetime.now(UTC), html=html)
    assert find_fits(page, page.url)[0].platform == slug.removesuffix("_jateng")


def test_a_probe_of_a_file_needs_no_network(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    offline = lambda *_, **__: pytest.fail("asked the network")  # noqa: E731
    monkeypatch.setattr("pipelines.outlet.probe.fetch_page", offline)
    page = PAGES / "murianews" / "article.html"
    wanted = json.loads(page.with_suffix(".json").read_text("utf-8"))["article"]
    assert main(["outlet", "probe", str(page), "--url", wanted["url"]]) == 0
    out = capsys.readouterr().out
    assert "read with the outlet murianews:" in out
    assert f"title: {wanted['title']} [" in out
    assert "% like trafilatura; also title, published, authors" in out


def test_a_probe_of_an_address_asks_politely(site: Site) -> None:
    path = site.write(1, *(f"Kalimat nomor {n} di halaman ini cukup panjang untuk dibaca." for n in range(9)))
    code, out = probe(site.home + path)
    assert code == 0
    assert site.paths() == ["/robots.txt", path]
    assert "title: Judul nomor 1" in out
    assert all("PantauBerdaya" in asked.headers["User-Agent"] for asked in site.asked)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer("tidak ada", 404), "not-found (status 404)"),
        (Answer("tidak boleh", 403), "blocked (status 403)"),
        (Answer("", 302, {"Location": "http://169.254.169.254/"}), "http-error"),
    ],
)
def test_a_probe_that_gets_no_page_is_one_line(site: Site, answer: Answer, message: str) -> None:
    path = site.write(1)
    site.answers[path] = answer
    with pytest.raises(InputError, match=re.escape(message)):
        probe(site.home + path)


def test_a_probe_obeys_robots_txt(site: Site) -> None:
    path = site.write(1)
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita/\n")
    with pytest.raises(InputError, match=r"robots: forbidden by robots\.txt"):
        probe(site.home + path)
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    "arguments", [["probe"], ["probe", "a", "b"], ["new", "slug"], ["probe", "tidak-ada.html"]]
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlet", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_page_without_an_article_needs_a_person(tmp_path: Path) -> None:
    page = tmp_path / "x.html"
    page.write_text("<html><body><nav>menu</nav></body></html>")
    code, out = probe(str(page))
    assert code == 1
    assert "layout: none fits" in out


# --- new -------------------------------------------------------------------------------------------


def new(slug: str, source: Path, url: str, root: Path) -> list[str]:
    said: list[str] = []
    assert show_new(slug, str(source), url, contact="", say=said.append, desk=checkout(root)) == 0
    return said


@pytest.mark.parametrize("slug", ["murianews", "tempo", "detik_jateng", "rri", "merdeka"])
def test_a_new_outlet_keeps_markup_and_no_sentence(slug: str, tmp_path: Path) -> None:
    source = PAGES / slug / "article.html"
    data = json.loads(source.with_suffix(".json").read_text("utf-8"))
    wanted = data["article"]
    new("kabar_baru", source, data["page"]["url"], tmp_path)
    outlet = load_outlet(tmp_path / "crawler" / "outlets" / "kabar_baru.toml")
    assert outlet.platform == slug.removesuffix("_jateng")
    assert outlet.confidence == "low"
    folder = tmp_path / "tests" / "pages" / "kabar_baru"
    html = (folder / "article.html").read_text("utf-8")
    for sentence in (wanted["title"], *(block for block in wanted["text"] if len(block) > 60)):
        assert sentence not in html
    expected = json.loads((folder / "article.json").read_text("utf-8"))
    assert expected["checked_by"] == ""
    assert expected["article"]["title"] == TITLE
    assert expected["article"]["published_at"] == wanted["published_at"]
    assert len(expected["article"]["text"]) >= 2
    if wanted["authors"]:
        assert not set(wanted["authors"]) & set(expected["article"]["authors"])
        assert NAME in expected["article"]["authors"]
    # It says what the program reads from it: the test of recorded pages starts from there.
    page = Page(
        url=expected["page"]["url"],
        outlet="kabar_baru",
        fetched_at=datetime.fromisoformat(expected["page"]["fetched_at"]),
        html=html,
    )
    article = read_article(page, outlet)
    assert isinstance(article, Article)
    assert article.text.split("\n\n") == expected["article"]["text"]


def test_the_tests_fail_until_a_person_has_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.crawler.page import test_recorded

    source = PAGES / "murianews" / "article.html"
    url = json.loads(source.with_suffix(".json").read_text("utf-8"))["page"]["url"]
    said = new("kabar_baru", source, url, tmp_path)
    assert any("checked_by" in line for line in said)
    path = tmp_path / "tests" / "pages" / "kabar_baru" / "article.json"
    with pytest.raises(AssertionError, match="hold each field against the page"):
        test_recorded.test_a_person_has_checked_what_a_program_wrote(path)
    path.write_text(path.read_text("utf-8").replace('"checked_by": ""', '"checked_by": "Rara"'), "utf-8")
    test_recorded.test_a_person_has_checked_what_a_program_wrote(path)


def test_a_new_outlet_overwrites_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    source = PAGES / "murianews" / "article.html"
    url = "https://contoh.example/berita/1/judul"
    new("kabar_baru", source, url, tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(InputError, match="exists already"):
        new("kabar_baru", source, url, tmp_path)
    with pytest.raises(InputError, match="no slug"):
        new("Kabar-Lain", source, url, tmp_path)
    empty = tmp_path.parent / "kosong.html"
    empty.write_text("<html><body><p>x</p></body></html>")
    with pytest.raises(InputError, match="name the page of an article"):
        new("kabar_lain", empty, url, tmp_path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_outside_a_checkout_it_goes_into_the_folder_of_the_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(OUTLETS.iterdir())
    page = PAGES / "murianews" / "article.html"
    command = ["outlet", "new", "kabar_baru", str(page), "--url", "https://contoh.example/berita/1/judul"]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert 'outlets = ["outlets"] under [paths]' in out
    assert "pantau outlet check kabar_baru --outlets outlets" in out
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")) == [
        "outlets/kabar_baru.toml",
        "outlets/pages/kabar_baru/article.html",
        "outlets/pages/kabar_baru/article.json",
    ]
    assert set(OUTLETS.iterdir()) == before
    # A folder that is read already is the one, and nobody is told to name it.
    (tmp_path / "pantau.toml").write_text('[paths]\noutlets = ["outlets"]\n', "utf-8")
    assert main([*command[:2], "kabar_lain", *command[3:]]) == 0
    assert "pantau.toml" not in capsys.readouterr().out
    assert load_outlet(tmp_path / "outlets" / "kabar_lain.toml").platform == "murianews"


def test_in_a_checkout_it_goes_where_outlets_lie() -> None:
    root = OUTLETS.parents[1]
    assert find_desk(root, ()) == checkout(root)
    assert find_desk(root / "crawler", (Path("mine"),)).outlets == Path("mine")


# --- check -----------------------------------------------------------------------------------------


def check(newsroom: Newsroom, *slugs: str) -> tuple[int, list[str], str]:
    said: list[str] = []
    scope = newsroom.scope(*slugs)
    settings: dict[str, Any] = FAST
    code = show_check(scope, output=newsroom.folder / "reports", say=said.append, overrides=settings)
    (report,) = (newsroom.folder / "reports").glob("outlets-*.md")
    return code, said, report.read_text("utf-8")


def test_an_outlet_whose_facts_hold(site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    site.list(1, 2, day=YESTERDAY.isoformat())
    site.write(1)
    site.write(2)
    code, said, report = check(newsroom)
    assert code == 0
    assert said[0] == "kabar_uji: holds"
    # One listing and one article, whatever else is listed.
    assert site.paths() == ["/robots.txt", f"/indeks?date={YESTERDAY}", "/berita/1/judul-nomor-1"]
    assert f"- holds: robots.txt of {site.home[7:]}: status 404, allows the way of finding" in report
    assert "- holds: title [selector]" in report
    assert "- empty: editor" in report
    assert not (newsroom.folder / "warc").exists()
    assert list(newsroom.store.articles()) == []


def test_outlets_whose_facts_fail(site: Site, other_site: Site, newsroom: Newsroom) -> None:
    newsroom.describe(site)
    newsroom.describe(other_site, slug="kabar_lain")
    site.list(1, day=YESTERDAY.isoformat())
    site.answers[site.write(1)] = Answer(article_html(1).replace("class='isi'", "class='baru'"))
    other_site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n")
    code, said, report = check(newsroom, "kabar_uji", "kabar_lain")
    assert code == 1
    assert said[-1].endswith("0 of 2 outlets hold")
    assert "## kabar_uji: needs a look" in report
    assert re.search(r"FAILS: (text|article)", report)
    assert (
        f"FAILS: robots.txt of {other_site.home[7:]}: status 200, forbids listing {other_site.home}" in report
    )
    assert f"FAILS: listing {other_site.home}/indeks?date={YESTERDAY}: robots (" in report
    assert other_site.paths() == ["/robots.txt"]


def test_a_page_that_takes_too_long_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr("pipelines.outlet.probe.format_probe", endless)
    page = tmp_path / "halaman.html"
    page.write_text("<html></html>", "utf-8")
    with pytest.raises(InputError, match=r"reading it took more than 0\.2 s; raise 'budget_seconds'"):
        show_probe(str(page), "", folders=(), contact="", say=lambda _: None, budget=0.2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["outlet", "probe", "https://x.example/", "--save", "x"],
        ["outlet", "check", "merdeka", "--all"],
    ],
)
def test_options_of_check(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "--all" in capsys.readouterr().err
