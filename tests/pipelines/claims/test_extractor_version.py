"""Rules that change reach what is stored: the version is computed from the code, wherever it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extract import version
from tests.pipelines.invented import Pantau

ROOT = Path(__file__).parents[3]
PACKAGES = ("crawler", "db", "extract", "pipelines", "sample")


def _extract(installed: Path, database: Path) -> str:
    """What `pantau extract` says from packages installed elsewhere."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipelines.cli", "extract", "--db", database],
        env={"PYTHONPATH": str(installed)},
        cwd=database.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout


def test_a_changed_rule_reads_stored_articles_again(database: Path, pantau: Pantau, tmp_path: Path) -> None:
    assert pantau("extract", "--db", database).out.startswith("2 articles extracted")
    installed = tmp_path / "site-packages"
    for package in PACKAGES:  # as a wheel puts them there: no repository around them
        shutil.copytree(ROOT / package, installed / package, ignore=shutil.ignore_patterns("__pycache__"))
    assert _extract(installed, database) == "nothing new to extract\n"
    rule = installed / "extract" / "vocabulary" / "scan.py"
    rule.write_text(f"{rule.read_text('utf-8')}\n#: A rule that was not there before.\nMORE = 1\n", "utf-8")
    assert _extract(installed, database).startswith("2 articles extracted")


def test_every_part_of_the_code_is_in_the_digest() -> None:
    names = [name for name, _ in version._sources()]
    expected = [path.relative_to(ROOT).as_posix() for path in (ROOT / "extract").rglob("*.py")]
    assert sorted(names) == sorted([*expected, "db/records.py", "db/toml_records.py"])


def test_each_change_gives_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [("extract/a.py", b"one"), ("extract/b.py", b"two")]

    def digest(*changed: tuple[str, bytes]) -> str:
        return version.code_digest(changed or sources, version.DEPENDENCIES)

    assert digest() == digest(*reversed(sources))
    changes = [
        digest(),
        digest(("extract/a.py", b"one"), ("extract/b.py", b"three")),
        digest(("extract/a.py", b"one"), ("extract/c.py", b"two")),
        digest(("extract/a.py", b"on"), ("extract/b.py", b"etwo")),
        digest(("extract/a.py", b"one")),
    ]
    for name in version.DEPENDENCIES:
        with monkeypatch.context() as patch:
            patch.setattr(version, "version", lambda asked, name=name: "9.9" if asked == name else "1.0")
            changes.append(digest())
    assert len(set(changes)) == len(changes)
