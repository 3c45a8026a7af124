"""The articles are what sample/README.md says, and a bad file is told in one line."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from extract.vocabulary.areas import Areas
from extract.vocabulary.load import load_vocabulary
from sample.source import SourceError, Story, load_story
from tests.sample.conftest import Stories

HEAD = """+++
id = 1
slug = "a-b-c"
title = "Judul"
published = 2025-11-01T08:00:00+07:00
author = "Penulis"
section = "Kabar"
summary = "Ringkasan."
dateline = "Klaten"
[expect]
+++
"""


def test_there_are_enough_articles_of_enough_kinds(first: Stories, all_stories: list[Story]) -> None:
    reasons = Counter(s.reason for some in first.values() for s in some)
    assert sum(reasons.values()) >= 26
    assert sum(s.expect.get("relevant") is False for s in all_stories) >= 6
    for reason in ("premium", "robots", "no-date", "not-article"):
        assert reasons[reason] == 1, reason
    regencies = {name for s in all_stories for name, found in s.expect.get("pilots", {}).items() if found}
    assert len(regencies) >= 12


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_vocabulary().areas


def test_each_kecamatan_lies_where_the_article_says(all_stories: list[Story], areas: Areas) -> None:
    regencies = {r.code: r.name for r in areas.regencies}
    known = {(k.name, regencies[k.regency]) for k in areas.kecamatan}
    for s in all_stories:
        for key in ("pilots", "others"):
            for regency, names in s.expect.get(key, {}).items():
                for name in names:
                    assert (name, regency) in known, f"{s.file}: no kecamatan {name} in {regency}"
                    assert name in s.text or name in s.title, f"{s.file}: {name} isn't in the article"


def test_facilities_and_people_stand_in_the_text(all_stories: list[Story], areas: Areas) -> None:
    regencies = {r.code: r.name for r in areas.regencies}
    kecamatan = {k.code: (k.name, regencies[k.regency]) for k in areas.kecamatan}
    villages = {(v.name, *kecamatan[v.kecamatan]) for v in areas.villages}
    for s in all_stories:
        for entry in s.expect.get("facilities", ()):
            _, village, district, regency = entry.split(" | ")
            assert (village, district, regency) in villages, f"{s.file}: {entry}"
            assert village in s.text
        for name in s.expect.get("people", {}):
            assert name in s.text, f"{s.file}: {name}"


def test_articles_look_like_news(all_stories: list[Story]) -> None:
    for s in all_stories:
        assert date(2025, 10, 28) <= s.published.date() <= date(2025, 12, 20), s.file
        if s.reason in ("stored", "off-topic"):
            assert 150 <= len(s.text.split()) <= 400, f"{s.file}: {len(s.text.split())} words"
            assert s.dateline in s.text.splitlines()[0], s.file


def test_no_real_person_speaks(all_stories: list[Story]) -> None:
    # The governor is the one real person; sentences that name him tell that he launched the programme.
    said = r"[\"“”]|\b(?:kata|ujar|ucap|tutur|tegas|menurut|mengatakan|menegaskan|menyebut|meminta)"
    speech = re.compile(said, re.IGNORECASE)
    sentences = [x for s in all_stories for x in re.split(r"(?<=[.?!])\s", s.text) if "Luthfi" in x]
    assert sentences
    for sentence in sentences:
        assert not speech.search(sentence), sentence


def test_the_second_visit_finds_two_changes_and_two_new_articles(first: Stories, second: Stories) -> None:
    before = {(s.outlet, s.id): s for some in first.values() for s in some}
    after = {(s.outlet, s.id): s for some in second.values() for s in some}
    assert len(after.keys() - before.keys()) == 2
    assert not before.keys() - after.keys()
    changed = [key for key in before if before[key].text != after[key].text]
    assert len(changed) == 2
    for key in changed:
        old, new = before[key], after[key]
        assert (old.slug, old.published) == (new.slug, new.published)
        assert new.modified is not None
        assert new.modified > new.published
        assert old.expect["pilots"] != new.expect["pilots"]


def test_one_release_is_printed_by_three_outlets(first: Stories) -> None:
    copies = [s for some in first.values() for s in some if s.release]
    assert len({s.outlet for s in copies}) == 3
    assert len({s.release for s in copies}) == 1
    assert len({s.text for s in copies}) == 3, "each outlet edits a little"
    assert sum(any(b.kind == "asal" for b in s.blocks) for s in copies) == 1


def test_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(HEAD + "Satu\nbaris.\n\n- A\n- B\n\n[baca] Lain\n\n===\n\n## Sub\n\n1. X\n2. Y\n")
    s = load_story(path)
    assert [[b.kind for b in page] for page in s.pages] == [["p", "ul", "baca"], ["h2", "ol"]]
    assert s.text == "Satu baris.\n\n- A\n- B\n\nSub\n\n1. X\n2. Y"
    assert s.pages[0][1].items == ("A", "B")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tanpa kepala.", "must begin with TOML"),
        (HEAD.replace("id = 1", "id = "), "no valid TOML"),
        (HEAD.replace("id = 1", "id = 1\nwarna = 1"), "unknown key 'warna'"),
        (HEAD.replace('slug = "a-b-c"\n', ""), "lacks 'slug'"),
        (HEAD.replace("+07:00", ""), "must be a time with zone"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    with pytest.raises(SourceError, match=said) as caught:
        load_story(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
