"""What `pantau schedule` prints: lines for cron or units for systemd, ready to be installed.

Two runs never meet, whatever starts them: each takes the database's lock and a second one ends with 75. The
run starts some minutes late, each installation at other ones: in a crontab by a spread that its host's name
and folder give, with systemd by RandomizedDelaySec. `timeout` and TimeoutStartSec are the last resort
where everything else fails to end.
"""

from __future__ import annotations

import hashlib
import platform
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from pipelines.command.console import Say
from pipelines.command.errors import EXIT_DONE, EXIT_INTERRUPTED, EXIT_LOCKED, InputError
from pipelines.config.load import Config, read_time

#: Hours after which a job is ended by force. An outlet's crawl ends by itself after four.
LONGEST = {"run": 8, "digest": 1, "backup": 2}
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and as whom the jobs run."""

    folder: Path  # to be in, with pantau.toml if there is one
    command: Path  # the installed `pantau`
    options: str = ""  # of every command line, quoted for a shell: "--db /srv/other.db"
    slugs: tuple[str, ...] = ()  # outlets that the run is for; none: as the configuration says
    user: str = ""  # of systemd's units; "": whoever runs them
    host: str = ""

    @classmethod
    def here(cls, *, user: str = "", options: Sequence[str] = (), slugs: Sequence[str] = ()) -> Place:
        """This folder, with the `pantau` of the Python that runs, and options for every command line."""
        return cls(
            folder=Path.cwd(),
            command=_find_command(),
            options="".join(f" {shlex.quote(part)}" for part in options),
            slugs=tuple(slugs),
            user=user,
            host=platform.node(),
        )


def _find_command() -> Path:
    """The `pantau` beside this Python, or where its scripts are put, or on the PATH."""
    folders = [Path(sys.executable).parent, Path(sysconfig.get_path("scripts"))]
    for folder in folders:
        if (folder / "pantau").exists():
            return folder / "pantau"
    if found := shutil.which("pantau"):
        return Path(found).absolute()
    raise InputError(f"{folders[0]}/pantau does not exist; install the project first ('make setup', or pip)")


def list_jobs(config: Config, place: Place) -> dict[str, tuple[str, str]]:
    """Verb -> (when, the rest of its command line)."""
    notify = " --quiet" if config.notify else ""
    return {
        "run": (config.run_at, "".join(f" {slug}" for slug in place.slugs) + f" --quiet{place.options}"),
        "digest": (config.digest_at, f" --since {config.since}{notify}{place.options}"),
        "backup": (config.backup_at, f" --quiet{place.options}"),
    }


def spread(place: Place, minutes: int) -> int:
    """Minutes that this installation starts later than others, 0 to `minutes`; the same each time."""
    digest = hashlib.sha256(f"{place.host} {place.folder}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (minutes + 1)


# --- cron --------------------------------------------------------------------------------------------


def format_crontab(config: Config, place: Place) -> Iterator[str]:
    """Lines of a crontab (Vixie cron, cronie, busybox): settings, then a job a line."""
    yield "# Pantau Berdaya. Add these lines with 'crontab -e'; times are those of the machine's clock."
    yield "# Cron mails what a job prints: a run prints warnings and errors alone, the digest its news."
    yield f"# A run that meets another ends with {EXIT_LOCKED} and a line. Put MAILTO=you@... before them."
    yield "SHELL=/bin/sh"
    for verb, (when, options) in list_jobs(config, place).items():
        late = spread(place, config.jitter_minutes) if verb == "run" else 0
        nice = f"nice -n {config.nice} " if config.nice and verb != "digest" else ""
        ends = f"timeout -k 60 {LONGEST[verb]}h "
        command = (
            f"cd {shlex.quote(str(place.folder))} && {ends}{nice}{shlex.quote(str(place.command))} {verb}"
        )
        # A percent sign ends a command in a crontab.
        yield f"{_cron_time(when, late)} {(command + options).replace('%', chr(92) + '%')}"


def _cron_time(text: str, late: int) -> str:
    day, hour, minute = read_time(text)
    moment = hour * 60 + minute + late
    weekday = "*"
    if day:
        weekday = str((_DAYS.index(day) + moment // 1440) % 7)
    return f"{moment % 60} {moment // 60 % 24} * * {weekday}"


# --- systemd -----------------------------------------------------------------------------------------


def format_units(config: Config, place: Place) -> dict[str, str]:
    """Name of a unit file -> its text: a service and a timer for each job, and the site's service."""
    units = {}
    for verb, (when, options) in list_jobs(config, place).items():
        units[f"pantau-{verb}.service"] = _service(config, place, verb, options)
        units[f"pantau-{verb}.timer"] = _timer(verb, when, config.jitter_minutes if verb == "run" else 0)
    units["pantau-serve.service"] = _site(config, place)
    return units


def _service(config: Config, place: Place, verb: str, options: str) -> str:
    body = {
        "Type": "oneshot",
        "ExecStart": f"{_escape(str(place.command))} {verb}{_escape_options(options)}",
        # Met another run, or was stopped: no failure. With 1 a person should look; OnFailure= may tell one.
        "SuccessExitStatus": f"{EXIT_LOCKED} {EXIT_INTERRUPTED}",
        "TimeoutStartSec": f"{LONGEST[verb]}h",
        **(
            {"Nice": str(config.nice), "IOSchedulingClass": "idle"}
            if config.nice and verb != "digest"
            else {}
        ),
    }
    if verb == "run":
        # The public database is served as a file that does not change; a new one needs a new start.
        body["ExecStopPost"] = "-+/bin/systemctl try-restart pantau-serve.service"
    unit = {
        "Description": f"Pantau Berdaya: pantau {verb}",
        "Documentation": "https://github.com/pantau-berdaya/pantau-berdaya",
        **({"Wants": "network-online.target", "After": "network-online.target"} if verb == "run" else {}),
    }
    return _format({"Unit": unit, "Service": body | _common(config, place)})


def _site(config: Config, place: Place) -> str:
    return _format(
        {
            "Unit": {"Description": "Pantau Berdaya: the public site", "After": "network.target"},
            "Service": {
                "Type": "simple",
                "ExecStart": f"{_escape(str(place.command))} serve --public --host 127.0.0.1 --port 8001"
                + _escape_options(place.options),
                "Restart": "on-failure",
                "RestartSec": "10",
            }
            | _common(config, place),
            "Install": {"WantedBy": "multi-user.target"},
        }
    )


def _timer(verb: str, when: str, jitter: int) -> str:
    day, hour, minute = read_time(when)
    timer = {
        "OnCalendar": f"{day + ' ' if day else ''}*-*-* {hour:02}:{minute:02}:00",
        # A machine that slept does at once what it missed.
        "Persistent": "true",
        **({"RandomizedDelaySec": f"{jitter}min"} if jitter else {}),
    }
    return _format(
        {
            "Unit": {"Description": f"Pantau Berdaya: when to {verb}"},
            "Timer": timer,
            "Install": {"WantedBy": "timers.target"},
        }
    )


def _common(config: Config, place: Place) -> dict[str, str]:
    """Where and as whom, and what the process may not do."""
    return {
        **({"User": place.user} if place.user else {}),
        "WorkingDirectory": _escape(str(place.folder), quoted=False),
        "NoNewPrivileges": "true",
        "PrivateTmp": "true",
        "ProtectSystem": "full",
        "ProtectKernelTunables": "true",
        "RestrictSUIDSGID": "true",
        "UMask": "0022",
    }


def _escape(text: str, *, quoted: bool = True) -> str:
    """A path for a unit file: percent signs are specifiers there, dollar signs variables, spaces split."""
    text = text.replace("%", "%%")
    if not quoted:
        return text
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"' if any(c.isspace() for c in text) else text


def _escape_options(options: str) -> str:
    """Options as a unit file needs them: systemd knows quotes as a shell does, and specials of its own."""
    return "".join(f" {_escape(part)}" for part in shlex.split(options))


def _format(sections: Mapping[str, Mapping[str, str]]) -> str:
    blocks = (
        "\n".join([f"[{name}]", *(f"{k}={v}" for k, v in body.items())]) for name, body in sections.items()
    )
    return "\n\n".join(blocks) + "\n"


def format_bundle(units: Mapping[str, str]) -> Iterator[str]:
    """All units one after another, each below its name, and how to install them."""
    yield "# Pantau Berdaya. 'pantau schedule --systemd --output DIR' writes these as files; copy them to"
    yield "# /etc/systemd/system, then: systemctl daemon-reload && systemctl enable --now \\"
    yield "#   pantau-run.timer pantau-digest.timer pantau-backup.timer pantau-serve.service"
    for name, text in units.items():
        yield ""
        yield f"# {name}"
        yield text.rstrip()


def show_schedule(kind: str, config: Config, place: Place, output: Path | None, say: Say) -> int:
    """Print the lines or units, or write the units as files into `output`."""
    if "\n" in f"{place.folder}{place.command}":
        raise InputError(f"{str(place.folder)!r} has a line break, which neither cron nor systemd can hold")
    if kind == "cron":
        lines = format_crontab(config, place)
    else:
        units = format_units(config, place)
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
            for name, text in units.items():
                (output / name).write_text(text, encoding="utf-8")
            say(f"{output}: {len(units)} units; copy them to /etc/systemd/system")
            return EXIT_DONE
        lines = format_bundle(units)
    click.echo("\n".join(lines))
    return EXIT_DONE
