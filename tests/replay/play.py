"""Plays every line of an archive's indexes through pywb; run by the Python of an environment that has it.

Arguments: an empty folder to work in, the archive's folder. Standard input: addresses, one a line. Standard
output, last line: JSON with "pages" (address, time, status, digest of the body) and "keys" (one an address).
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path


def main(work: Path, archive: Path) -> None:
    for folder in ("archive", "indexes"):
        (work / "collections" / "kabar" / folder).mkdir(parents=True)
    lines = []
    for path in sorted(archive.iterdir()):
        if path.suffix == ".cdxj":
            lines += path.read_text("utf-8").splitlines()
        else:
            shutil.copy(path, work / "collections" / "kabar" / "archive")
    index = work / "collections" / "kabar" / "indexes" / "index.cdxj"
    index.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    os.chdir(work)

    from pywb.apps.frontendapp import FrontEndApp  # the packages are this environment's only
    from pywb.utils.canonicalize import canonicalize
    from werkzeug.test import Client

    client = Client(FrontEndApp())
    pages = []
    for line in lines:
        _, stamp, entry = line.split(" ", 2)
        url = json.loads(entry)["url"]
        answer = client.get(f"/kabar/{stamp}id_/{url}")
        digest = hashlib.sha256(answer.get_data()).hexdigest()
        pages.append({"url": url, "stamp": stamp, "status": answer.status_code, "digest": digest})
    keys = [canonicalize(url) for url in sys.stdin.read().splitlines()]
    print("\n" + json.dumps({"pages": pages, "keys": keys}))  # pywb prints as well
    sys.stdout.flush()
    os._exit(0)  # the server of the app runs on


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
