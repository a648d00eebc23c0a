"""Whether the house stands: ready only if a real write into the database and into the file store succeeds."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error

from motcua.base.attempts import count_attempt


def troubles(at: datetime) -> list[str]:
    """What does not work now; empty when everything does."""
    found = []
    try:
        count_attempt("health", limit=0, minutes=60, at=at)
    except Error:
        found.append("database")
    try:
        folder = Path(settings.FILES_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError:
        found.append("files")
    return found
