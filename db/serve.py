"""Shows a database in the browser: Datasette with the project's descriptions, pages, plugin and limits."""

from __future__ import annotations

import atexit
import logging
import shutil
import socket
import sqlite3
import tempfile
import threading
from pathlib import Path
from typing import Any

import datasette.app  # before its exception handler, which registers itself as a plugin
import datasette.handle_exception
import datasette.plugins
import datasette.views.base
import uvicorn

from db.describe import SITE, Words, build_metadata
from db.errors import StoreError, explained
from db.export.cells import NeutralCsv
from db.file.connection import open_published
from db.file.migrations import check_schema
from db.file.read_only import Readable, find_readable, may_write
from db.file.session import Session
from db.guard.limits import bound_heap
from db.pages.archive import ReadPage
from db.pages.policy import Site
from db.public.search_file import SearchFile
from db.public.summaries import missing_summaries
from db.public.summary_file import SummaryFile, is_large

logger = logging.getLogger(__name__)

#: Settings that differ from Datasette's defaults, which the comments give
#: (https://docs.datasette.io/en/0.65.5/settings.html).
_SETTINGS: dict[str, Any] = {
    "default_page_size": 20,  # 100; rows carry whole sentences, which a phone shows one below the other
    "sql_time_limit_ms": 2000,  # 1000
    "facet_time_limit_ms": 500,  # 200
    "max_returned_rows": 300,  # 1000; a page of more takes too long, and downloads have all rows
    "truncate_cells_html": 400,  # 2048; a row's own page shows all of it
    "suggest_facets": False,  # True; it offers sentences and offsets, and metadata.yml names the useful ones
    "max_csv_mb": 0,  # 100; no silent cap on a download
}

# Datasette's own lists as CSV, which our pages don't link to, run no formula either.
datasette.views.base.csv = NeutralCsv

# Where rich is installed (spaCy brings it), Datasette prints pages of traceback for each mistyped address.
datasette.handle_exception.rich = None

# Datasette asks every handler of exceptions, and its own would print a traceback for what ours explains;
# ours calls it for the rest.
datasette.plugins.pm.unregister(datasette.handle_exception)


def build_datasette(
    db_path: Path | str,
    public: bool = False,
    title: str = "",
    read_page: ReadPage | None = None,
    contact: str = "",
    address: str = "",
) -> Site:
    """Datasette on one file; its `client` answers requests without a server. `title` replaces its own, and
    `contact` is how readers reach whoever runs it, `address` where they find the site ("https://pantau.example").

    `read_page` opens the archive that the articles of a working database point to; a public file's site
    shows sentences only and takes none.

    A public file is opened as immutable: serve it anew after it was published anew. Raises `StoreError`
    when the file is missing, damaged or of the other kind.
    """
    path = Path(db_path)
    # A session brings an older file to this release's schema, where it may.
    db = open_published(path) if public else Session(path, read_only=not may_write(path)).db
    readable = Readable(path, immutable=True) if public else find_readable(path)
    with explained(path):
        try:
            check_schema(db, path)
            if public and (missing := missing_summaries(db)):
                raise StoreError(
                    f"{path} was published by another release and lacks {missing[0]}: "
                    "run 'pantau publish' again"
                )
            metadata = build_metadata(path.stem, db)
            if title:
                metadata["title"] = Words(title, title).joined
            large = not public and is_large(db)
        finally:
            db.close()
    return Site(
        [] if readable.immutable else [str(readable.path)],
        immutables=[str(readable.path)] if readable.immutable else [],
        metadata=metadata,
        settings=_SETTINGS | {"allow_download": public},
        template_dir=str(SITE / "templates"),
        plugins_dir=str(SITE / "plugins"),
        static_mounts=[("assets", str(SITE / "static"))],
        read_page=None if public else read_page,
        summary_file=_sum_up(path) if large else None,
        search_file=None if public else _index(path, readable),
        contact=contact,
        address=address,
    )


def _sum_up(path: Path) -> SummaryFile | None:
    """The sums of a large database in a file; without one where it can't be written, and pages are slow."""
    found = SummaryFile(path)
    logger.info("%s is large: its pages read sums, which are made now if they are not there yet", path)
    try:
        found.refresh()
    except (sqlite3.Error, OSError) as error:
        logger.warning("%s cannot be written, so pages will be slow: %s", found.path, error)
        return None
    return found


def _index(path: Path, readable: Readable) -> SearchFile:
    """The index of a working database: beside it, or where that can't be written for as long as we run."""
    found = SearchFile(path, readable=readable)
    try:
        found.refresh()
    except (sqlite3.Error, OSError) as error:
        folder = tempfile.mkdtemp(prefix="pantau-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        found = SearchFile(path, Path(folder) / "index", readable)
        logger.info(
            "%s cannot be written beside it, so the search has its index in %s: %s", path, folder, error
        )
        found.refresh()
    return found


def serve(
    db_path: Path | str,
    host: str = "127.0.0.1",
    port: int = 8001,
    public: bool = False,
    title: str = "",
    read_page: ReadPage | None = None,
    contact: str = "",
    address: str = "",
) -> None:
    """Serve until interrupted. Raises `StoreError` when the database or the address can't be used."""
    site = build_datasette(db_path, public, title, read_page, contact, address)
    if public:
        bound_heap()  # strangers ask, and nothing else of this process makes files
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)  # before the address is told, so that nobody who reads it is refused
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise StoreError(
                f"cannot listen on {host}:{port}: {reason}; choose another with --port"
            ) from error
        shown = f"[{host}]" if ":" in host else host
        print(f"http://{shown}:{listener.getsockname()[1]}/ (stop with Ctrl+C)", flush=True)
        config = uvicorn.Config(site.app(), log_level="warning", lifespan="on")
        stop = threading.Event()
        for side_file in filter(None, (site.summary_file, site.search_file)):
            threading.Thread(target=side_file.keep_fresh, args=(stop,), daemon=True).start()
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            stop.set()
