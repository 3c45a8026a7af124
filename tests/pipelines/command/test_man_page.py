"""The manual page has every verb and option, and troff shows their words as they are."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from pipelines.cli import pantau as group
from tests.pipelines.invented import Pantau


def test_it_has_every_verb_and_option(pantau: Pantau) -> None:
    page = pantau("man")
    assert (page.code, page.err) == (0, "")
    for name, verb in group.commands.items():
        shown = name.replace("-", "\\-")
        _, _, section = page.out.partition(f'.SS "pantau {shown} ')
        assert section, name
        own = section.partition(".SS ")[0]
        for option in verb.params:
            for written in (*option.opts, *option.secondary_opts):
                if written.startswith("--"):
                    wanted = own if written not in ("--db", "--quiet", "--verbose") else page.out
                    assert written.replace("-", "\\-") in wanted + page.out.partition(".SH OPTIONS")[2]
    assert page.out.count("\\-\\-quiet\\fR") == 1  # what all verbs share is said once


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_troff_finds_nothing_wrong_and_swallows_nothing(pantau: Pantau) -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-rLL=200n"],
        input=pantau("man").out,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    shown = " ".join(done.stdout.split())
    assert "pantau config init" in shown
    assert """pantau status --json | jq '.open[] | .id'""" in shown
