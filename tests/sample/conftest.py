"""The articles and sites of the sample newsroom, on the first and the second visit."""

from __future__ import annotations

import pytest

from sample.sites import Site, load_sites
from sample.source import Story, load_stories

Stories = dict[str, list[Story]]


@pytest.fixture(scope="session")
def first() -> Stories:
    return load_stories()


@pytest.fixture(scope="session")
def second() -> Stories:
    return load_stories(later=True)


@pytest.fixture(scope="session")
def sites() -> dict[str, Site]:
    return load_sites()


@pytest.fixture(scope="session")
def all_stories(first: Stories, second: Stories) -> list[Story]:
    """Every article file once."""
    by_file = {s.file: s for stories in (first, second) for some in stories.values() for s in some}
    return [by_file[file] for file in sorted(by_file)]
