"""Archives that were cut or altered, through the command line: nothing is shortened, and a person is told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.records import Article, Page, WarcPointer
from db.store import Store
from pipelines.crawl.reparse import is_overtaken
from tests.crawler.archive.test_warc_records import SmallDisk, cut, fill_disk, flip, lose
from tests.pipelines.invented import Pantau, make_article
from tests.pipelines.newsroom import SAMPLE, SLUGS, sample_arguments

Damage = Callable[[bytes, random.Random], bytes]


@pytest.fixture
def copy(newsroom: Path, tmp_path: Path) -> Path:
    shutil.copytree(newsroom, tmp_path, dirs_exist_ok=True)
    return tmp_path


def read_texts(folder: Path) -> dict[str, str]:
    with Store(folder / "pantau.db", read_only=True) as store:
        return {article.id: article.text for article in store.articles()}


def options(folder: Path) -> list[object]:
    return ["--db", folder / "pantau.db", "--archive", folder / "warc", "--outlets", SAMPLE / "outlets"]


@pytest.mark.parametrize("damage", [cut, flip, lose])
def test_reparse_over_a_damaged_archive_shortens_nothing(damage: Damage, copy: Path, pantau: Pantau) -> None:
    before = read_texts(copy)
    (warc,) = (copy / "warc").glob("*.warc.gz")
    data = warc.read_bytes()
    chance = random.Random(damage.__name__)
    for _ in range(4):
        warc.write_bytes(damage(data, chance))
        outcome = pantau("reparse", *SLUGS, *options(copy))
        assert outcome.code == 1, outcome
        [line] = [line for line in outcome.complaints if warc.name in line]
        assert "damaged or cut" in line
        assert read_texts(copy) == before


@pytest.mark.parametrize("damage", [cut, flip, lose])
def test_backfill_from_a_damaged_file_shortens_nothing(damage: Damage, copy: Path, pantau: Pantau) -> None:
    before = read_texts(copy)
    path = copy / "foreign.warc.gz"
    data = (SAMPLE / "newsroom.warc.gz").read_bytes()
    chance = random.Random(damage.__name__)
    only = [argument for slug in SLUGS for argument in ("--outlet", slug)]
    for _ in range(3):
        path.write_bytes(damage(data, chance))
        outcome = pantau("backfill", *only, path, *options(copy))
        assert outcome.code in (1, 2), outcome  # 2: no page of ours is whole
        [line] = [line for line in outcome.complaints if path.name in line]
        assert "damaged or cut" in line
        assert read_texts(copy) == before


def test_a_replay_of_a_cut_file_is_made_good_by_a_whole_one(
    newsroom: Path, tmp_path: Path, pantau: Pantau
) -> None:
    data = (SAMPLE / "newsroom.warc.gz").read_bytes()
    path = tmp_path / "cut.warc.gz"
    whole = str(SAMPLE / "newsroom.warc.gz")
    for share in (0.5, 0.8):
        path.write_bytes(data[: int(len(data) * share)])
        arguments = [str(path) if argument == whole else argument for argument in sample_arguments(tmp_path)]
        assert pantau("crawl", *arguments).code == 1
    assert pantau("crawl", *sample_arguments(tmp_path)).code in (0, 1)
    assert read_texts(tmp_path) == read_texts(newsroom)


def test_what_the_archive_has_lost_a_later_answer_of_is_left_as_it_is() -> None:
    first, second = (WarcPointer(file="a.warc.gz", offset=n, digest="sha1:A") for n in (0, 900))
    stored = make_article(warc=second)

    def judge(article: Article, days: int, *, parts: int = 0, damaged: bool = False) -> bool:
        at = make_article().fetched_at or pytest.fail("an article is fetched at some time")
        page = Page(url=stored.url, outlet="contoh_post", fetched_at=at - timedelta(days=days), html="")
        return is_overtaken(article, replace(page, parts=(page,) * parts), stored, damaged=damaged)

    shorter = make_article(warc=second, text=stored.text[:-40])
    assert judge(make_article(warc=first), days=1)
    assert not judge(make_article(warc=first), days=0)
    assert not judge(shorter, days=1)  # the very record: a selector was mended
    assert not judge(shorter, days=0, damaged=True)
    assert judge(shorter, days=0, parts=1, damaged=True)
    assert not judge(shorter, days=0, parts=1)


def test_a_disk_full_of_archive_ends_with_its_own_words(
    newsroom: Path, tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallDisk, "room", 60_000)
    with monkeypatch.context() as full:
        fill_disk(full)
        outcome = pantau("crawl", *sample_arguments(tmp_path))
    assert outcome.code == 2
    [line] = outcome.complaints
    assert f"{tmp_path / 'warc'}" in line
    assert "can't be written: No space left on device; check the archive's folder" in line
    with Store(tmp_path / "pantau.db", read_only=True) as store:
        ends = {crawl.finish_reason for slug in SLUGS for crawl in store.last_crawls(slug)}
    assert ends <= {"archive-error", "finished"}
    assert "archive-error" in ends
    # What is archived is whole, and what is missing is fetched by the next crawl.
    assert pantau("crawl", *sample_arguments(tmp_path)).code == 0
    assert read_texts(tmp_path) == read_texts(newsroom)
    assert pantau("reparse", *SLUGS, *options(tmp_path)).code == 0
