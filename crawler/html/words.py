"""The words of Indonesian news pages, typed: months, labels, noise lines (data in words.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    months: Mapping[str, int]
    zones: Mapping[str, int]  # hours east of Greenwich
    meta: Mapping[str, Sequence[str]]  # field -> names of meta tags
    byline: re.Pattern[str]  # groups "author", "editor", "other": which label stands before a name
    credit: Patterns  # lines without a colon that name a writer; each with a group "name"
    author_noise: Patterns
    author_role: re.Pattern[str]  # to be matched whole, against what stands behind a comma
    not_a_person: re.Pattern[str]
    noise: re.Pattern[str]
    lead_in: re.Pattern[str]
    tail: re.Pattern[str]
    origin: Patterns  # each with a group "outlet"
    dateline: Patterns  # each with a group "place"
    tag_noise: re.Pattern[str]
    section_noise: re.Pattern[str]
    title_tail: re.Pattern[str]
    gallery_title: re.Pattern[str]  # to be searched in a headline
    gallery_place: re.Pattern[str]  # to be matched whole, against a part of an address or a section
    markup_noise: re.Pattern[str]  # to be matched whole, against one class or id
    markup_date: re.Pattern[str]  # to be searched in a class or id
    markup_author: re.Pattern[str]  # as that
    markup_beside: re.Pattern[str]  # as that
    modified: re.Pattern[str]  # to be matched at the start of a text
    markup_box: re.Pattern[str]  # to be searched in one class or id, where nobody described the page's layout


def any_of(patterns: Sequence[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern that matches where any of `patterns` does; never matches when there is none."""
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", flags)


def each_of(patterns: Sequence[str], flags: int = re.IGNORECASE) -> Patterns:
    return tuple(re.compile(p, flags) for p in patterns)


def _labels(byline: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    groups = []
    for role in ("author", "editor", "other"):
        labels = sorted(byline[role], key=len, reverse=True)
        groups.append(f"(?P<{role}>{'|'.join(labels)})")
    # A colon is required: "Editor senior itu berkata" is prose. A label may touch the name before it, as
    # "<span>Penulis: A</span><span>Editor: B</span>" has no space in between.
    start = r"(?:(?<!\w)|(?-i:(?<=[a-z.])(?=[A-Z])))"
    return re.compile(rf"{start}(?:{'|'.join(groups)})\s*:\s*", re.IGNORECASE)


@cache
def load_words() -> Words:
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    lines = data["lines"]
    return Words(
        months=data["months"],
        zones=data["zones"],
        meta=data["meta"],
        byline=_labels(data["byline"]),
        credit=each_of(data["byline"]["credit"]),
        author_noise=each_of(data["byline"]["author_noise"]),
        author_role=re.compile(data["byline"]["author_role"], re.IGNORECASE),
        not_a_person=any_of(data["byline"]["not_a_person"]),
        noise=any_of(lines["noise"]),
        lead_in=any_of(lines["lead_in"]),
        tail=any_of(lines["tail"]),
        origin=each_of(lines["origin"]),
        # Case tells a place that is printed as a dateline from the first words of a sentence.
        dateline=each_of(data["dateline"]["patterns"], 0),
        tag_noise=any_of(data["tags"]["noise"]),
        section_noise=any_of(data["sections"]["noise"]),
        title_tail=any_of(data["title"]["tail"]),
        gallery_title=any_of(data["gallery"]["title"]),
        gallery_place=any_of(data["gallery"]["place"]),
        markup_noise=any_of(data["markup"]["noise"]),
        markup_date=any_of(data["markup"]["date"]),
        markup_author=any_of(data["markup"]["author"]),
        markup_beside=any_of(data["markup"]["beside"]),
        modified=re.compile(data["markup"]["modified"], re.IGNORECASE),
        markup_box=re.compile(rf"(?<![^_-])(?:{'|'.join(data['markup']['box'])})(?![^_-])", re.IGNORECASE),
    )
