"""The browser of all tests that need one: which program it is, how it is started, and what is said where there is none."""

import os
from pathlib import Path
from typing import Final

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def why_skipped() -> str:
    """Without a browser its tests are skipped on somebody's own machine; in the continuous integration they fail."""
    return "" if Path(CHROMIUM).exists() or os.environ.get("CI") else f"no browser at {CHROMIUM}"
