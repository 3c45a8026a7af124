"""What is printed for cron and systemd is valid, and does the job from an empty environment."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from db.store import Store
from pipelines.config.load import Config
from pipelines.operate.schedule import Place, format_crontab, format_units, spread
from tests.pipelines.invented import Pantau
from tests.pipelines.newsroom import SAMPLE, SLUGS

PLACE = Place(folder=Path("/srv/pantau"), command=Path("/srv/pantau/.venv/bin/pantau"), host="h1")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


class Job(NamedTuple):
    """A line of a crontab."""

    fields: tuple[str, ...]
    command: str


def parse_crontab(lines: list[str]) -> Iterator[Job]:
    """The jobs of a crontab, by the rules of crontab(5); AssertionError where it breaks them."""
    for line in lines:
        assert "\n" not in line
        if not line.strip() or line.startswith("#") or re.fullmatch(r"[A-Z_]+=\S*", line):
            continue
        *fields, command = line.split(" ", 5)
        assert len(fields) == 5, line
        for field, (low, high) in zip(fields, _RANGES, strict=True):
            assert field == "*" or (field.isdigit() and low <= int(field) <= high), line
        # An unescaped percent sign ends the command; what follows is its standard input.
        assert not re.search(r"(?<!\\)%", command)
        yield Job(tuple(fields), command.replace("\\%", "%"))


def jobs(config: Config, place: Place = PLACE) -> dict[str, Job]:
    found = list(parse_crontab(list(format_crontab(config, place))))
    return {re.findall(r"pantau'? (\w+) ", job.command + " ")[0]: job for job in found}


def test_cron_has_a_job_each_with_lock_nice_and_an_end() -> None:
    found = jobs(Config(jitter_minutes=0))
    assert set(found) == {"run", "digest", "backup"}
    assert found["run"].fields == ("15", "5", "*", "*", "*")
    assert found["digest"].fields == ("0", "7", "*", "*", "1")
    assert found["backup"].fields == ("30", "2", "*", "*", "*")
    run = found["run"].command
    assert run == "cd /srv/pantau && timeout -k 60 8h nice -n 10 /srv/pantau/.venv/bin/pantau run --quiet"
    assert found["digest"].command.endswith("pantau digest --since 7d")


def test_installations_start_at_other_minutes_and_always_at_the_same() -> None:
    others = [Place(folder=PLACE.folder, command=PLACE.command, host=f"h{n}") for n in range(40)]
    late = {spread(place, 20) for place in others}
    assert late <= set(range(21))
    assert len(late) > 8
    assert jobs(Config()) == jobs(Config())
    # Past midnight, the day of the week is the next one.
    place = next(one for one in others if spread(one, 59) > 30)
    job = jobs(Config(run_at="Sat 23:30", jitter_minutes=59), place)["run"]
    assert job.fields[1:] == ("0", "*", "*", "0")
    assert job.fields[0] == str(spread(place, 59) - 30)


def test_outlets_that_are_named_are_those_of_the_run(pantau: Pantau) -> None:
    found = jobs(Config(), replace(PLACE, slugs=("detik_jateng", "suaramerdeka")))
    assert found["run"].command.endswith("pantau run detik_jateng suaramerdeka --quiet")
    assert "detik_jateng" not in found["digest"].command + found["backup"].command
    outcome = pantau("schedule", "--systemd", "detik_jateng")
    assert (outcome.code, outcome.out.count("detik_jateng")) == (0, 1)
    outcome = pantau("schedule", "--cron", "detik_jatng")
    assert outcome.code == 2
    assert "did you mean 'detik_jateng'?" in outcome.err


def test_odd_folders_are_quoted() -> None:
    place = Place(folder=Path("/srv/50% of it's mine"), command=Path("/srv/50% of it's mine/bin/pantau"))
    command = jobs(Config(), place)["run"].command
    printed = subprocess.run(
        ["sh", "-c", command.replace("cd ", "echo ", 1).split("&&")[0]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout == "/srv/50% of it's mine\n"
    service = format_units(Config(), place)["pantau-run.service"]
    assert 'ExecStart="/srv/50%% of it\'s mine/bin/pantau" run --quiet' in service
    assert "WorkingDirectory=/srv/50%% of it's mine\n" in service


def test_units_have_what_cron_has() -> None:
    units = format_units(Config(jitter_minutes=25, nice=5), replace(PLACE, user="pantau"))
    assert len(units) == 7
    run = units["pantau-run.service"]
    for line in ("Type=oneshot", "User=pantau", "Nice=5", "SuccessExitStatus=75 130", "TimeoutStartSec=8h"):
        assert f"{line}\n" in run
    timer = units["pantau-run.timer"]
    assert "OnCalendar=*-*-* 05:15:00\n" in timer
    assert "RandomizedDelaySec=25min\n" in timer
    assert "OnCalendar=Mon *-*-* 07:00:00\n" in units["pantau-digest.timer"]
    assert "serve --public --host 127.0.0.1" in units["pantau-serve.service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong(tmp_path: Path, pantau: Pantau) -> None:
    assert pantau("schedule", "--systemd", "--output", tmp_path / "units").code == 0
    files = sorted((tmp_path / "units").iterdir())
    assert len(files) == 7

    def verify() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["systemd-analyze", "verify", *map(str, files)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    good = verify()
    # What it says of units that are the machine's own is not ours.
    assert [line for line in good.stderr.splitlines() if "pantau-" in line] == []
    assert good.returncode == 0
    timer = tmp_path / "units" / "pantau-run.timer"
    timer.write_text(timer.read_text().replace("OnCalendar", "OnCalender"), encoding="utf-8")
    assert "OnCalender" in verify().stderr


def test_what_is_given_holds_for_the_jobs(
    tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b.toml").write_text('[schedule]\nrun_at = "06:00"\njitter_minutes = 0\n', encoding="utf-8")
    outcome = pantau("schedule", "--cron", "--db", "my.db", "--config", "a b.toml")
    [run, *_] = parse_crontab(outcome.out.splitlines())
    assert run.fields[:2] == ("0", "6")
    assert run.command.endswith(f"run --quiet --db {tmp_path}/my.db --config '{tmp_path}/a b.toml'")
    assert pantau("schedule").code == 2
    assert pantau("schedule", "--cron", "--output", "x").code == 2
    assert "--db" not in pantau("schedule", "--cron").out


def test_the_printed_line_does_the_whole_job_from_an_empty_environment(
    tmp_path: Path, pantau: Pantau
) -> None:
    folder = tmp_path / "srv pantau"
    folder.mkdir()
    (folder / "pantau.toml").write_text(
        f'contact = "redaksi@warta.example"\n[paths]\noutlets = ["{SAMPLE / "outlets"}"]\nlogs = "logs"\n',
        encoding="utf-8",
    )
    place = Place(folder=folder, command=Path(sys.executable).parent / "pantau")
    # As printed, but for a little more of a busy machine.
    command = jobs(Config(nice=1), place)["run"].command
    # Of the sample newsroom, which is no network: the same line, told where the answers are.
    sample = [
        *SLUGS,
        "--replay",
        SAMPLE / "newsroom.warc.gz",
        "--since",
        "2025-10-25",
        "--until",
        "2025-12-12",
    ]
    done = subprocess.run(
        ["env", "-i", "/bin/sh", "-c", " ".join([command, *map(str, sample)])],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        cwd="/",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Store(folder / "data" / "pantau.db", read_only=True) as store:
        assert store.db.execute("SELECT count(*) FROM pilots").fetchone()[0] > 0
        [run] = {row[0] for row in store.db.execute("SELECT DISTINCT run FROM crawls").fetchall()}
    assert (folder / "data" / "public.db").stat().st_size > 0
    assert list((folder / "data" / "warc").glob("*.warc.gz"))
    [log] = (folder / "logs").iterdir()
    assert all(f"[{run}]" in line for line in log.read_text("utf-8").splitlines())
