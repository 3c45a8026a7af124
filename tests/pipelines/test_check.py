"""Each check across files finds what it is for, on a small tree with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.vocabulary.load import load_vocabulary
from pipelines import check
from pipelines.check import Problem, list_tables
from pipelines.cli import pantau

DICTIONARY = "docs/data-dictionary.md"
OUTLET = (
    'name = "Contoh Post"\nhome = "https://contoh-post.example/"\nlike = "wordpress"\nsince = 2025-11-01\n'
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree in which nothing is wrong."""
    files = {
        "crawler/outlets/contoh_post.toml": OUTLET + 'confidence = "low"\n',
        "tests/pages/contoh_post/berita.html": "",
        "README.md": "Run `make demo`.\n" + "\n".join(f"`pantau {verb}`" for verb in pantau.commands),
        "CHANGELOG.md": "[readme](README.md) [web](https://example.org/x)\n",
        DICTIONARY: "\n".join(f"`{table}`" for table in list_tables()),
        "Makefile": "demo:\n\ttrue\n",
        "db/small.py": "x = 1\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


CHECKS = [check.check_outlets, check.check_recordings, check.check_documents, check.check_sizes]


def test_a_sound_tree_has_no_problem(tree: Path) -> None:
    (tree / "sample" / "outlets").mkdir(parents=True)
    assert [problem for one in CHECKS for problem in one(tree)] == []


def _append(name: str, content: str) -> Callable[[Path], None]:
    def change(tree: Path) -> None:
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(content)

    return change


@pytest.mark.parametrize(
    ("find", "break_it", "words"),
    [
        (check.check_outlets, _append("crawler/outlets/contoh_post.toml", 'colour = "red"\n'), "colour"),
        (check.check_outlets, _append("tests/pages/kontoh_pos/x.html", ""), "no outlet has this slug"),
        (check.check_recordings, _append("crawler/outlets/lain.toml", 'like = "promedia"\n'), "'promedia'"),
        (check.check_documents, lambda tree: (tree / "README.md").write_text("nothing"), "`pantau crawl`"),
        (check.check_documents, lambda tree: (tree / DICTIONARY).write_text(""), "`pilots`"),
        (check.check_documents, _append("docs/more.md", "See `make coffee`."), "`make coffee`"),
        (
            check.check_documents,
            _append("docs/more.md", "See [this](nowhere.md#part)."),
            "links to nowhere.md",
        ),
        (check.check_sizes, _append("db/large.py", "x = 1\n" * 251), "db/large.py (251)"),
    ],
)
def test_what_is_wrong_is_found(
    tree: Path, find: Callable[[Path], Iterator[Problem]], break_it: Callable[[Path], None], words: str
) -> None:
    (tree / "sample" / "outlets").mkdir(parents=True)
    break_it(tree)
    assert any(words in str(problem) for problem in find(tree))


def test_only_what_is_more_than_a_warning_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warning, error = Problem("a.py", "long", warning=True), Problem("b.md", "wrong")
    monkeypatch.setattr(check, "CHECKS", (lambda root: [warning],))
    assert check.main() == 0
    monkeypatch.setattr(check, "CHECKS", (lambda root: [warning, error],))
    assert check.main() == 1
    assert "b.md: wrong" in capsys.readouterr().err


def test_lists_of_cues_and_code_agree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(check.check_cues(tree)) == []
    vocabulary = load_vocabulary()
    lists = {name: dict(table) for name, table in vocabulary.cues.items()}
    for file, key in (("pilots", "colours"), ("colours", "red")):
        lists.setdefault(file, {})[key] = ("merah",)
    for file, key in (("pilots", "negated"), ("responsibilities", "appeals"), ("text", "abbreviations")):
        del lists[file][key]
    spoiled = replace(vocabulary, cues=lists, _built={})
    monkeypatch.setattr(check, "load_vocabulary", lambda: spoiled)
    found = "\n".join(map(str, check.check_cues(tree)))
    for words in (
        "cues/pilots.toml: nothing asks for 'colours'; remove it",
        "cues/pilots.toml lacks 'negated'",
        "cues/responsibilities.toml lacks 'appeals'",
        "cues/text.toml: lacks 'abbreviations'",
        "cues/colours.toml: nothing asks for 'red'",
    ):
        assert words in found
