"""What a wheel installs: the floors below this one name, and the `pantau` command that finds them.

The floors import each other by their own names (`db`, `crawler`, …), which other packages may have as well.
So a wheel puts them into the folder `pantau_berdaya` and nothing beside it: no other program of the same
Python meets them, and this one looks there first. In a checkout this file lies among them.
"""

from __future__ import annotations

import sys
from pathlib import Path

#: The folder that holds the floors: of the installed package, or the root of a checkout.
HOME = Path(__file__).parent


def main() -> int:
    """Run `pantau` with the arguments of the command line; returns its exit code."""
    sys.path.insert(0, str(HOME))
    from pipelines.cli import main as run

    return run()
