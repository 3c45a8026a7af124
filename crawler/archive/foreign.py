"""WARC files of others, such as Common Crawl's CC-NEWS: a gigabyte of which a few pages are ours.

One pass, in which of most records only the address is read. `crawler.archive.read` indexes files of our own,
where nearly every record is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.archive.read import Place, normal_url, place_of
from crawler.archive.warc_records import DamageError, Exchange, read_exchange, scan_records


def find_responses(
    path: Path, is_wanted: Callable[[str], bool], damages: list[str]
) -> Iterator[tuple[str, Place, Exchange]]:
    """(URL, place, response) of each response with a wanted URL, in the order of the file.

    What is wrong with the file goes to `damages`, a line each; nothing is raised.
    """
    responses, known = 0, len(damages)
    for record in scan_records(path, damages):
        place = place_of(record, path)
        if place is None:
            continue
        responses += 1
        if not is_wanted(record.url):
            continue
        try:
            exchange = read_exchange(record)
        except DamageError as error:
            damages.append(f"{path}: {error}")
            continue
        yield normal_url(record.url), place, exchange
    if not responses and len(damages) == known:
        damages.append(f"{path}: no WARC file, or one without responses")
