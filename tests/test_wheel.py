"""What a wheel installs works in an empty folder, as anybody, and touches nothing else."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FLOORS = ("crawler", "db", "extract", "pipelines")
NOBODY = 65534
#: A user who may read whatever this one may, as a Python below a private home, and write nothing of it.
AS_NOBODY = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
)

Pantau = Callable[..., subprocess.CompletedProcess[str]]


def _run(command: Sequence[object], **options: object) -> subprocess.CompletedProcess[str]:
    arguments = [str(part) for part in command]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=300, **options)  # type: ignore[call-overload, no-any-return]


def _build(source: Path, target: Path, kind: str) -> Path:
    pytest.importorskip("hatchling", reason="hatchling is not installed here; 'make setup' installs it")
    done = _run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target], cwd=source)
    assert done.returncode == 0, done.stderr
    [built] = target.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(_build(ROOT, tmp_path / "sdist", "sdist"), tmp_path / "unpacked", filter="data")
    [source] = (tmp_path / "unpacked").iterdir()
    assert _build(source, tmp_path / "wheel", "wheel").read_bytes() == wheel.read_bytes()


def test_it_has_one_name_and_every_file_of_the_floors(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name.split("/")[0].split("-")[0] for name in names} == {"pantau_berdaya"}
    kept = _run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *FLOORS], cwd=ROOT)
    if kept.returncode == 0:  # not in an unpacked sdist
        tracked = [path for path in kept.stdout.splitlines() if (ROOT / path).is_file()]
        assert len(tracked) > 300
        assert [path for path in tracked if f"pantau_berdaya/{path}" not in names] == []


def test_what_the_code_imports_is_required_or_an_extra_of_users() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [
        text for name, texts in project["optional-dependencies"].items() if name != "dev" for text in texts
    ]
    required = _with_theirs([*project["dependencies"], *extras])
    homes = metadata.packages_distributions()
    missing = {}
    for path in (path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        for name in _imported(path) - set(sys.stdlib_module_names) - set(FLOORS):
            if not {canonicalize_name(one) for one in homes.get(name, [])} & required:
                missing[name] = path.relative_to(ROOT).as_posix()
    assert missing == {}


def _with_theirs(texts: Sequence[str]) -> set[str]:
    """Names of the packages that these requirements bring, and of all that those bring."""
    found: set[str] = set()
    waiting = list(texts)
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name not in found and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            found.add(name)
            waiting += metadata.requires(name) or ()
    return found


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


# --- installed -----------------------------------------------------------------------------------------


class Place:
    """A fresh environment with the wheel, and a folder of somebody who may write there and nowhere else."""

    def __init__(self, base: Path, wheel: Path) -> None:
        self.work, self.home, self.tmp = base / "work", base / "home", base / "tmp"
        self.venv = base / "venv"
        assert _run([sys.executable, "-m", "venv", "--without-pip", self.venv]).returncode == 0
        self.site = next((self.venv / "lib").glob("python3*")) / "site-packages"
        # What is required is there already. A path in a .pth file brings no .pth files of its own, so the
        # checkout, which is installed as editable, stays out of sight.
        (self.site / "required.pth").write_text(f"{metadata.distribution('click').locate_file('')}\n")
        pip = [sys.executable, "-m", "pip", "--python", self.venv, "install", "--no-deps", "--no-compile"]
        done = _run([*pip, "--quiet", "--no-index", wheel])
        assert done.returncode == 0, done.stderr
        for name in (*FLOORS, "sample"):  # of somebody else, in the same environment
            (self.site / f"{name}.py").write_text("raise AssertionError('a module of another package')\n")
        self.user = AS_NOBODY if os.getuid() == 0 and shutil.which("setpriv") else ()
        for folder in (self.work, self.home, self.tmp):
            folder.mkdir()
            if self.user:
                os.chown(folder, NOBODY, NOBODY)
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def command(self) -> list[str]:
        return [*self.user, str(self.venv / "bin" / "pantau")]

    def pantau(self, *args: object) -> subprocess.CompletedProcess[str]:
        return _run([*self.command, *args], cwd=self.work, env=self.environment)

    def files(self) -> set[str]:
        return {path.relative_to(self.work).as_posix() for path in self.work.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def place(wheel: Path) -> Iterator[Place]:
    # Not below pytest's folders, which only their owner may enter.
    with tempfile.TemporaryDirectory(prefix="pantau-wheel-") as folder:
        Path(folder).chmod(0o755)
        yield Place(Path(folder), wheel)


@pytest.mark.slow
def test_demo_and_site_work_and_write_nowhere_else(place: Place) -> None:
    before = sorted(place.site.rglob("*"))
    demo = place.pantau("demo")
    assert (demo.returncode, demo.stderr) == (0, "")
    assert re.search(r"^\d\d kecamatan were reported as pilots", demo.stdout, re.MULTILINE)
    serve = next(line.split() for line in demo.stdout.splitlines() if line.startswith("  pantau serve "))
    command = [*place.command, *serve[1:], "--port", "0"]
    with subprocess.Popen(
        command, cwd=place.work, env=place.environment, stdout=subprocess.PIPE, text=True
    ) as site:
        try:
            assert site.stdout is not None
            home = site.stdout.readline().split()[0]
            with urllib.request.urlopen(home, timeout=60) as answer:
                page = answer.read().decode()
            assert "</html>" in page
        finally:
            site.terminate()
    again = place.pantau("demo", "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert {name.split("/")[0] for name in place.files()} == {"data"}
    assert list(place.home.iterdir()) == list(place.tmp.iterdir()) == []
    assert sorted(place.site.rglob("*")) == before


def test_what_needs_no_source_tree_needs_none(place: Place) -> None:
    before = sorted(place.site.rglob("*"))
    version = place.pantau("--version")
    assert (version.returncode, version.stdout) == (
        0,
        f"pantau, version {metadata.version('pantau-berdaya')}\n",
    )
    crontab = place.pantau("schedule", "--cron")
    assert f"cd {place.work} && " in crontab.stdout
    assert f"{place.venv}/bin/pantau run --quiet" in crontab.stdout
    assert place.pantau("schedule", "--systemd", "--output", "units").returncode == 0
    assert place.pantau("config", "init").returncode == 0
    shutil.copy(ROOT / "tests" / "pages" / "murianews" / "article.html", place.work / "saved.html")
    new = place.pantau(
        "outlet", "new", "kabar_baru", "saved.html", "--url", "https://contoh.example/berita/1/judul"
    )
    assert (new.returncode, new.stderr) == (0, "")
    assert "outlets/kabar_baru.toml" in place.files()
    assert place.pantau("man").stdout.startswith(".TH PANTAU 1")
    assert "complete" in place.pantau("completion", "bash").stdout
    assert list(place.home.iterdir()) == list(place.tmp.iterdir()) == []
    assert sorted(place.site.rglob("*")) == before
