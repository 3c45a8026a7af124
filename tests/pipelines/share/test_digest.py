"""What is new, by regency, in three forms; sent where it should go, and one line where there is nothing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from db.records import WIB
from db.store import Store
from pipelines.command.errors import InputError
from pipelines.config.load import ConfigError, load_config
from pipelines.share.digest import read_since
from pipelines.share.news import Digest, Entry, Said, read_digest, write_number
from pipelines.share.news_forms import format_digest
from tests.pipelines.invented import OFF_TOPIC, TEXT, Pantau, make_article

NOW = datetime(2025, 11, 6, 12, tzinfo=WIB)


@pytest.fixture
def extracted(database: Path, pantau: Pantau) -> Path:
    """The database with a copy in another outlet, an older article, and everything extracted."""
    with Store(database) as store:
        store.save_outlets([{"slug": "warta_lain", "name": "Warta Lain"}])
        copy = {"outlet": "warta_lain", "url": "https://warta-lain.example/9"}
        store.save_article(make_article(9, **copy))
        store.save_article(make_article(5, fetched_at=NOW - timedelta(days=30)))
        store.save_stories({"contoh-1": "contoh-1", "contoh-9": "contoh-1", "contoh-5": "contoh-5"})
    assert pantau("extract", "--db", database).code == 0
    return database


@pytest.fixture
def digest(extracted: Path) -> Callable[..., str]:
    def make(form: Any, days: int = 7) -> str:
        with Store(extracted, read_only=True) as store:
            return format_digest(read_digest(store, NOW - timedelta(days=days)), form, title="Pantau")

    return make


def test_one_story_is_one_entry_with_quotes_and_all_its_links(digest: Callable[..., str]) -> None:
    text = digest("text")
    assert text.startswith("Pantau: 1 berita baru dari 1 kabupaten/kota sejak 30 Okt 2025\n")
    assert text.count(make_article(1).title + "\n  Contoh Post, 4 Nov 2025\n") == 1
    assert "\nKabupaten Purbalingga\n" in text
    assert "https://contoh-post.example/2025/11/04/berita-1/" in text
    assert "Juga di Warta Lain: https://warta-lain.example/9" in text
    assert "  - Kecamatan percontohan: Bukateja, Kejobong, Kaligondang, Bobotsari\n" in text
    assert "Dinas Sosial Kabupaten Purbalingga menangani Rumah Perlindungan Perempuan dan Anak" in text
    quoted = [line.strip()[1:-1] for line in text.splitlines() if line.strip().startswith("“")]
    assert len(quoted) == len(set(quoted))
    sources = (TEXT + make_article(1).title).replace("\n\n", " ")
    assert all(sentence in sources for sentence in quoted)


def test_a_pilot_that_no_older_article_names_is_said_to_be_reported_for_the_first_time(
    extracted: Path, pantau: Pantau, digest: Callable[..., str]
) -> None:
    with Store(extracted) as store:
        text = TEXT.replace("Bukateja, Kejobong", "Bukateja, Rembang")
        store.save_article(make_article(6, text=text, url="https://contoh-post.example/6"))
    assert pantau("extract", "--db", extracted).code == 0
    later = digest("text")
    assert "- Kecamatan percontohan, pertama kali diberitakan: Rembang\n" in later
    assert "- Kecamatan percontohan: Bukateja, Kaligondang, Bobotsari\n" in later
    assert "pertama kali" not in digest("text", days=60)  # nothing older is known at all


def test_a_pilot_that_an_earlier_text_of_the_article_named_is_not_reported_for_the_first_time(
    database: Path, pantau: Pantau
) -> None:
    with Store(database) as store:
        store.db.execute("DELETE FROM articles")
        for number, text in ((5, TEXT), (6, OFF_TOPIC)):
            store.save_article(make_article(number, text=text, fetched_at=NOW - timedelta(days=30)))
    pantau("extract", "--db", database)
    with Store(database) as store:
        changed = make_article(5, text=f"{TEXT}\n\nBerita ini diperbarui.", fetched_at=NOW)
        assert store.save_article(changed) == "changed"
    pantau("extract", "--db", database)
    with Store(database, read_only=True) as store:
        text = format_digest(read_digest(store, NOW - timedelta(days=7)), "text", title="Pantau")
    assert "- Kecamatan percontohan: Bukateja, Kejobong, Kaligondang, Bobotsari\n" in text
    assert "pertama kali" not in text


def test_items_of_a_list_are_quoted_together_and_figures_written_for_readers() -> None:
    said = (
        Said("Kecamatan percontohan:", "Lumbir", "Lumbir", False),
        Said("Kecamatan percontohan:", "Gumelar", "2. Gumelar", True),
        Said("Jumlah RPPA:", "3 unit", "Tiga unit RPPA sudah dibuka.", False),
        Said("RPPA:", "Dermaji, Lumbir", "Tiga unit RPPA sudah dibuka.", False),
        Said("RPPA:", "Cilangkap, Gumelar", "Tiga unit RPPA", False),
    )
    entry = Entry(
        title="Judul", outlet="Media", url="https://media.example/1", day="", changed=True, said=said
    )
    text = format_digest(Digest(since=NOW, regions={"Kabupaten Banyumas": [entry]}), "text", title="Pantau")
    assert text.splitlines()[6:] == [
        "  Media, berubah",
        "  https://media.example/1",
        "  - Kecamatan percontohan: Lumbir, Gumelar (koreksi)",
        "    “Lumbir … 2. Gumelar”",
        "  - Jumlah RPPA: 3 unit",
        "  - RPPA: Dermaji, Lumbir; Cilangkap, Gumelar",
        "    “Tiga unit RPPA sudah dibuka.”",
    ]
    assert write_number(1_400_000_000) == "1.400.000.000"


def test_older_articles_come_with_a_longer_look_back(digest: Callable[..., str]) -> None:
    assert "2 berita baru" in digest("text", days=60)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta",):
            self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_and_markdown_show_hostile_text_as_text(
    extracted: Path, digest: Callable[..., str], pantau: Pantau
) -> None:
    title = "<script>alert(1)</script> *Empat* [Kecamatan](javascript:x) Berdaya & Percontohan"
    with Store(extracted) as store:
        store.save_article(make_article(7, title=title, url="javascript:alert(1)", text=TEXT + " Sekian."))
    assert pantau("extract", "--db", extracted).code == 0
    page = _Page()
    page.feed(digest("html"))
    assert page.open == []
    assert title in page.text
    assert page.links
    assert all(link.startswith("https://") for link in page.links)
    markdown = digest("markdown")
    assert "<script>" not in markdown
    assert "\\[Kecamatan\\](javascript" in markdown
    assert "> Dinas Sosial" in markdown


def test_a_corrected_claim_says_so(extracted: Path, digest: Callable[..., str]) -> None:
    with Store(extracted) as store:
        store.db.execute("UPDATE pilot_kecamatan SET origin = 'human' WHERE kecamatan = 'Bukateja'")
    assert "Kecamatan percontohan: Bukateja (koreksi)" in digest("text")


def test_nothing_new_is_one_line(extracted: Path, pantau: Pantau) -> None:
    for form in ("text", "markdown", "html"):
        outcome = pantau("digest", "--db", extracted, "--since", "1h", "--format", form)
        assert (outcome.code, outcome.err, outcome.out.count("\n")) == (0, "", 1)
        assert "tidak ada berita baru" in outcome.out


def test_since_is_a_span_or_a_day() -> None:
    assert read_since("7d", NOW) == NOW - timedelta(days=7)
    assert read_since("12h", NOW) == NOW - timedelta(hours=12)
    assert read_since("2w", NOW) == NOW - timedelta(weeks=2)
    assert read_since("2025-10-30", NOW) == datetime(2025, 10, 30, tzinfo=WIB)
    for wrong in ("0d", "d", "7", "-1d", "2025-13-01", "kemarin", "7 d"):
        with pytest.raises(InputError, match="neither a span"):
            read_since(wrong, NOW)
    with pytest.raises(ConfigError):
        load_config(environ={"PANTAU_SINCE": "kemarin"})


# --- sending -------------------------------------------------------------------------------------------


class _FakeApprise(ModuleType):
    """In the place of the optional package: remembers what it was given; refuses what says so."""

    def __init__(self) -> None:
        super().__init__("apprise")
        sent = self.sent = []  # type: list[dict[str, Any]]

        class Apprise:
            def add(self, url: str) -> bool:
                self.url = url
                return not url.startswith("nothing://")

            def notify(self, **message: Any) -> bool:
                sent.append({"url": self.url, **message})
                return "refuse" not in self.url

        self.Apprise = Apprise


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> _FakeApprise:
    module = _FakeApprise()
    monkeypatch.setitem(sys.modules, "apprise", module)
    return module


def call(pantau: Pantau, db: Path, *args: object) -> Any:
    return pantau("digest", "--db", db, "--since", "2025-11-01", *args)


def test_it_is_sent_to_every_address(extracted: Path, pantau: Pantau, fake: _FakeApprise) -> None:
    outcome = call(pantau, extracted, "--quiet", "--notify", "a://x", "--notify", "b://y", "--format", "html")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert [message["url"] for message in fake.sent] == ["a://x", "b://y"]
    assert fake.sent[0]["title"].startswith("Pantau Berdaya: 1 berita baru")
    assert fake.sent[0]["body_format"] == "html"
    assert "<h2>Kabupaten Purbalingga</h2>" in fake.sent[0]["body"]


def test_what_is_refused_needs_a_person_and_secrets_stay_secret(
    extracted: Path, pantau: Pantau, fake: _FakeApprise
) -> None:
    outcome = call(pantau, extracted, "--notify", "mail://refuse:hunter2@x", "--notify", "b://y")
    assert outcome.code == 1
    [line] = outcome.complaints
    assert "mail://…" in line
    assert "hunter2" not in line
    assert len(fake.sent) == 2  # the other is sent all the same
    outcome = call(pantau, extracted, "--notify", "nothing://hunter2")
    assert outcome.code == 2
    assert "no address that Apprise knows" in outcome.err
    assert "hunter2" not in outcome.err


def test_nothing_new_is_not_sent(extracted: Path, pantau: Pantau, fake: _FakeApprise) -> None:
    assert pantau("digest", "--db", extracted, "--since", "1h", "--notify", "a://x").code == 0
    assert fake.sent == []


def test_without_the_package_one_line_says_how_to_get_it(
    extracted: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    outcome = call(pantau, extracted, "--quiet", "--notify", "a://x")
    assert outcome.code == 2
    assert outcome.complaints == [
        "pantau: error: sending needs Apprise, which is not installed: pip install 'pantau-berdaya[notify]'"
    ]


@pytest.fixture
def server() -> Iterator[tuple[str, list[bytes]]]:
    """A server of this machine that takes what is posted to it."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"json://127.0.0.1:{listening.server_port}/", bodies
        listening.shutdown()


def test_the_real_package_sends_it(extracted: Path, pantau: Pantau, server: tuple[str, list[bytes]]) -> None:
    url, bodies = server
    outcome = call(pantau, extracted, "--quiet", "--notify", url)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert len(bodies) == 1
    assert b"Kabupaten Purbalingga" in bodies[0]
