"""Lines of JSON in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.claims.jsonl import load_rows, read_lines, to_line
from pipelines.command.errors import InputError


def test_numbers_count_blank_lines_too() -> None:
    lines = list(read_lines([b"\xef\xbb\xbf1\n", b" \r\n", b"2\r\n", b"x"]))
    assert [(line.number, line.value) for line in lines] == [(1, 1), (3, 2), (4, None)]
    assert lines[2].problem.startswith("not JSON")


def test_text_is_written_as_it_reads() -> None:
    assert to_line({"judul": "Rp1,4 miliar – “ya”"}) == '{"judul": "Rp1,4 miliar – “ya”"}\n'.encode()


def test_half_a_surrogate_pair_stays_what_it_was() -> None:
    assert json.loads(to_line("\ud83d")) == "\ud83d"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ('{"id": "a"}\nnot json\n', "line 2: not JSON"),
        ('{"id": "a"}\n[]\n', "line 2: not a JSON object"),
        ('\n{"text": "a"}\n', "line 2: it has no 'id'"),
    ],
)
def test_a_file_that_must_be_whole_is_refused(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=words) as caught:
        load_rows(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
