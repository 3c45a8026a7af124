"""The configuration: `pantau.toml`, the environment over it, command-line options over both.

Everything has a default that makes sense, so that the file may be missing. The fields of `Config` are the one
list of what can be set: the file that `pantau config init` writes, the check and the environment's names
come from it.
"""

# ruff: noqa: RUF009 - what _setting returns is a field, made anew for each

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from db.toml_records import Filled, Made, Must, Natural, TomlReader, types_of
from pipelines.command.errors import InputError
from pipelines.worker import BUDGET

#: Looked for in the folder in which `pantau` is called, unless `--config` or this variable names another.
FILE_NAME = "pantau.toml"
FILE_VARIABLE = "PANTAU_CONFIG"

_TIME = re.compile(r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01]\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"[1-9]\d*[dhw]")


class ConfigError(InputError):
    """A setting that can't be used; one line that names the file or variable, the key and what is allowed."""


@dataclass(frozen=True, slots=True)
class Written:
    """Beside a type: how a variable's text becomes what a file would say."""

    read: Callable[[str], Any]


def _read_number(text: str) -> int | str:
    return int(text) if text.isdecimal() and text.isascii() else text


def _read_path(text: str) -> Path | None:
    return Path(text).expanduser() if text else None


Number = Annotated[Natural, Written(_read_number)]
Place = Annotated[Path, Made(Filled, _read_path)]
MaybePlace = Annotated[Path | None, Made(str, _read_path)]
Places = Annotated[tuple[Place, ...], Written(lambda text: [part for part in text.split(os.pathsep) if part])]
Slugs = Annotated[tuple[Filled, ...], Written(lambda text: text.replace(",", " ").split())]
Address = Annotated[str, Must("an address of Apprise such as mailto://...", lambda text: "://" in text)]
Addresses = Annotated[tuple[Address, ...], Written(str.split)]
Origin = Annotated[
    str,
    Must(
        'an address such as "https://pantau.example", without a path',
        re.compile(r"(https?://[^/\s?#]+)?").fullmatch,
    ),
]
Time = Annotated[str, Must("""a time such as "05:15" or "Mon 05:15\"""", _TIME.fullmatch)]
Span = Annotated[str, Must("""a span such as "7d", "12h" or "2w\"""", _SPAN.fullmatch)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What can be set, where it stands in the file, and what the file says about it."""

    name: str
    kind: Any  # its type, with what a value must be
    default: Any
    section: str
    about: str
    variable: str

    @property
    def is_secret(self) -> bool:
        """Whether its values hold passwords."""
        return bool(self.kind == Addresses)


def _setting(default: Any, where: str, about: str, variable: str) -> Any:
    """A field of `Config`."""
    return field(default=default, metadata={"section": where, "about": about, "variable": variable})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. Paths of the file are relative to the file, others to the folder of the moment."""

    contact: str = _setting(
        "", "", "How to reach you (mail or web address): in the user agent and on /privasi.",
        "PANTAU_CONTACT",
    )  # fmt: skip
    log_format: Literal["text", "json"] = _setting("text", "", "How log lines look.", "PANTAU_LOG_FORMAT")
    db: Place = _setting(Path("data/pantau.db"), "paths", "The database.", "PANTAU_DB")
    archive: Place = _setting(
        Path("data/warc"), "paths", "Where every response is kept as WARC.", "PANTAU_ARCHIVE"
    )
    public: MaybePlace = _setting(
        None, "paths", 'The public database; "" is public.db beside the database.', "PANTAU_PUBLIC"
    )
    corrections: Place = _setting(
        Path("corrections"), "paths", "Corrections of claims, best under version control.",
        "PANTAU_CORRECTIONS",
    )  # fmt: skip
    backups: Place = _setting(
        Path("data/backups"), "paths", "Where `pantau backup` puts its copies; best another disk.",
        "PANTAU_BACKUPS",
    )  # fmt: skip
    logs: MaybePlace = _setting(
        None, "paths", 'A folder for log files, one a day; "" writes none.', "PANTAU_LOGS"
    )
    vocabulary: Places = _setting((), "paths", "Further folders of vocabulary.", "PANTAU_VOCABULARY")
    outlets: Places = _setting((), "paths", "Further folders of outlet files.", "PANTAU_OUTLETS")
    only: Slugs = _setting(
        (), "outlets", "Outlets that are crawled, and no others, unless a command names them; [] is all.",
        "PANTAU_ONLY",
    )  # fmt: skip
    off: Slugs = _setting(
        (), "outlets", "Outlets that are not crawled unless a command names them.", "PANTAU_OFF"
    )
    run_at: Time = _setting(
        "05:15", "schedule", 'When to crawl, by the machine\'s clock: "05:15" or "Mon 05:15".',
        "PANTAU_RUN_AT",
    )  # fmt: skip
    digest_at: Time = _setting("Mon 07:00", "schedule", "When to write the digest.", "PANTAU_DIGEST_AT")
    backup_at: Time = _setting("02:30", "schedule", "When to back up.", "PANTAU_BACKUP_AT")
    jitter_minutes: Number = _setting(
        20, "schedule",
        "The run starts up to so many minutes later, so that not all installations ask an outlet at once.",
        "PANTAU_JITTER_MINUTES",
    )  # fmt: skip
    nice: Number = _setting(10, "schedule", "How much the run gives way to others, 0 to 19.", "PANTAU_NICE")
    title: str = _setting("", "site", 'Title of the site; "" is its own.', "PANTAU_TITLE")
    address: Origin = _setting(
        "", "site",
        'Where readers find the site, such as "https://pantau.example"; "" is what they asked for.',
        "PANTAU_ADDRESS",
    )  # fmt: skip
    since: Span = _setting(
        "7d", "digest", 'How far a digest looks back: "7d", "12h" or "2w".', "PANTAU_SINCE"
    )
    notify: Addresses = _setting(
        (), "digest",
        "Where `pantau digest` sends it: addresses of Apprise, an optional package.",
        "PANTAU_NOTIFY",
    )  # fmt: skip
    budget_seconds: Number = _setting(
        BUDGET, "limits",
        "Seconds of processor time that reading a page or extracting an article may take; 0 is no bound.",
        "PANTAU_BUDGET_SECONDS",
    )  # fmt: skip
    keep_backups: Number = _setting(
        7, "retention", "Copies that are kept; 0 keeps all.", "PANTAU_KEEP_BACKUPS"
    )
    log_days: Number = _setting(
        90, "retention", "Log files older than this go; 0 keeps all.", "PANTAU_LOG_DAYS"
    )
    log_megabytes: Number = _setting(
        0,
        "retention",
        "The oldest log files beyond this go; 0 is no bound.",
        "PANTAU_LOG_MEGABYTES",
    )
    warc_days: Number = _setting(
        0, "retention",
        "WARC files older than this go, with the pages that articles were read from; 0 keeps all.",
        "PANTAU_WARC_DAYS",
    )  # fmt: skip
    warc_gigabytes: Number = _setting(
        0,
        "retention",
        "The oldest WARC files beyond this go; 0 is no bound.",
        "PANTAU_WARC_GIGABYTES",
    )
    path: Path | None = None  # the file that was read
    origins: Mapping[str, str] = field(default_factory=dict)  # setting -> file or variable that gave it


@cache
def list_settings() -> tuple[Setting, ...]:
    """Every setting, in the order of the file."""
    types = types_of(Config)
    return tuple(
        Setting(name=one.name, kind=types[one.name], default=one.default, **one.metadata)
        for one in fields(Config)
        if one.metadata
    )


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
        values = _read_file(path)
        origins = dict.fromkeys(values, str(path))
    _check_variables(environ)
    for one in list_settings():
        if one.variable in environ:
            values[one.name] = _read_variable(one, environ[one.variable])
            origins[one.name] = one.variable
    return Config(**values, path=path, origins=origins)


def _check_variables(environ: Mapping[str, str]) -> None:
    """Refuse a variable that is nearly one of ours; what is like none of them may be somebody else's."""
    known = [FILE_VARIABLE, *(one.variable for one in list_settings())]
    for name in sorted(environ):
        mistyped = name.startswith("PANTAU_") and name not in known
        if mistyped and (close := get_close_matches(name, known, n=1, cutoff=0.8)):
            raise ConfigError(f"{name} is no setting; did you mean {close[0]!r}?")


def _read_file(path: Path) -> dict[str, Any]:
    reader = TomlReader(path, ConfigError)
    data = reader.load()
    sections: dict[str, dict[str, Any]] = {}
    for one in list_settings():
        sections.setdefault(one.section, {})[one.name] = one.kind
    top = sections.pop("")
    reader.check_keys(data, (*top, *sections))
    values = reader.values(top, {key: value for key, value in data.items() if key in top})
    for section, types in sections.items():
        values |= reader.values(types, reader.table(data, section), f"[{section}]")
    return {name: _anchor(value, path.parent) for name, value in values.items()}


def _read_variable(one: Setting, text: str) -> Any:
    """A variable's text as `Config` holds it."""
    written = next(
        (rule for rule in getattr(one.kind, "__metadata__", ()) if isinstance(rule, Written)), None
    )
    reader = TomlReader(Path("environment"), ConfigError)
    return reader.value(one.kind, written.read(text) if written else text, one.variable)


def _anchor(value: Any, folder: Path) -> Any:
    """A relative path, or several, as seen from where `pantau` is called: the file means its own folder."""
    if isinstance(value, tuple):
        return tuple(_anchor(one, folder) for one in value)
    if not isinstance(value, Path) or value.is_absolute() or str(folder) == ".":
        return value
    return folder / value


def read_time(text: str) -> tuple[str, int, int]:
    """ "Mon 07:00" -> ("Mon", 7, 0); without a day of the week the first is ""."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ConfigError(f"{text!r} is no time; write it as 05:15 or Mon 05:15")
    return match[1] or "", int(match[2]), int(match[3])
