"""WARC files of others, such as Common Crawl's CC-NEWS: a gigabyte of which a few pages are ours.

One pass, in which of most records only the address is read. `crawler.replay` indexes files of our own, where
nearly every record is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveError, Exchange
from crawler.replay import BROKEN, Place, normal_url, parse_date, read_response


def find_responses(path: Path, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Place, Exchange]]:
    """(URL, place, response) of each response with a wanted URL, in the order of the file.

    Raises ArchiveError where the file can't be read any further; what came before has been yielded.
    """
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream, no_record_parse=True)
            responses = 0
            for record in records:
                if record.format != "warc":  # warcio takes nearly any text for an older format
                    break
                if record.rec_type != "response":
                    continue
                responses += 1
                url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                if not is_wanted(url):
                    continue
                offset = records.get_record_offset()
                head = record.rec_headers.get_header
                place = Place(
                    path, offset, parse_date(head("WARC-Date") or ""), head("WARC-Payload-Digest") or ""
                )
                yield normal_url(url), place, read_response(path, offset)
        if not responses:
            raise ArchiveError(f"{path}: no WARC file, or one without responses")
    except ArchiveError:
        raise
    except (OSError, *BROKEN) as error:
        # warcio quotes what it met, which may be anything.
        why = "".join(c for c in str(error) if " " <= c <= "~")[:80].strip() or type(error).__name__
        raise ArchiveError(f"{path}: can't be read any further: {why}") from None
