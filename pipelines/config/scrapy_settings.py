"""Scrapy's settings for `scrapy` in the project's folder: the crawler's, with what pantau.toml says.

The crawler knows its environment and no file, so what the file says is put there before it looks.
"""

from __future__ import annotations

import os
import sys

from pipelines.command.errors import EXIT_UNUSABLE_INPUT, InputError
from pipelines.config.load import list_settings, load_config


def pass_on_config() -> None:
    """Put the settings of file and environment into the environment; a bad one ends it in one line."""
    try:
        config = load_config()
    except InputError as error:
        print(f"scrapy: error: {error}", file=sys.stderr)
        sys.exit(EXIT_UNUSABLE_INPUT)
    given = {
        "contact": config.contact,
        "db": str(config.db),
        "archive": str(config.archive),
        "budget_seconds": str(config.budget_seconds),
        "outlets": os.pathsep.join(map(str, config.outlets)),
    }
    for one in list_settings():
        if one.name in given and one.name in config.origins:
            os.environ[one.variable] = given[one.name]


pass_on_config()

from crawler.settings import *  # noqa: E402, F403 - all of them, but only now
