"""A stranger's signed file is checked in the reading program, where it may fail in any way (`base.apart`)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.base import apart
from motcua.documents.signing import check
from motcua.documents.signing.check import Verdict
from motcua.documents.terms import Finding


def check_apart(pdf: bytes, *, roots: Path, at: datetime) -> Verdict:
    """The verdict of the separate program; `unreadable` if it ran out of memory or time."""
    if b"%PDF-" not in pdf[:1024]:
        return Verdict(finding=Finding.UNREADABLE)
    if b"/ByteRange" not in pdf:
        # A signature's place in the file is always in plain sight: without one there is nothing to check.
        return Verdict(finding=Finding.UNSIGNED if b"%%EOF" in pdf[-2048:] else Finding.UNREADABLE)
    found = apart.ask("motcua.documents.signing.checker:judge", pdf, str(roots), at.isoformat())
    return Verdict.from_json(found) if isinstance(found, dict) else Verdict(finding=Finding.UNREADABLE)


def judge(pdf: bytes, roots: str, at: str) -> dict[str, Any]:
    """What the separate program answers."""
    return check.check(pdf, roots=check.read_roots(Path(roots)), at=datetime.fromisoformat(at)).as_json()
