"""A person goes through what is doubtful; each decision is on disk before the next is asked, and holds."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.corrections.load import load_corrections
from db.store import Store
from pipelines.claims.review import append, find_doubts, format_doubt
from tests.pipelines.invented import TEXT, Pantau, make_article

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def contested(database: Path, pantau: Pantau) -> Path:
    """Two articles that disagree on the number of pilots, and one that its outlet changed."""
    other = TEXT.replace("Empat kecamatan", "Lima kecamatan").replace(
        " dan Bobotsari", " Mrebet, dan Bobotsari"
    )
    with Store(database) as store:
        later = make_article(
            3, title="Lima Kecamatan di Purbalingga Jadi Percontohan Kecamatan Berdaya", text=other
        )
        store.save_article(
            replace(later, published_at=later.published_at and later.published_at + timedelta(days=1))
        )
    assert pantau("extract", "--db", database).code == 0
    return database


@pytest.fixture
def answer(
    contested: Path, tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """`pantau review` with lines typed by a person."""

    def call(*lines: str, by: str | None = "Ratna Sabdawati") -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        who = ["--by", by] if by else []
        return pantau("review", "--db", contested, "--corrections", tmp_path / "corrections", *who)

    return call


def apply(pantau: Pantau, contested: Path, tmp_path: Path) -> Any:
    return pantau("extract", "--db", contested, "--corrections", tmp_path / "corrections")


def test_what_is_doubtful(contested: Path, pantau: Pantau) -> None:
    with Store(contested) as store:
        assert {doubt.kind for doubt in find_doubts(store, [])} == {"quantities"}
        [newer, older] = find_doubts(store, [])
        assert (newer.values["value"], older.values["value"]) == (5, 4)
        assert "others say 4 (Contoh Post, 2025-11-04)" in newer.why
        assert "[Lima Kecamatan]" in "\n".join(format_doubt(newer)) or "[Lima kecamatan]" in "\n".join(
            format_doubt(newer)
        )
        everything = list(find_doubts(store, [], below=0.99))
        assert any("confidence 0." in doubt.why for doubt in everything)
        # A new text of an article makes every claim in it doubtful.
        store.save_article(make_article(1, text=TEXT + " Ralat dimuat kemudian."))
    assert pantau("extract", "--db", contested).code == 0
    with Store(contested) as store:
        changed = [d for d in find_doubts(store, []) if "its outlet changed the article" in d.why]
    assert {doubt.article for doubt in changed} == {"contoh-1"}
    assert {doubt.kind for doubt in changed} >= {"pilot_kecamatan", "responsibilities", "people"}


def test_a_list_asks_nothing(contested: Path, tmp_path: Path, pantau: Pantau) -> None:
    outcome = pantau("review", "--db", contested, "--corrections", tmp_path / "corrections", "--list")
    assert outcome.code == 0
    assert "2 doubtful claims, 0 likely ones" in outcome.out
    assert not (tmp_path / "corrections").exists()


def test_decisions_are_written_applied_and_not_asked_again(
    answer: Callable[..., Any], contested: Path, tmp_path: Path, pantau: Pantau, read_rows: Rows
) -> None:
    # The first: another value; fields that stay get Enter.
    outcome = answer("h", "", "", "6", "Ralat 6 November", "c", "")
    assert outcome.code == 0
    assert "2 decisions" in outcome.out
    [file] = (tmp_path / "corrections").iterdir()
    assert file.name.startswith("review-20")
    change, confirm = sorted(load_corrections(tmp_path / "corrections"), key=lambda one: one.action)
    assert (change.action, change.to, change.why, change.by) == (
        "change", {"value": 6}, "Ralat 6 November", "Ratna Sabdawati",
    )  # fmt: skip
    assert (confirm.action, confirm.article, confirm.claim["value"]) == ("confirm", "contoh-1", 4)
    assert "nothing doubtful" in answer().out  # also before they are applied
    assert apply(pantau, contested, tmp_path).code == 0
    assert read_rows(
        "SELECT value, origin FROM quantities WHERE measure = 'kecamatan_pilot' ORDER BY value"
    ) == [
        (4, "human"),
        (6, "human"),
    ]
    assert "nothing doubtful" in answer().out


def test_reject_and_off_topic(
    answer: Callable[..., Any], contested: Path, tmp_path: Path, pantau: Pantau, read_rows: Rows
) -> None:
    assert answer("r", "Salah baca", "o", "Bukan program itu").code == 0
    assert apply(pantau, contested, tmp_path).code == 0
    assert read_rows("SELECT count(*) FROM quantities WHERE measure = 'kecamatan_pilot'") == [(0,)]
    assert read_rows("SELECT relevant FROM extractions WHERE article = 'contoh-1'") == [(0,)]


@pytest.mark.parametrize("lines", [("c", "", "q"), ("c", "")], ids=["quit", "end of input"])
def test_what_was_decided_before_the_end_is_kept(
    lines: tuple[str, ...], answer: Callable[..., Any], tmp_path: Path
) -> None:
    outcome = answer(*lines)
    assert outcome.code == 0
    assert "1 decisions" in outcome.out
    assert len(load_corrections(tmp_path / "corrections")) == 1


def test_skipping_and_odd_answers(answer: Callable[..., Any], tmp_path: Path) -> None:
    outcome = answer("Siti", "x", "s", "h", "", "", "", by=None)
    assert outcome.code == 0
    assert "nothing is changed" in outcome.out
    assert not (tmp_path / "corrections").exists()


def test_a_file_of_decisions_grows_and_keeps_quotes(tmp_path: Path) -> None:
    entry = '[[off_topic]]\nby = "A"\nat = 2025-11-20\nwhy = "{}"\narticle = "a1"\n'
    append(tmp_path / "c" / "review.toml", entry.format("Satu"))
    append(tmp_path / "c" / "review.toml", entry.format('Dua \\"kutip\\"'))
    assert [one.why for one in load_corrections(tmp_path / "c")] == ["Satu", 'Dua "kutip"']
    before = (tmp_path / "c" / "review.toml").read_text()
    with pytest.raises(Exception, match="lacks 'why'"):
        append(tmp_path / "c" / "review.toml", entry.replace('why = "{}"\n', ""))
    assert (tmp_path / "c" / "review.toml").read_text() == before
    assert len(list((tmp_path / "c").iterdir())) == 1


def make_likely(contested: Path) -> None:
    """As if a rule had not told one of the pilots, and a model thought it likely."""
    with Store(contested) as store:
        row = store.db.execute(
            "SELECT * FROM pilot_kecamatan WHERE kecamatan = 'Kejobong' LIMIT 1"
        ).fetchone()
        claim = {name: row[name] for name in ("kecamatan", "regency", "code")}
        store.db.execute(
            "INSERT INTO likely VALUES (?, ?, 'pilot_kecamatan', ?, 0.8, ?, ?, ?, ?, ?)",
            [row["article"], row["programme"], json.dumps(claim)]
            + [row[name] for name in ("quote", "sentence", "field", "start", "end")],
        )
        store.db.conn.commit()


def test_what_is_likely_comes_first_and_is_accepted(
    contested: Path, answer: Callable[..., Any], tmp_path: Path
) -> None:
    make_likely(contested)
    outcome = answer("a", "", "q")
    assert outcome.code == 0
    first = outcome.out.split("[1 of ")[1].split("[2 of ")[0]
    assert "no rule says so; likely with 0.80" in first
    [added] = load_corrections(tmp_path / "corrections")
    assert (added.action, added.claim["kecamatan"], added.quote) == ("add", "Kejobong", "Kejobong")
    # What was decided on is not asked again.
    assert "no rule says so" not in answer("q").out


def test_the_last_answer_is_taken_back(contested: Path, answer: Callable[..., Any], tmp_path: Path) -> None:
    make_likely(contested)
    outcome = answer("r", "Bukan percontohan", "u", "a", "", "s", "u", "q")
    assert outcome.code == 0
    [kept] = load_corrections(tmp_path / "corrections")
    assert kept.action == "add"
    assert "1 decisions" in outcome.out
    assert "(u)ndo" not in outcome.out.split("[1 of ")[1].split("[2 of ")[0]
