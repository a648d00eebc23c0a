"""What `motcua serve` started it keeps running, and stops."""

import os
import signal
import socket
import sys
import threading
import time
from argparse import Namespace

import pytest

from motcua.base.errors import Refused
from motcua.config import serve
from motcua.config.serve import Program, Supervisor

pytestmark = pytest.mark.slow


def program(name: str, source: str) -> Program:
    return Program(name, [sys.executable, "-c", source], dict(os.environ))


def test_a_port_in_use_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"make demo PORT={port + 1}"):
            serve.run(Namespace(host="127.0.0.1", port=port, reset=False))


def test_a_fallen_program_is_started_again_and_a_signal_stops_all(tmp_path, monkeypatch):
    starts = tmp_path / "starts"
    falls_once = program(
        "falls",
        f"import os, time, pathlib; p = pathlib.Path({str(starts)!r}); p.open('a').write('x'); "
        "time.sleep(0 if p.stat().st_size == 1 else 60)",
    )
    stands = program("stands", "import time; time.sleep(60)")

    def stop_when_restarted() -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and (not starts.exists() or starts.stat().st_size < 2):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    before = {number: signal.getsignal(number) for number in serve.SIGNALS}
    try:
        threading.Thread(target=stop_when_restarted).start()
        assert Supervisor([stands, falls_once]).run(announce=lambda: None) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert starts.read_text() == "xx"
    assert stands.ended()
    assert falls_once.ended()


def test_the_job_worker_stands_back_where_the_processors_are_full(tmp_path):
    told = tmp_path / "told"
    background = program("background", f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(str(os.nice(0)))")
    background.gives_way = 3
    background.start()
    assert background.process is not None and background.process.wait(20) == 0
    assert int(told.read_text()) == min(19, os.nice(0) + 3)
    assert serve._worker({}).gives_way > serve._web("127.0.0.1", 1, {}).gives_way == 0


def test_a_program_that_cannot_run_ends_it_all(monkeypatch, capsys):
    monkeypatch.setattr(serve, "QUICK_ENDS_ALLOWED", 2)
    stands = program("stands", "import time; time.sleep(60)")
    before = {number: signal.getsignal(number) for number in serve.SIGNALS}
    try:
        assert Supervisor([stands, program("Việc nền", "raise SystemExit(3)")]).run(announce=lambda: None) == 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert stands.ended()
    assert "Việc nền không chạy được" in capsys.readouterr().out
