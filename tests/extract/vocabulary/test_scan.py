"""No loop over tokens can stand still."""

from __future__ import annotations

import ast
from pathlib import Path

import extract
from extract.vocabulary.scan import BackScan, Scan, skip, skip_before

FOLDER = Path(extract.__file__).parent


def test_only_scans_have_loops_without_an_end_of_their_own() -> None:
    loops = [
        f"{path.relative_to(FOLDER)}:{node.lineno}"
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.While)
    ]
    assert {loop.partition(":")[0] for loop in loops} == {"vocabulary/scan.py"}, (
        "a `while`; take a scan of extract.vocabulary.scan"
    )


def test_a_scan_goes_where_its_body_says_and_no_further_than_its_end() -> None:
    met = []
    scan = Scan(2, 9)
    for at in scan:
        met.append(at)
        scan.at = at + 3
    assert (met, scan.at) == ([2, 5, 8], 11)


def test_a_scan_that_stands_still_or_goes_back_ends() -> None:
    for move in (0, -1, -5):
        scan = Scan(5, 9)
        assert [setattr(scan, "at", at + move) or at for at in scan] == [5]
        back = BackScan(5, 0)
        assert [setattr(back, "at", at - move) or at for at in back] == [5]


def test_a_scan_backwards_ends_at_the_beginning() -> None:
    met = []
    scan = BackScan(9, 2)
    for at in scan:
        met.append(at)
        scan.at = at - 3
    assert (met, scan.at) == ([9, 6, 3], 0)


def test_skipping_ends_at_the_range_and_at_what_does_not_belong() -> None:
    assert skip(2, 9, lambda token: True) == 9
    assert skip(2, 9, lambda token: token < 5) == 5
    assert skip(9, 2, lambda token: True) == 9
    assert skip_before(9, 2, lambda token: True) == 2
    assert skip_before(9, 2, lambda token: token > 5) == 6
    assert skip_before(2, 9, lambda token: True) == 2
