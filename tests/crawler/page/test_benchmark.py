"""The benchmark on a folder of other people's pages counts as that corpus does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.pages import join_scores, load_folder, measure, score_runs

BODY = " ".join(
    f"Kalimat nomor {n} menceritakan warga Bukateja yang menanam bibit pohon di lereng." for n in range(9)
)


def test_runs_of_words_are_counted() -> None:
    assert score_runs("a b c d e", "a b c d e") == (1.0, 1.0)
    assert score_runs("a b c d e f", "a b c d e") == (pytest.approx(2 / 3), 1.0)
    assert score_runs("", "a b c d e") == (1.0, 0.0)
    assert score_runs("satu dua", "satu dua") == (1.0, 1.0)
    assert join_scores([(1.0, 0.0), (1.0, 1.0)]) == pytest.approx(2 / 3)


def test_a_folder_is_read_and_scored(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    truth = {name: {"articleBody": BODY, "url": "https://kabaruji.example/a/b"} for name in ("1a", "2b")}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    html = f"<html><head><title>Judul</title></head><body><div><p>{BODY}</p></div></body></html>"
    for name in truth:
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(html.encode()))
    assert [sample.held for sample in load_folder(tmp_path)] == [True, False]
    figures = measure(tmp_path)
    assert figures["pages"] == 2
    assert figures["ours: F1 of runs of four words"] == figures["ours: F1 on the held half"] == 1.0
