"""Check a stranger's file in a program of its own: `python -m motcua.documents.signing.checker ROOTS MOMENT < file`.

The parser of a PDF can be made to eat memory or time by a file of a few kilobytes; here it has one gigabyte and ten
seconds, and whatever happens to it, the page gets a verdict.
"""

import json
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from motcua.documents.signing import check
from motcua.documents.signing.check import Verdict
from motcua.documents.terms import Finding

MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = 10
ROOT: Final = Path(__file__).resolve().parents[3]


def check_apart(pdf: bytes, *, roots: Path, at: datetime) -> Verdict:
    """The verdict of the separate program; `unreadable` if it ran out of memory or time."""
    if b"%PDF-" not in pdf[:1024]:
        return Verdict(finding=Finding.UNREADABLE)
    if b"/ByteRange" not in pdf:
        # A signature's place in the file is always in plain sight: without one there is nothing to check.
        return Verdict(finding=Finding.UNSIGNED if b"%%EOF" in pdf[-2048:] else Finding.UNREADABLE)
    command = [sys.executable, "-m", "motcua.documents.signing.checker", str(roots), at.isoformat()]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS + 5, cwd=ROOT, check=False)
        return Verdict.from_json(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError, TypeError):
        return Verdict(finding=Finding.UNREADABLE)


def main() -> None:
    """The separate program."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    pdf = sys.stdin.buffer.read(check.MOST_BYTES + 1)
    verdict = check.check(pdf, roots=check.read_roots(Path(sys.argv[1])), at=datetime.fromisoformat(sys.argv[2]))
    sys.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=True))


if __name__ == "__main__":
    main()
