"""Whether probabilities are true: of claims at 0.9, nine of ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: Upper bounds of the ranges into which probabilities are sorted, the last inclusive.
BOUNDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
#: From here on a reader takes a claim for sure.
SURE = 0.98

#: A probability, and whether what bears it was right.
Judged = tuple[float, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Claims whose probability lies from `low` up to `high`."""

    low: float
    high: float
    claims: int
    said: float  # mean probability
    right: float  # share that was right


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Of judged claims. `brier` and `error` (expected calibration error) are better the smaller they are."""

    claims: int
    brier: float
    error: float
    sure: int  # claims at `SURE` and above
    sure_wrong: int
    bins: tuple[Bin, ...]


def measure_reliability(judged: Iterable[Judged]) -> Reliability:
    """The reliability of claims; all figures are 0 where there are none."""
    rows = list(judged)
    bins = tuple(_bins(rows))
    n = max(1, len(rows))
    return Reliability(
        claims=len(rows),
        brier=sum((share - right) ** 2 for share, right in rows) / n,
        error=sum(one.claims * abs(one.said - one.right) for one in bins) / n,
        sure=sum(share >= SURE for share, _ in rows),
        sure_wrong=sum(share >= SURE and not right for share, right in rows),
        bins=bins,
    )


def _bins(rows: Sequence[Judged]) -> Iterator[Bin]:
    low = 0.0
    for high in BOUNDS:
        inside = [row for row in rows if low <= row[0] < high or (high == BOUNDS[-1] and row[0] == high)]
        if inside:
            yield Bin(
                low=low,
                high=high,
                claims=len(inside),
                said=sum(share for share, _ in inside) / len(inside),
                right=sum(right for _, right in inside) / len(inside),
            )
        low = high


def format_reliability(of: str, found: Reliability) -> Iterator[str]:
    """The figures of one kind of claim, a line a range of probabilities."""
    yield (
        f"{of}: {found.claims} claims, Brier {found.brier:.4f}, "
        f"expected calibration error {found.error:.3f}; at {SURE} and above "
        f"{found.sure_wrong} of {found.sure} wrong"
    )
    for one in found.bins:
        share = f"said {one.said:.3f}  right {one.right:.3f}"
        yield f"  {one.low:.2f}–{one.high:.2f} {one.claims:6d} claims  {share}"
