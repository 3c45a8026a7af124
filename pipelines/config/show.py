"""What `pantau config` does: writes a file with every default, checks one, shows what holds and why."""

from __future__ import annotations

import importlib.util
import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from db.guess import suggest
from pipelines.command.console import Say, log
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.config.load import Config, ConfigError, list_settings


def format_template() -> str:
    """A configuration file with every setting at its default, each with what it is for."""
    lines = [
        "# Settings of Pantau Berdaya. Every one may be left out; what stands here is the default, and holds",
        "# as long as its line begins with #.",
        "# A variable of the environment, named in brackets, goes before the file, an option before both.",
        "# Paths are relative to this file's folder. 'pantau config check' reads it and says what is wrong.",
    ]
    section = ""
    for one in list_settings():
        if one.section != section:
            section = one.section
            lines += ["", f"[{section}]"]
        lines += ["", *_wrap(f"{one.about} [{one.variable}]")]
        lines.append(f"# {one.name} = {to_toml(one.default)}")
    return "\n".join(lines) + "\n"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def to_toml(value: object) -> str:
    """A value as TOML writes it: texts, numbers, dates, lists, and tables on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(to_toml(one) for one in value)}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {to_toml(one)}" for key, one in value.items()) + " }"
    # JSON's escapes are TOML's, but for the one character that JSON leaves as it is.
    return json.dumps("" if value is None else str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def format_settings(config: Config) -> Iterator[str]:
    """Each setting with its value and what gave it; addresses without their secrets."""
    for one in list_settings():
        value = getattr(config, one.name)
        if one.is_secret:
            value = tuple(hide_secrets(url) for url in value)
        name = f"{one.section}.{one.name}" if one.section else one.name
        shown = [str(part) for part in value] if isinstance(value, tuple) else value
        value = to_toml(shown)
        yield f"{name:26} {value}  ({config.origins.get(one.name, 'default')})"


def hide_secrets(url: str) -> str:
    """An address of a notification as far as it may be shown: passwords and tokens stand behind "://"."""
    return f"{url.partition('://')[0]}://…"


def check_config(config: Config) -> list[str]:
    """What is usable and yet not right, one line each."""
    from crawler.outlet.load import OUTLETS, load_outlets

    problems = []
    if not config.contact:
        problems.append(
            "contact is empty: outlets can't reach you; set it, or PANTAU_CONTACT, before crawling real sites"
        )
    else:
        try:
            from crawler.settings import build_user_agent

            build_user_agent(config.contact)
        except ValueError as error:
            problems.append(f"contact: {error}")
    folders = []
    for folder in config.outlets:
        if folder.is_dir():
            folders.append(folder)
        else:
            problems.append(f"[paths] outlets: {folder} is no folder; make it or leave it out")
    broken: list[Exception] = []
    known = load_outlets(OUTLETS, *folders, on_error=broken.append)
    problems += [f"an outlet file can't be used: {error}" for error in broken]
    stems = {Path(str(error).partition(":")[0]).stem for error in broken}
    problems += [
        f"[outlets] {setting}: no outlet is named {slug!r}; {suggest(slug, known)}"
        for setting in ("only", "off")
        for slug in getattr(config, setting)
        if slug not in known and slug not in stems
    ]
    if config.nice > 19:
        problems.append(f"[schedule] nice = {config.nice}: 19 is the most")
    if config.jitter_minutes > 600:
        problems.append(f"[schedule] jitter_minutes = {config.jitter_minutes}: more than ten hours")
    if "corrections" in config.origins and not config.corrections.is_dir():
        problems.append(f"[paths] corrections: {config.corrections} is no folder; make it or leave it out")
    if config.notify and importlib.util.find_spec("apprise") is None:
        problems.append(
            "[digest] notify needs Apprise, which is not installed: pip install 'pantau-berdaya[notify]'"
        )
    return problems + _check_addresses(config)


def _check_addresses(config: Config) -> list[str]:
    """Addresses that Apprise, where it is installed, can't use."""
    if not config.notify or importlib.util.find_spec("apprise") is None:
        return []
    import apprise

    return [
        f"[digest] notify: {hide_secrets(url)} is no address that Apprise knows; see its documentation"
        for url in config.notify
        if not apprise.Apprise().add(url)
    ]


def show_config(action: str, config: Config, *, target: Path, say: Say) -> int:
    """What `pantau config` does; exit code 1 where the check finds something."""
    if action == "init":
        try:
            with target.open("x", encoding="utf-8") as file:
                file.write(format_template())
        except FileExistsError:
            raise ConfigError(f"{target} exists already; edit it, or move it away first") from None
        say(f"wrote {target}; set 'contact' in it, then run 'pantau config check'")
        return EXIT_DONE
    if action == "show":
        for line in format_settings(config):
            say(line)
        return EXIT_DONE
    problems = check_config(config)
    for problem in problems:
        log.warning("%s", problem)
    where = config.path or "no pantau.toml here, the defaults"
    found = f"{len(problems)} remark{'' if len(problems) == 1 else 's'}"
    say(f"{where}: {f'usable, with {found}' if problems else 'good'}")
    return EXIT_NEEDS_A_PERSON if problems else EXIT_DONE
