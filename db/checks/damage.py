"""One kind of damage: how often it was met, an example, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

#: What most damage of claims asks for: they are found again from the texts, which are whole.
EXTRACT_AGAIN = "run 'pantau extract --all'"
RESTORE = "put a backup in its place"

#: Characters of an example.
LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One line for a person."""

    what: str
    count: int
    example: str
    advice: str

    def __str__(self) -> str:
        example = f", such as {self.example}" if self.example else ""
        return f"{self.what} ({self.count}{example}); {self.advice}"


@dataclass
class Tally:
    """Counts damage by kind and remembers the first of each; its size does not grow with the file's."""

    _found: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def add(self, what: str, example: str, advice: str, count: int = 1) -> None:
        """Count one more of a kind; only its first example is kept."""
        known, first = self._found.get((what, advice), (0, _shorten(" ".join(example.split()))))
        self._found[what, advice] = (known + count, first)

    def damages(self) -> Iterable[Damage]:
        """Each kind that was met, in that order."""
        for (what, advice), (count, example) in self._found.items():
            yield Damage(what=what, count=count, example=example, advice=advice)


def _shorten(example: str) -> str:
    """Short enough that a log line has room for what to do."""
    return example if len(example) <= LONGEST else f"{example[: LONGEST - 1]}…"
