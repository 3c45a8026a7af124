"""Every table, view and column has words in both languages, and the documents say the same."""

from __future__ import annotations

from pathlib import Path

from db.describe import build_dictionary, build_metadata, check_descriptions, load_descriptions, read_columns
from db.public.publish import publish
from db.store import Store

ROOT = Path(__file__).parents[2]


def test_everything_is_described(store: Store) -> None:
    assert check_descriptions(store.db) == []


def test_what_lacks_words_is_told(store: Store) -> None:
    store.db.execute("CREATE TABLE rahasia (a)")
    store.db.execute("ALTER TABLE people ADD COLUMN age INTEGER")
    store.db.execute("DROP VIEW crawl_reasons")
    assert check_descriptions(store.db) == [
        "crawl_reasons is described but does not exist",
        "people.age lacks a text",
        "rahasia: title lacks a text",
        "rahasia: description lacks a text",
        "rahasia.a lacks a text",
    ]


def test_queries_have_both_languages() -> None:
    from db.describe import Words, _load

    metadata = _load()
    texts = [metadata["title"], metadata["description"], metadata["license"]]
    for query in metadata["databases"]["pantau"]["queries"].values():
        texts += [query["title"], query["description"]]
        for given in query.get("inputs", {}).values():
            texts += [given["label"], given["hint"]]
    assert len(texts) > 20
    assert [text for text in texts if not all(Words.read(text))] == []


def test_data_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert written == build_dictionary(), "write it anew: python -m db.describe > docs/data-dictionary.md"


def test_metadata_fits_the_file(store: Store, path: Path) -> None:
    metadata = build_metadata("berdaya", store.db)
    assert list(metadata["databases"]) == ["berdaya"]
    tables = metadata["databases"]["berdaya"]["tables"]
    assert set(tables) == set(read_columns(store.db))
    assert list(tables["articles"]["columns"]) == [name for name, _ in read_columns(store.db)["articles"]]
    assert "pilots" in tables
    assert "code" in tables["pilots"]["sortable_columns"]

    from db.file.connection import open_published

    public = open_published(publish(path, path.parent / "public.db").path)
    tables = build_metadata("public", public)["databases"]["public"]["tables"]
    public.close()
    assert "article_versions" not in tables
    assert "text" not in tables["articles"]["columns"]
    assert "text" in load_descriptions()["articles"]["columns"]
