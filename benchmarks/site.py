"""Times the pages of a large database: `python -m benchmarks.site FOLDER`, after `benchmarks.site_data`.

Of the published file, or with `--private` of the working database, which is summed up first.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import time
from html import unescape
from pathlib import Path
from typing import Any

from db.serve import build_datasette

PAGES = (
    "/", "/wilayah", "/wilayah/33.03", "/kecamatan", "/kecamatan/33.03.02", "/pilar", "/pilar/rppa",
    "/instansi/sosial", "/media/media_01", "/artikel", "/artikel?media=media_01", "/artikel?wilayah=33.03",
    "/artikel/bench:500", "/matriks", "/angka", "/terbaru", "/perkembangan", "/sumber", "/metode", "/kutip",
    "/cari?q=RPPA", "/cari?q=bukateja+lansia", "/umpan/terbaru.atom", "/umpan/wilayah/33.03.atom",
    "/umpan/pilar/rppa.atom", "/kalender/33.03.ics",
)  # fmt: skip

#: Datasette's own pages of the file, which our pages link to in words only.
TABLES = ("/{}", "/{}/sentences?_search=RPPA")


def main() -> None:
    """Print the median of a few requests of each page and of each table that pages link to, slowest last."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--private", action="store_true")
    args = parser.parse_args()
    path = args.folder / ("large.db" if args.private else "public.db")
    for median, worst, status, url in sorted(asyncio.run(measure_pages(path, args.times))):
        print(f"{median * 1000:7.0f} ms median {worst * 1000:7.0f} ms worst  {status}  {url}")


async def measure_pages(path: Path, times: int) -> list[tuple[float, float, int, str]]:
    """(median seconds, worst, status, address) of our pages, the tables they link to, and their facets."""
    start = time.perf_counter()
    site = build_datasette(path, public=path.stem == "public")
    print(f"opened in {time.perf_counter() - start:.1f} s")
    await site.invoke_startup()
    linked: set[str] = set()
    results = []
    name = path.stem
    for url in (*PAGES, *(table.format(name) for table in TABLES)):
        result, text = await _measure(site, url, times)
        results.append(result)
        if not url.startswith(f"/{name}"):
            linked |= {unescape(link) for link in re.findall(rf'href="(/{name}/[^"#]+)"', text)}
    facets: set[str] = set()
    # One of each form: the same list of thirty-five regencies need not be asked for thirty-five times.
    for url in sorted({re.sub(r"=[^&]*", "=", link): link for link in linked}.values()):
        result, text = await _measure(site, url, times)
        results.append(result)
        found = re.findall(r'<section class="facet-info".*?<li><a href="([^"]+)"', text, re.S)
        facets |= {unescape(link).removeprefix("http://localhost") for link in found}
    return results + [(await _measure(site, url, times))[0] for url in sorted(facets)]


async def _measure(site: Any, url: str, times: int) -> tuple[tuple[float, float, int, str], str]:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        response = await site.client.get(url)
        seconds.append(time.perf_counter() - start)
    late = "" if "facets-timed-out" not in response.text else " (a facet timed out)"
    return (statistics.median(seconds), max(seconds), response.status_code, url + late), response.text


if __name__ == "__main__":
    main()
