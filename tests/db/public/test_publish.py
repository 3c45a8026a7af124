"""The public file: what it holds, what it must never hold, and when the old one stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.public.excerpts import LONGEST, cut_sentence
from db.public.publish import BoundError, Bounds, publish
from db.records import WIB, ArticleRegency, CrawlReport, Fetch, WarcPointer
from db.store import Store, StoreError
from tests.db.invented import fill_newsroom, fill_reference, make_article, make_facts, quote

ABSENT_WORDS = (
    "Warga menunggu",  # of an article on the programme, in a sentence that bears no claim
    "Rinciannya belum ada",
    "Pasar Alian",  # off the topic
    "Isi yang lama",  # a version
)


@pytest.fixture
def newsroom(path: Path) -> Path:
    with Store(path) as store:
        fill_reference(store)
        old = make_article(9, "Isi yang lama sekali.", id="a4", url="https://warta.example/2025/4")
        store.save_article(old)
        fill_newsroom(store)
    return path


@pytest.fixture
def public(newsroom: Path) -> Path:
    return publish(newsroom, newsroom.parent / "public.db").path


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        return conn.execute(sql).fetchall()


def test_holds_facts_and_counts_them(newsroom: Path) -> None:
    publication = publish(newsroom, newsroom.parent / "public.db")
    counts = (publication.articles, publication.stories, publication.pilots, publication.regencies)
    assert counts == (7, 6, 2, 2)
    assert publication.claims == 24
    public = publication.path
    for table in (
        "pilots",
        "responsibility_matrix",
        "contested_quantities",
        "coverage",
        "all_claims",
        "evidence",
    ):
        expected = rows(newsroom, f"SELECT count(*) FROM {table}")
        if table == "evidence":  # without that of the article off the topic
            expected = rows(newsroom, "SELECT count(*) FROM evidence WHERE article <> 'a6'")
        assert rows(public, f"SELECT count(*) FROM {table}") == expected
    assert rows(public, "SELECT * FROM pilots") == rows(newsroom, "SELECT * FROM pilots")
    assert rows(public, "SELECT * FROM coverage") == rows(newsroom, "SELECT * FROM coverage")
    assert rows(public, "PRAGMA journal_mode") == [("delete",)]


def test_no_column_holds_a_text(newsroom: Path, public: Path) -> None:
    texts = [str(text) for (text,) in rows(newsroom, "SELECT text FROM articles")]
    tables = [
        str(name)
        for (name,) in rows(public, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    ]
    assert "articles" in tables
    assert "article_versions" not in tables
    cells = 0
    for table in tables:
        for row in rows(public, f'SELECT * FROM "{table}"'):
            for cell in row:
                cells += 1
                assert not any(text in str(cell) for text in texts), table
    assert cells > 500
    # nor does any free page or index of the file
    data = public.read_bytes()
    assert b"ditunjuk sebagai lokasi" in data
    for words in ABSENT_WORDS:
        assert words.encode() not in data
        assert words.encode() in newsroom.read_bytes()


def test_search_finds_titles_and_sentences_only(public: Path) -> None:
    def find(index: str, words: str) -> int:
        found = rows(public, f"SELECT count(*) FROM {index} WHERE {index} MATCH '{words}'")
        return int(str(found[0][0]))

    assert find("articles_fts", "kabar") == 6
    assert find("articles_fts", "menunggu") == find("sentences_fts", "menunggu") == 0
    assert find("sentences_fts", "lokasi") == 1


def test_same_store_same_bytes(newsroom: Path, public: Path, tmp_path: Path) -> None:
    before = public.read_bytes()
    publish(newsroom, public)
    assert public.read_bytes() == before
    assert publish(newsroom, tmp_path / "elsewhere" / "other.db").path.read_bytes() == before
    assert [p.name for p in public.parent.iterdir() if "building" in p.name] == []


def test_while_somebody_writes(newsroom: Path) -> None:
    with Store(newsroom) as store, store.transaction():
        store.save_article(make_article(50, "Belum selesai ditulis."))
        publication = publish(newsroom, newsroom.parent / "public.db")
    assert publication.articles == 7
    assert b"Belum selesai" not in publication.path.read_bytes()


def test_long_sentences_are_cut_around_their_quote(path: Path) -> None:
    words = " ".join(f"kata{n}" for n in range(300))
    with Store(path) as store:
        fill_reference(store)
        article = make_article(1, f"{words} Kabupaten Kebumen {words}")
        store.save_article(article)
        claim = ArticleRegency(
            name="Kabupaten Kebumen", code="33.05", evidence=(quote(article, "Kabupaten Kebumen"),)
        )
        store.save_facts(make_facts(article, regencies=(claim,)))
    public = publish(path, path.parent / "public.db").path
    [(sentence, quoted)] = rows(public, "SELECT sentence, quote FROM article_regencies")
    assert isinstance(sentence, str)
    assert len(sentence) <= LONGEST
    assert sentence.startswith("…kata")
    assert sentence.endswith("…")
    assert str(quoted) in sentence
    assert rows(public, "SELECT sentence FROM sentences") == [(sentence,)]
    assert rows(
        public, "SELECT s.sentence FROM evidence AS e JOIN sentences AS s ON s.id = e.sentence_id"
    ) == [(sentence,)]


def test_a_text_of_one_sentence_is_not_given_whole(path: Path) -> None:
    with Store(path) as store:
        fill_reference(store)
        article = make_article(1, "Pemerintah Kabupaten Kebumen mulai menyiapkan program itu tahun depan.")
        store.save_article(article)
        claim = ArticleRegency(name="Kabupaten Kebumen", code="33.05", evidence=(quote(article, "Kebumen"),))
        store.save_facts(make_facts(article, regencies=(claim,)))
    public = publish(path, path.parent / "public.db").path
    [(sentence,)] = rows(public, "SELECT sentence FROM article_regencies")
    assert "Kebumen" in str(sentence)
    assert len(str(sentence)) < len(article.text)


@pytest.mark.parametrize("room", [0, 5, 12, 20, 33, 50, 200])
def test_cut_sentence_keeps_the_quote(room: int) -> None:
    sentence = "Di sana Bukateja menjadi percontohan sejak bulan lalu"
    for words in sentence.split():
        cut = cut_sentence(sentence, words, room)
        assert words in cut
        assert len(cut) <= max(room, len(words) + 2)
        assert cut.strip("…") in sentence


def test_bounds_keep_the_last_publication(newsroom: Path, public: Path) -> None:
    before = public.read_bytes()
    with Store(newsroom) as store:
        store.db.execute("DELETE FROM articles WHERE id IN ('a1', 'a2', 'a3')")
    with pytest.raises(
        BoundError, match=r"was kept as it is: articles fell from 7 to 4.*pilots fell from 2 to 0"
    ):
        publish(newsroom, public)
    assert public.read_bytes() == before
    assert [p.name for p in public.parent.iterdir() if "building" in p.name] == []
    lenient = Bounds(articles=0.5, stories=0.5, pilots=0, regencies=0.5, claims=0.1)
    done = publish(newsroom, public, bounds=lenient)
    assert (done.articles, done.losses) == (4, ())


def test_an_accepted_loss_is_told(newsroom: Path, public: Path) -> None:
    with Store(newsroom) as store:
        store.db.execute("DELETE FROM articles WHERE id IN ('a1', 'a2', 'a3')")
    done = publish(newsroom, public, accept_loss=True)
    assert done.articles == 4
    assert {"articles fell from 7 to 4", "pilots fell from 2 to 0"} <= set(done.losses)
    assert publish(newsroom, public, accept_loss=True).losses == ()


def test_everything_gone_is_a_broken_bound(newsroom: Path, public: Path) -> None:
    with Store(newsroom) as store:
        store.db.execute("DELETE FROM articles")
    with pytest.raises(BoundError, match="articles fell from 7 to 0"):
        publish(newsroom, public)


def test_empty_store_can_be_published_first(store: Store, path: Path) -> None:
    publication = publish(path, path.parent / "public.db")
    assert publication.articles == publication.claims == 0
    assert rows(publication.path, "SELECT count(*) FROM coverage") == [(5,)]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM evidence WHERE kind = 'people'", "1 claims in people have no evidence"),
        ("DELETE FROM people", "1 pieces of evidence have no claim in people"),
        ("DELETE FROM outlets WHERE slug = 'kabar'", "has a row without its outlets"),
    ],
)
def test_orphans_are_refused(newsroom: Path, damage: str, words: str) -> None:
    with closing(sqlite3.connect(newsroom)) as conn:  # foreign keys off
        conn.execute(damage)
        conn.commit()
    output = newsroom.parent / "public.db"
    with pytest.raises(StoreError, match=words):
        publish(newsroom, output)
    assert not output.exists()


def test_never_overwrites_what_is_no_publication(newsroom: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="working database"):
        publish(newsroom, newsroom)
    note = tmp_path / "note.db"
    note.write_text("catatan " * 100)
    with pytest.raises(StoreError, match="not an SQLite database"):
        publish(newsroom, note)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE t (a)")
    with pytest.raises(StoreError, match="no published database"):
        publish(newsroom, other)
    assert note.read_text().startswith("catatan")
    with pytest.raises(StoreError, match="is a folder"):
        publish(newsroom, tmp_path)
    with pytest.raises(StoreError, match="does not exist"):
        publish(tmp_path / "none.db", tmp_path / "public.db")


def test_public_file_is_not_worked_on(public: Path) -> None:
    before = public.read_bytes()
    with pytest.raises(StoreError, match="is a published database"):
        Store(public)
    assert public.read_bytes() == before


def test_output_that_cannot_be_written(newsroom: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        publish(newsroom, tmp_path / "file" / "public.db")


def test_no_address_of_what_is_not_published_reaches_the_file(newsroom: Path) -> None:
    at = datetime(2025, 11, 5, 5, 0, tzinfo=WIB)
    with Store(newsroom) as store:
        published = next(article for article in store.articles() if article.id == "a1")
        for number, path in enumerate(("rahasia-luar-topik", "dicabut", "indeks-terbaru")):
            store.save_fetch(
                Fetch(
                    url=f"https://warta.example/2025/{path}",
                    outlet="warta",
                    crawl="run-1/warta",
                    at=at + timedelta(seconds=number),
                    status=200,
                    bytes=1000,
                    delay=3.0,
                    reason="article",
                    outcome="off-topic",
                    error="https://warta.example/pesan-galat",
                    warc=WarcPointer(file="arsip-rahasia.warc.gz", offset=7, digest="sha1:RAHASIA"),
                )
            )
        store.save_crawl(
            CrawlReport(
                id="run-1/warta",
                run="run-1",
                outlet="warta",
                started_at=at,
                finished_at=at,
                finish_reason="finished",
                problems=("not found: https://warta.example/2025/hilang-sekali, look there",),
            )
        )
    public = publish(newsroom, newsroom.parent / "public.db").path
    data = public.read_bytes()
    for word in ("rahasia", "dicabut", "indeks-terbaru", "pesan-galat", "hilang-sekali", "RAHASIA"):
        assert word.encode() not in data, word
    assert published.url.encode() in data
    for table in ("courtesy", "courtesy_days"):  # which readers need of the requests, as they were
        assert rows(public, f"SELECT * FROM {table}") == rows(newsroom, f"SELECT * FROM {table}")
    assert rows(public, "SELECT requests FROM courtesy WHERE outlet = 'warta'") == [(4,)]
    (problems,) = rows(public, "SELECT problems FROM crawls WHERE id = 'run-1/warta'")[0]
    assert problems == '["not found: https://warta.example/…, look there"]'
