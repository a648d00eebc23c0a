"""A file made to hurt hurts only the process that reads it."""

import io
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest

from motcua.base import apart
from motcua.base.errors import Refused
from motcua.base.filetypes import check_file

HERE = "tests.base.test_apart"


def length(content: bytes, *words: str) -> list[object]:
    return [len(content), *words]


def hang(_content: bytes) -> None:
    while True:
        pass


def sleep(_content: bytes) -> None:
    time.sleep(600)


def eat(_content: bytes) -> int:
    return len(bytearray(4 * apart.MEMORY))


def die(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write(_content: bytes) -> int:
    with open("/tmp/motcua-apart", "wb", buffering=0) as out:
        return out.write(b"something")


def secrets(_content: bytes) -> list[str]:
    return sorted(set(os.environ) - {"LANG", "LC_CTYPE"})


def pdf(pages: int) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def tangled(revisions: int = 3_000) -> bytes:
    """A PDF of three megabytes whose list of objects was "changed" so often that walking back through it takes many seconds."""
    out, before = io.BytesIO(b"%PDF-1.4\n"), 0
    out.seek(0, io.SEEK_END)
    for _ in range(revisions):
        at = out.tell()
        prev = f"/Prev {before}" if before else ""
        rows = "".join(f"{number} 1\n0000000009 00000 n \n" for number in range(1, 40))
        out.write(f"xref\n{rows}trailer\n<</Size 41/Root 1 0 R{prev}>>\n".encode())
        before = at
    out.write(f"startxref\n{before}\n%%EOF".encode())
    return out.getvalue()


def test_the_answer_comes_back() -> None:
    assert apart.ask(f"{HERE}:length", b"x" * 3_000_000, "một", "hai") == [3_000_000, "một", "hai"]


@pytest.mark.slow
@pytest.mark.parametrize("trap", ["hang", "sleep", "eat", "die", "write"])
def test_whatever_a_file_does_to_its_reader_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch, trap: str) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    begun = time.monotonic()

    assert apart.ask(f"{HERE}:{trap}", b"") is None

    assert time.monotonic() - begun < 4
    assert check_file(pdf(3), name="đơn.pdf").pages == 3


@pytest.mark.slow
def test_a_pdf_that_hangs_the_reader_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(Refused, match=r"Tệp quét\.pdf làm máy đọc quá lâu hoặc tốn quá nhiều bộ nhớ nên không nhận"):
        check_file(tangled(), name="quét.pdf")


def test_the_reader_knows_no_secret_of_ours() -> None:
    assert apart.ask(f"{HERE}:secrets", b"") == []


def test_a_reading_program_that_was_killed_is_started_again() -> None:
    assert apart.ask(f"{HERE}:length", b"1") == [1]
    process = apart._program._process
    assert process is not None
    process.kill()
    process.wait()

    assert apart.ask(f"{HERE}:length", b"12") == [2]


@pytest.mark.slow
def test_more_files_than_places_wait_for_their_turn() -> None:
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda size: apart.ask(f"{HERE}:length", b"x" * size), range(64)))
    assert found == [[size] for size in range(64)]


@pytest.mark.slow
def test_when_all_places_are_held_the_sender_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with ThreadPoolExecutor(apart.AT_ONCE) as threads:
        for _ in range(apart.AT_ONCE):
            threads.submit(apart._places.acquire)
    try:
        with pytest.raises(Refused, match="Máy đang đọc nhiều tệp cùng lúc"):
            apart.ask(f"{HERE}:length", b"")
    finally:
        apart._places.release(apart.AT_ONCE)


@pytest.mark.slow
def test_a_file_costs_little_more_time_for_it() -> None:
    check_file(pdf(1), name="a.pdf")  # the program has started
    content, begun = pdf(20), time.monotonic()
    for _ in range(10):
        check_file(content, name="a.pdf")
    assert (time.monotonic() - begun) / 10 < 0.1
