"""Strangers' files are read in a process of their own: one may hang, eat the memory or die there, and the pages go on."""

import json
import os
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.apart_program import ORDER
from motcua.base.errors import Refused

SECONDS: Final = 10
MEMORY: Final = 1024 * 1024 * 1024
AT_ONCE: Final = 4
"""Files that one web process has read at the same moment; the next ones wait, so that files cannot eat the machine."""
_ROOT: Final = Path(__file__).resolve().parents[2]
_places: Final = threading.BoundedSemaphore(AT_ONCE)


def ask(work: str, content: bytes, *words: str, seconds: int = 0) -> Any | None:
    """The answer of `work` ("module:function", called with the bytes and the words) as JSON gives it back.

    None when there is no answer: the file hung the reader, filled its memory or killed it.
    """
    seconds = seconds or SECONDS
    if not _places.acquire(timeout=2 * SECONDS):
        raise Refused(_("Máy đang đọc nhiều tệp cùng lúc. Chờ một phút rồi gửi lại."))
    try:
        with _program.line({"work": work, "seconds": seconds, "memory": MEMORY}) as line:
            line.settimeout(seconds + 5)
            return _ask_on(line, content, words)
    finally:
        _places.release()


def _ask_on(line: socket.socket, content: bytes, words: tuple[str, ...]) -> Any | None:
    head = json.dumps(words).encode()
    try:
        line.sendall(struct.pack(">I", len(head)) + head)
        line.sendall(content)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return json.loads(answer.read())
    except (OSError, ValueError):
        return None


class _Program:
    """The reading program of this process: started with the first file, again if it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._of = 0

    def line(self, order: dict[str, Any]) -> socket.socket:
        """A line to a fresh process that follows the order."""
        written = json.dumps(order).encode().ljust(ORDER)
        if len(written) > ORDER:
            raise ValueError(order["work"])
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            if self._orders is None or self._of != os.getpid():
                self._start()
            try:
                self._send(written, theirs)
            except OSError:
                self._start()
                self._send(written, theirs)
        return ours

    def _send(self, written: bytes, line: socket.socket) -> None:
        if self._orders is None:
            raise OSError("not started")
        socket.send_fds(self._orders, [written], [line.fileno()])

    def _start(self) -> None:
        """Without our environment: a reader that is misled finds no secret in it."""
        if self._orders is not None:
            self._orders.close()
        if self._process is not None and self._of == os.getpid():
            self._process.kill()
            self._process.wait()
        self._orders, theirs = socket.socketpair()
        self._of = os.getpid()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "motcua.base.apart_program"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"LANG": "C.UTF-8"},
                start_new_session=True,
            )


_program: Final = _Program()
