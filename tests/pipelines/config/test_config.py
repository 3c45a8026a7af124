"""One file, the environment over it, options over both; a mistake in any of them is one clear line."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from db.serve import build_datasette
from db.store import Store
from pipelines.config.load import Config, ConfigError, list_settings, load_config, read_time
from pipelines.config.show import check_config, format_settings, format_template, to_toml
from pipelines.crawl import run as crawl
from pipelines.crawl.scope import CrawlScope, choose_outlets
from tests.pipelines.invented import Pantau
from tests.pipelines.newsroom import ROOT, SAMPLE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and an environment without settings."""
    for name in [name for name in os.environ if name.startswith("PANTAU_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_sensible_value() -> None:
    config = load_config()
    assert config == Config()
    assert (config.db, config.archive) == (Path("data/pantau.db"), Path("data/warc"))


def test_the_written_file_names_every_setting_with_its_default(folder: Path, pantau: Pantau) -> None:
    assert pantau("config", "init").code == 0
    assert load_config() == Config(path=Path("pantau.toml"))
    # The same with every default taken out of its comment.
    lines = (folder / "pantau.toml").read_text("utf-8").splitlines()
    write(folder / "pantau.toml", "\n".join(re.sub(r"^# (?=\w+ = )", "", line) for line in lines))
    config = load_config()
    assert set(config.origins) == {one.name for one in list_settings()}
    assert [getattr(config, one.name) for one in list_settings()] == [one.default for one in list_settings()]


def test_init_never_overwrites(folder: Path, pantau: Pantau) -> None:
    path = write(folder / "pantau.toml", 'contact = "redaksi@warta.example"\n')
    outcome = pantau("config", "init")
    assert outcome.code == 2
    assert "exists already" in outcome.err
    assert path.read_text() == 'contact = "redaksi@warta.example"\n'


def test_options_go_before_the_environment_and_that_before_the_file(
    folder: Path, database: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("file", "environment", "option"):
        Store(folder / place / "pantau.db").close()
    write(folder / "pantau.toml", '[paths]\ndb = "file/pantau.db"\n')

    def used(*args: object) -> str:
        status = json.loads(pantau("status", "--json", *args).out)
        return Path(status["database"]).parent.name

    assert used() == "file"
    monkeypatch.setenv("PANTAU_DB", "environment/pantau.db")
    assert used() == "environment"
    assert used("--db", "option/pantau.db") == "option"


def test_paths_are_relative_to_the_file(folder: Path) -> None:
    path = write(folder / "etc" / "p.toml", '[paths]\ndb = "a.db"\noutlets = ["mine", "/srv/theirs"]\n')
    config = load_config(path)
    assert config.db == folder / "etc" / "a.db"
    assert config.outlets == (folder / "etc" / "mine", Path("/srv/theirs"))


def test_another_file_can_be_named(folder: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(folder / "other.toml", 'contact = "https://warta.example/kontak"\n')
    assert "warta.example" in pantau("config", "show", "--config", path).out
    monkeypatch.setenv("PANTAU_CONFIG", str(path))
    assert load_config().contact == "https://warta.example/kontak"
    outcome = pantau("status", "--config", folder / "none.toml")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "no such file" in outcome.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kontak = 'a'", "unknown key 'kontak'; allowed here: contact, log_format, paths"),
        ("contakt = 'a'", "unknown key 'contakt'; did you mean 'contact'?"),
        ("[paths]\ndatabase = 'a'", "[paths]: unknown key 'database'; allowed here: db"),
        ("[path]\ndb = 'a'", "unknown key 'path'; did you mean 'paths'?"),
        ("paths = 3", "'paths' must be a table, written [paths]"),
        ("contact = 3", "contact = 3 must be a text"),
        ("[retention]\nkeep_backups = -1", "must be a whole number"),
        ("[retention]\nkeep_backups = true", "must be a whole number"),
        ("[schedule]\nrun_at = '25:00'", 'must be a time such as "05:15"'),
        ("[digest]\nsince = 'a week'", 'must be a span such as "7d"'),
        ("[digest]\nnotify = 'mailto://a'", "must be a list"),
        (
            "[digest]\nnotify = ['me@warta.example']",
            "= 'me@warta.example' must be an address",
        ),
        ("[outlets]\noff = [1]", "[outlets]: off, entry 1 = 1 must be a text that is not empty"),
        ("log_format = 'xml'", "one of text, json"),
        ("contact = ", "no valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_one_line(folder: Path, text: str, words: str, pantau: Pantau) -> None:
    write(folder / "pantau.toml", text)
    for verb in (("config", "check"), ("status",)):
        outcome = pantau(*verb)
        assert outcome.code == 2
        [line] = outcome.err.splitlines()
        assert "pantau.toml" in line
        assert words in line


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "pantau.toml").write_bytes(b"contact = '\xff'")
    with pytest.raises(ConfigError, match="can't be read"):
        load_config()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PANTAU_KEEP_BACKUPS", "many", "PANTAU_KEEP_BACKUPS = 'many' must be a whole number"),
        ("PANTAU_RUN_AT", "5", "PANTAU_RUN_AT = '5' must be a time"),
        ("PANTAU_LOG_FORMAT", "xml", "PANTAU_LOG_FORMAT"),
    ],
)
def test_a_mistake_in_the_environment_names_its_variable(
    name: str, value: str, words: str, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    outcome = pantau("status")
    assert outcome.code == 2
    assert words in outcome.err


def test_lists_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_OUTLETS", os.pathsep.join(["a", "b"]))
    monkeypatch.setenv("PANTAU_OFF", "tribun_jateng, detik_jateng")
    monkeypatch.setenv("PANTAU_NOTIFY", "ntfy://a mailto://b")
    config = load_config()
    assert config.outlets == (Path("a"), Path("b"))
    assert config.off == ("tribun_jateng", "detik_jateng")
    assert config.notify == ("ntfy://a", "mailto://b")


def test_the_check_tells_what_is_usable_and_not_right(folder: Path) -> None:
    assert check_config(Config(contact="redaksi@warta.example")) == []
    wrong = Config(
        contact="robot@warta.example",
        outlets=(folder / "none",),
        off=("no_such_outlet",),
        nice=20,
        jitter_minutes=601,
    )
    problems = check_config(wrong)
    assert len(problems) == 5
    for words in ("'bot'", "none is no folder", "no_such_outlet", "nice", "jitter"):
        assert any(words in problem for problem in problems), words
    assert "contact is empty" in check_config(Config())[0]


def test_the_check_needs_a_person_where_it_finds_something(folder: Path, pantau: Pantau) -> None:
    write(folder / "pantau.toml", 'contact = "redaksi@warta.example"\n')
    good = pantau("config", "check")
    assert (good.code, good.err) == (0, "")
    assert "good" in good.out
    write(folder / "pantau.toml", '[outlets]\noff = ["no_such_outlet"]\n')
    assert pantau("config", "check").code == 1


def test_show_names_what_options_give(pantau: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DB", "lain.db")
    assert '"lain.db"  (PANTAU_DB)' in pantau("config", "show").out
    shown = pantau("config", "show", "--db", "satu.db", "--log-format", "json").out.splitlines()
    assert [line.split()[1:] for line in shown if line.split()[0] in ("paths.db", "log_format")] == [
        ['"json"', "(--log-format)"],
        ['"satu.db"', "(--db)"],
    ]


def test_show_keeps_secrets_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_NOTIFY", "mailto://user:hunter2@warta.example")
    shown = "\n".join(format_settings(load_config()))
    assert "hunter2" not in shown
    assert "mailto://…" in shown
    assert "(PANTAU_NOTIFY)" in shown


def test_outlets_that_are_off_are_left_out_unless_named(folder: Path) -> None:
    every = choose_outlets(CrawlScope(archive=folder))
    first = next(iter(every))
    assert set(choose_outlets(CrawlScope(archive=folder, off=(first,)))) == set(every) - {first}
    assert set(choose_outlets(CrawlScope(archive=folder, off=(first,), slugs=(first,)))) == {first}
    assert set(choose_outlets(CrawlScope(archive=folder, only=(first,)))) == {first}
    with pytest.raises(Exception, match="every outlet is off"):
        choose_outlets(CrawlScope(archive=folder, only=(first,), off=(first,)))
    with pytest.raises(Exception, match="every outlet is off"):
        choose_outlets(CrawlScope(archive=folder, off=tuple(every)))


def test_the_contact_reaches_the_user_agent(folder: Path) -> None:
    settings = crawl.build_settings(CrawlScope(archive=folder, contact="redaksi@warta.example"), {})
    assert "redaksi@warta.example" in settings["USER_AGENT"]
    assert settings["PANTAU_CONTACT"] == "redaksi@warta.example"


def test_times_and_values() -> None:
    assert read_time("Mon 07:05") == ("Mon", 7, 5)
    assert read_time("23:59") == ("", 23, 59)
    for value in ('a"b\\c\nd\x7f', "nama", 3, True, ["a", "b"], {"a": 1, "b": "x"}):
        assert tomllib.loads(f"key = {to_toml(value)}")["key"] == value
    assert len(format_template().splitlines()) > 50


def test_the_title_of_the_site_is_ones_own_in_both_languages(folder: Path) -> None:
    Store(folder / "pantau.db").close()
    site = build_datasette(folder / "pantau.db", title="Pantau <Desa>")
    loop = asyncio.new_event_loop()  # asyncio.run would leave the thread without one, which crawls need
    try:
        for path in ("/", "/en/"):
            page = loop.run_until_complete(site.client.get(path)).text
            assert "Pantau &lt;Desa&gt;</title>" in page
    finally:
        loop.close()


def test_scrapy_reads_the_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    file = tmp_path / "pantau.toml"
    file.write_text(
        f'contact = "redaksi@warta.example"\n[paths]\ndb = "berita.db"\noutlets = ["{SAMPLE / "outlets"}"]\n',
        encoding="utf-8",
    )

    def list_outlets() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", "list"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    listed = list_outlets()
    assert listed.returncode == 0, listed.stderr
    assert {"warta_serayu", "tribun_jateng"} <= set(listed.stdout.split())
    with monkeypatch.context() as own:
        own.setattr(os, "environ", {"PANTAU_DB": "lain.db"})
        from pipelines.config.scrapy_settings import pass_on_config  # which does so when it is imported, too

        pass_on_config()
        assert os.environ == {
            "PANTAU_CONTACT": "redaksi@warta.example",
            "PANTAU_DB": "lain.db",
            "PANTAU_OUTLETS": str(SAMPLE / "outlets"),
        }
    file.write_text("kontak = 1\n", encoding="utf-8")
    broken = list_outlets()
    assert broken.returncode == 2
    [line] = broken.stderr.splitlines()
    assert "unknown key 'kontak'" in line


def test_a_mistyped_variable_is_told() -> None:
    with pytest.raises(ConfigError, match="PANTAU_LOG is no setting; did you mean 'PANTAU_LOGS'"):
        load_config(environ={"PANTAU_LOG": "logs"})
    load_config(environ={"PANTAU_WEATHER": "rain", "HOME": "/"})  # somebody else's


def test_a_mistyped_outlet_is_told_with_what_is_near(
    tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = pantau("crawl", "detik_jatng", "--db", tmp_path / "pantau.db")
    assert outcome.code == 2
    assert "no outlet is named 'detik_jatng'; did you mean 'detik_jateng'?" in outcome.err
    monkeypatch.setenv("PANTAU_OFF", "detik_jatng")
    assert "[outlets] off: no outlet is named 'detik_jatng'; did you mean" in pantau("config", "check").err


def test_an_address_that_nobody_knows_is_told_without_its_secret(
    pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_NOTIFY", "json://localhost nothing://hunter2@x")
    outcome = pantau("config", "check")
    assert outcome.code == 1
    [line] = [line for line in outcome.complaints if "notify" in line]
    assert "nothing://… is no address that Apprise knows" in line
    assert "hunter2" not in outcome.err
