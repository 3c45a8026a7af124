"""The `pantau` command: its verbs, by what they are for."""

from __future__ import annotations

import sys

import click

from pipelines.verbs import claims, collect, operate, share, shell
from pipelines.verbs.verb import Verbs, run_group

#: How help lists the verbs.
SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "The whole job": (collect.run, collect.demo),
    "Collect articles": (collect.crawl, collect.reparse, collect.backfill, collect.outlet),
    "Find what they claim": (
        claims.extract,
        claims.explain,
        claims.review,
        claims.score,
        claims.learn,
        claims.diff,
    ),
    "Show and hand out": (share.publish, share.serve, share.export, share.digest),
    "Keep it running": (
        operate.status,
        operate.schedule,
        operate.backup,
        operate.check_db,
        operate.takedown,
        operate.config,
    ),
    "In the shell": (shell.completion, shell.man),
}


@click.group(
    cls=Verbs,
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="pantau-berdaya", prog_name="pantau")
def pantau() -> None:
    """Watch the regional press of Central Java for reports on Kecamatan Berdaya.

    Collects articles, finds what they claim, and keeps each claim with its quote, date and link.

    \b
    Exit codes: 0 done; 1 done, but something needs a person;
    2 wrong usage or unreadable input; 75 another run holds the lock.
    """


def main(argv: list[str] | None = None) -> int:
    """Run `pantau` and return its exit code; every error is one line on standard error."""
    return run_group(pantau, argv)


if __name__ == "__main__":
    sys.exit(main())
