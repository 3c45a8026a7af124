"""The one strict reader of TOML files: what it makes of a table, and what it says of a wrong one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from db.toml_records import Filled, Made, Natural, TomlReader, needed_by, types_of


class RecordError(ValueError):
    pass


def compile_word(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise ValueError(f"{source!r} is no pattern: {error}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    name: Filled
    village: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    id: str  # the file's name
    name: Filled
    since: date
    stalls: Natural = 0
    roofed: bool = False
    seen: datetime | None = None
    size: Literal["small", "large"] = "small"
    days: tuple[Filled, ...] = ()
    sign: Annotated[re.Pattern[str], Made(Filled, compile_word)] = re.compile("x")
    prices: Mapping[str, int] | None = None
    post: tuple[Post, ...] = ()
    head: Post | None = None
    note: Any = None

    def __post_init__(self) -> None:
        if self.roofed and not self.stalls:
            raise ValueError("a roof needs stalls")


GOOD = """\
name = "Pasar Wage"
since = 2025-10-30
stalls = 12
days = ["Wage", "Legi"]
sign = "pasar (\\\\w+)"
prices = { beras = 14000 }
head = { name = "Loket" }
note = [1, "a"]
[[post]]
name = "Pos 1"
village = ""
"""


def read(path: Path, text: str, *, lone: bool = False) -> Market:
    path.write_text(text, encoding="utf-8")
    reader = TomlReader(path, RecordError, lone=lone)
    return reader.record(Market, reader.load(), id=path.stem)


def test_a_table_becomes_a_record(tmp_path: Path) -> None:
    assert read(tmp_path / "wage.toml", GOOD) == Market(
        id="wage",
        name="Pasar Wage",
        since=date(2025, 10, 30),
        stalls=12,
        days=("Wage", "Legi"),
        sign=re.compile(r"pasar (\w+)"),
        prices={"beras": 14000},
        head=Post(name="Loket"),
        note=[1, "a"],
        post=(Post(name="Pos 1"),),
    )


def test_a_single_value_may_stand_for_a_list(tmp_path: Path) -> None:
    text = GOOD.replace('["Wage", "Legi"]', '"Wage"')
    assert read(tmp_path / "wage.toml", text, lone=True).days == ("Wage",)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "Pasar Wage"\n', "", "lacks 'name'"),
        ("stalls = 12", "stals = 12", "unknown key 'stals'; did you mean 'stalls'?"),
        ("stalls = 12", "colour = 12", "unknown key 'colour'; allowed here: name, since, "),
        ("stalls = 12", 'id = "x"', "unknown key 'id'; allowed here: name, since, "),
        ("stalls = 12", "stalls = -1", "stalls = -1 must be a whole number, not negative"),
        ("stalls = 12", "stalls = true", "stalls = true must be a whole number, not negative"),
        ("stalls = 12", "roofed = 1", "roofed = 1 must be true or false"),
        ("stalls = 12", "roofed = true", "a roof needs stalls"),
        ("stalls = 12", 'size = "big"', "size = 'big' must be one of small, large"),
        ("stalls = 12", "seen = 2025-10-30", "seen = 2025-10-30 must be a date and a time, without quotes"),
        ('"Pasar Wage"', '" "', "name = ' ' must be a text that is not empty"),
        ("2025-10-30", '"2025-10-30"', "since = '2025-10-30' must be a date such as 2025-10-30, without"),
        ("2025-10-30", "2025-10-30T07:00:00Z", "since = 2025-10-30T07:00:00+00:00 must be a date such"),
        ('["Wage", "Legi"]', '"Wage"', "days = 'Wage' must be a list"),
        ('["Wage", "Legi"]', '["Wage", 7]', "days, entry 2 = 7 must be a text that is not empty"),
        ("(\\\\w+)", "(", "sign: 'pasar (' is no pattern: "),
        ('"pasar (\\\\w+)"', "3", "sign = 3 must be a text that is not empty"),
        ("{ beras = 14000 }", "7", "prices = 7 must be a table"),
        ("beras = 14000", 'beras = "mahal"', "prices: beras = 'mahal' must be a whole number"),
        ('name = "Loket"', 'nama = "Loket"', "[head]: unknown key 'nama'; did you mean 'name'?"),
        ('name = "Pos 1"', "", "[[post]] 1: lacks 'name'"),
        ("[[post]]", "[post]", "post = {'name': 'Pos 1', 'village': ''} must be a list"),
        ('name = "Pasar Wage"', "name = Pasar Wage", "no valid TOML: "),
    ],
)
def test_a_mistake_is_one_line_with_file_table_and_key(
    old: str, new: str, complaint: str, tmp_path: Path
) -> None:
    assert old in GOOD
    path = tmp_path / "wage.toml"
    with pytest.raises(RecordError) as caught:
        read(path, GOOD.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(f"{path}: {complaint}")
    assert "\n" not in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such file"):
        TomlReader(tmp_path / "none.toml", RecordError).load()
    (tmp_path / "a.toml").write_bytes(b"\xff")
    for path in (tmp_path / "a.toml", tmp_path):
        with pytest.raises(RecordError, match="can't be read: "):
            TomlReader(path, RecordError).load()


def test_tables_under_a_key(tmp_path: Path) -> None:
    reader = TomlReader(tmp_path / "a.toml", RecordError)
    assert reader.tables({}, "post") == []
    assert reader.table({}, "head") == {}
    with pytest.raises(RecordError, match=r"'post' must be written \[\[post\]\]"):
        reader.tables({"post": {}}, "post")
    with pytest.raises(RecordError, match=r"'head' must be a table, written \[head\]"):
        reader.table({"head": 3}, "head")


def test_what_a_record_asks_for() -> None:
    assert needed_by(Market) == ("id", "name", "since")
    assert list(types_of(Market))[:3] == ["id", "name", "since"]
