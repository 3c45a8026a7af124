"""docs/outlets.md is what the outlet files say."""

from __future__ import annotations

from pathlib import Path

from crawler.outlet.catalogue import build_catalogue
from crawler.outlet.load import load_outlets

PAGE = Path(__file__).parents[3] / "docs" / "outlets.md"


def test_the_page_is_up_to_date() -> None:
    made = build_catalogue(load_outlets().values())
    assert PAGE.read_text("utf-8") == made, "run: python -m crawler.outlet.catalogue > docs/outlets.md"


def test_it_names_every_outlet_and_every_way_that_is_not_used() -> None:
    page = PAGE.read_text("utf-8")
    for slug, outlet in load_outlets().items():
        assert f"`{slug}`" in page
        assert outlet.home in page
    assert "(not used)" in page
