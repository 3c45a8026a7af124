"""The configuration: `pantau.toml`, the environment over it, command-line options over both.

Everything has a default that makes sense, so that the file may be missing. The fields of `Config` are the one
list of what can be set: the file that `pantau config init` writes, the check and the environment's names
come from it.
"""

# ruff: noqa: RUF009 - what _setting returns is a field, made anew for each

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipelines.command.errors import InputError
from pipelines.command.guess import suggest
from pipelines.worker import BUDGET

#: Looked for in the folder in which `pantau` is called, unless `--config` or this variable names another.
FILE_NAME = "pantau.toml"
FILE_VARIABLE = "PANTAU_CONFIG"

_TIME = re.compile(r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01]\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"[1-9]\d*[dhw]")


class ConfigError(InputError):
    """A setting that can't be used; one line that names the file or variable, the key and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a setting may be, where it stands, and what the file says about it."""

    kind: str  # "text", "path", "paths", "words", "urls", "number", "time", "span" or "a|b"
    section: str
    about: str
    variable: str


def _setting(default: Any, kind: str, where: str, about: str, variable: str) -> Any:
    """A field of `Config`; "path" without a value is None, and lists are tuples."""
    rule = Rule(kind=kind, section=where, about=about, variable=variable)
    return field(default=default, metadata={"rule": rule})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. Paths of the file are relative to the file, others to the folder of the moment."""

    contact: str = _setting(
        "", "text", "", "How to reach you (mail or web address): in the user agent and on /privasi.",
        "PANTAU_CONTACT",
    )  # fmt: skip
    log_format: str = _setting("text", "text|json", "", "How log lines look.", "PANTAU_LOG_FORMAT")
    db: Path = _setting(Path("data/pantau.db"), "path", "paths", "The database.", "PANTAU_DB")
    archive: Path = _setting(
        Path("data/warc"), "path", "paths", "Where every response is kept as WARC.", "PANTAU_ARCHIVE"
    )
    public: Path | None = _setting(
        None, "path", "paths", 'The public database; "" is public.db beside the database.', "PANTAU_PUBLIC"
    )
    corrections: Path = _setting(
        Path("corrections"), "path", "paths", "Corrections of claims, best under version control.",
        "PANTAU_CORRECTIONS",
    )  # fmt: skip
    backups: Path = _setting(
        Path("data/backups"), "path", "paths", "Where `pantau backup` puts its copies; best another disk.",
        "PANTAU_BACKUPS",
    )  # fmt: skip
    logs: Path | None = _setting(
        None, "path", "paths", 'A folder for log files, one a day; "" writes none.', "PANTAU_LOGS"
    )
    vocabulary: tuple[Path, ...] = _setting(
        (), "paths", "paths", "Further folders of vocabulary.", "PANTAU_VOCABULARY"
    )
    outlets: tuple[Path, ...] = _setting(
        (), "paths", "paths", "Further folders of outlet files.", "PANTAU_OUTLETS"
    )
    off: tuple[str, ...] = _setting(
        (), "words", "outlets", "Outlets that are not crawled unless a command names them.", "PANTAU_OFF"
    )
    run_at: str = _setting(
        "05:15", "time", "schedule", 'When to crawl, by the machine\'s clock: "05:15" or "Mon 05:15".',
        "PANTAU_RUN_AT",
    )  # fmt: skip
    digest_at: str = _setting(
        "Mon 07:00", "time", "schedule", "When to write the digest.", "PANTAU_DIGEST_AT"
    )
    backup_at: str = _setting("02:30", "time", "schedule", "When to back up.", "PANTAU_BACKUP_AT")
    jitter_minutes: int = _setting(
        20, "number", "schedule",
        "The run starts up to so many minutes later, so that not all installations ask an outlet at once.",
        "PANTAU_JITTER_MINUTES",
    )  # fmt: skip
    nice: int = _setting(
        10, "number", "schedule", "How much the run gives way to others, 0 to 19.", "PANTAU_NICE"
    )
    title: str = _setting("", "text", "site", 'Title of the site; "" is its own.', "PANTAU_TITLE")
    since: str = _setting(
        "7d", "span", "digest", 'How far a digest looks back: "7d", "12h" or "2w".', "PANTAU_SINCE"
    )
    notify: tuple[str, ...] = _setting(
        (), "urls", "digest",
        "Where `pantau digest` sends it: addresses of Apprise, an optional package.",
        "PANTAU_NOTIFY",
    )  # fmt: skip
    budget_seconds: int = _setting(
        BUDGET, "number", "limits",
        "Seconds of processor time that reading a page or extracting an article may take; 0 is no bound.",
        "PANTAU_BUDGET_SECONDS",
    )  # fmt: skip
    keep_backups: int = _setting(
        7, "number", "retention", "Copies that are kept; 0 keeps all.", "PANTAU_KEEP_BACKUPS"
    )
    log_days: int = _setting(
        90, "number", "retention", "Log files older than this go; 0 keeps all.", "PANTAU_LOG_DAYS"
    )
    log_megabytes: int = _setting(
        0,
        "number",
        "retention",
        "The oldest log files beyond this go; 0 is no bound.",
        "PANTAU_LOG_MEGABYTES",
    )
    warc_days: int = _setting(
        0, "number", "retention",
        "WARC files older than this go, with the pages that articles were read from; 0 keeps all.",
        "PANTAU_WARC_DAYS",
    )  # fmt: skip
    warc_gigabytes: int = _setting(
        0,
        "number",
        "retention",
        "The oldest WARC files beyond this go; 0 is no bound.",
        "PANTAU_WARC_GIGABYTES",
    )
    path: Path | None = None  # the file that was read
    origins: Mapping[str, str] = field(default_factory=dict)  # setting -> file or variable that gave it


def list_settings() -> Iterator[tuple[Field[Any], Rule]]:
    """Every setting as a field of `Config` and its rule, in the order of the file."""
    for one in fields(Config):
        if "rule" in one.metadata:
            yield one, one.metadata["rule"]


def find_file(named: Path | None) -> Path | None:
    """The configuration file: the one that is named, or the one in this folder if there is one."""
    if named is None and (value := os.environ.get(FILE_VARIABLE)):
        named = Path(value)
    if named is not None:
        if not named.is_file():
            raise ConfigError(f"{named}: no such file; write one with 'pantau config init'")
        return named
    here = Path(FILE_NAME)
    return here if here.is_file() else None


def load_config(named: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """The settings of file and environment; raises `ConfigError` for the first that can't be used."""
    environ = os.environ if environ is None else environ
    path = find_file(named)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if path is not None:
        for name, value in _read_file(path).items():
            values[name] = value
            origins[name] = str(path)
    _check_variables(environ)
    for one, rule in list_settings():
        if rule.variable in environ:
            values[one.name] = _parse(rule, environ[rule.variable], rule.variable)
            origins[one.name] = rule.variable
    return Config(**values, path=path, origins=origins)


def _check_variables(environ: Mapping[str, str]) -> None:
    """Refuse a variable that is nearly one of ours; what is like none of them may be somebody else's."""
    known = [FILE_VARIABLE, *(rule.variable for _, rule in list_settings())]
    for name in sorted(environ):
        mistyped = name.startswith("PANTAU_") and name not in known
        if mistyped and (close := get_close_matches(name, known, n=1, cutoff=0.8)):
            raise ConfigError(f"{name} is no setting; did you mean {close[0]!r}?")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: no valid TOML: {error}") from None
    places = {(rule.section, one.name): (one.name, rule) for one, rule in list_settings()}
    sections = {section for section, _ in places if section}
    values = {}
    for key, value in data.items():
        if key in sections:
            if not isinstance(value, dict):
                raise ConfigError(f"{path}: {key!r} is a section: write [{key}]")
            entries = {(key, name): one for name, one in value.items()}
        else:
            entries = {("", key): value}
        for (section, name), one in entries.items():
            label = f"[{section}] {name}" if section else name
            if (section, name) not in places:
                allowed = [n for s, n in places if s == section] + ([] if section else sorted(sections))
                hint = suggest(name, allowed, otherwise="allowed here")
                raise ConfigError(f"{path}: unknown key {label!r}; {hint}")
            setting, rule = places[section, name]
            values[setting] = _check(rule, one, f"{path}: {label}", path.parent)
    return values


def _parse(rule: Rule, text: str, variable: str) -> Any:
    """A variable's text as the value that a file would hold."""
    value: Any = text
    if rule.kind == "number":
        value = int(text) if text.isdigit() else text
    elif rule.kind == "paths":
        value = [part for part in text.split(os.pathsep) if part]
    elif rule.kind in ("words", "urls"):
        value = text.replace(",", " ").split() if rule.kind == "words" else text.split()
    return _check(rule, value, variable, None)


def _check(rule: Rule, value: Any, label: str, folder: Path | None) -> Any:
    """The value as `Config` holds it; `folder` is where relative paths start, None is the current one."""

    def bad(wanted: str) -> ConfigError:
        return ConfigError(f"{label} = {value!r} must be {wanted}")

    if rule.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise bad("a whole number, not negative")
        return value
    if rule.kind in ("paths", "words", "urls"):
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise bad("a list of texts")
        if rule.kind == "urls" and (wrong := [one for one in value if "://" not in one]):
            raise ConfigError(f"{label}: {wrong[0]!r} is no address; Apprise's look like mailto://...")
        return tuple(_place(one, folder) for one in value) if rule.kind == "paths" else tuple(value)
    if not isinstance(value, str):
        raise bad("a text")
    if rule.kind == "path":
        return _place(value, folder) if value else None
    if rule.kind == "time" and not _TIME.fullmatch(value):
        raise bad("""a time such as "05:15" or "Mon 05:15\"""")
    if rule.kind == "span" and not _SPAN.fullmatch(value):
        raise bad("""a span such as "7d", "12h" or "2w\"""")
    if "|" in rule.kind and value not in rule.kind.split("|"):
        raise bad(f"one of {rule.kind.replace('|', ', ')}")
    return value


def _place(text: str, folder: Path | None) -> Path:
    path = Path(text).expanduser()
    return path if folder is None or path.is_absolute() or str(folder) == "." else folder / path


def read_time(text: str) -> tuple[str, int, int]:
    """ "Mon 07:00" -> ("Mon", 7, 0); without a day of the week the first is ""."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ConfigError(f"{text!r} is no time; write it as 05:15 or Mon 05:15")
    return match[1] or "", int(match[2]), int(match[3])
