"""The program that reads strangers' files: `python -m motcua.base.apart_program`, started and spoken to by `base.apart`.

It has loaded the reader once and forks a process for each file: that one has so much memory, so many seconds, may write
no file, and is gone after its answer. It ends by itself when the program that started it ends.
"""

import importlib
import json
import logging
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable
from typing import Any, Final, NoReturn

ORDER: Final = 256
"""Bytes of one order, filled up with spaces: {"work": "module:function", "words": [...], "seconds": n, "memory": n}."""


def main() -> None:
    """Take orders, each with the line on which the file comes and the answer goes, until the other end is closed."""
    orders = socket.socket(fileno=0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the processes; the kernel buries them
    while True:
        written, lines, _flags, _address = socket.recv_fds(orders, ORDER, 1)
        if not written:
            return
        try:
            order = json.loads(written)
            module, _colon, name = order["work"].partition(":")
            work = getattr(importlib.import_module(module), name)
            if os.fork() == 0:
                orders.close()
                _read_one(socket.socket(fileno=lines[0]), work, order)
        finally:
            for line in lines:
                os.close(line)


def _read_one(line: socket.socket, work: Callable[..., Any], order: dict[str, Any]) -> NoReturn:
    """One file: limits first, then its bytes; whatever happens, this process ends here."""
    ended = 1
    try:
        _limit(order["seconds"], order["memory"])
        with line, line.makefile("rb") as sent:
            words = json.loads(sent.read(struct.unpack(">I", sent.read(4))[0]))
            line.sendall(json.dumps(work(sent.read(), *words)).encode())
        ended = 0
    finally:  # a stranger's bytes may break a reader in any way: no answer is an answer
        os._exit(ended)


def _limit(seconds: int, memory: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # by default the kernel ends the process, whatever it is doing
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)  # readers log names and words out of other people's files


if __name__ == "__main__":
    main()
