"""A signed paper is believed only while nothing about it has changed."""

import io
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from motcua.documents.signing import check, checker, pades, software
from motcua.documents.signing.check import MOST_BYTES, Verdict
from motcua.documents.slips import Place
from motcua.documents.terms import Finding

from .conftest import NOW, Trial, paper
from .test_slips import squeezed, text_of


def verdict(trial: Trial, pdf: bytes, days: int = 0) -> Verdict:
    return check.check(pdf, roots=check.read_roots(trial.roots), at=NOW + timedelta(days=days))


def test_keys_lie_where_only_their_owner_reads(tmp_path: Path) -> None:
    software.create_authority(tmp_path / "keys" / "signing" / "trial", at=NOW, roots=tmp_path / "keys" / "roots")
    for folder in ("keys", "keys/signing", "keys/signing/trial"):
        assert (tmp_path / folder).stat().st_mode & 0o077 == 0


def test_a_signed_paper_tells_who_when_and_that_it_is_whole(trial: Trial) -> None:
    found = verdict(trial, trial.signed)
    assert (found.finding, found.intact, found.trusted, found.trial) == (Finding.VALID, True, True, True)
    (one,) = found.signatures
    assert one.signer == "Võ Thị Kim Ngân"
    assert one.agency == "Ủy ban nhân dân xã Ba Tơ"
    assert one.at == NOW
    assert one.covers_whole_file


def test_the_signature_is_pades_and_the_paper_stays_readable(trial: Trial) -> None:
    assert b"/ETSI.CAdES.detached" in trial.signed
    assert trial.signed.startswith(paper()), "signing only appends"
    reader = pypdf.PdfReader(io.BytesIO(trial.signed))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    (widget,) = [
        one.get_object() for one in reader.pages[0]["/Annots"] if one.get_object().get("/Subtype") == "/Widget"
    ]
    assert "Võ Thị Kim Ngân" in widget["/TU"]
    left, _, right, _ = (float(one) for one in widget["/Rect"])
    assert 290 < (left + right) / 2 < 595, "the drawing stands in the right half of the sheet, over the name"


def flip(pdf: bytes) -> bytes:
    at = pdf.index(b"stream") + 40
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def flip_last_signed_byte(pdf: bytes) -> bytes:
    at = len(pdf) - 8
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def flip_signature(pdf: bytes) -> bytes:
    at = pdf.index(b"/Contents <") + 11 + 600
    return pdf[:at] + (b"0" if pdf[at : at + 1] != b"0" else b"1") + pdf[at + 1 :]


def shift_range(pdf: bytes) -> bytes:
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", pdf)
    assert found
    size = found.group(4)
    return pdf[: found.start(4)] + str(int(size) - 9).encode().rjust(len(size), b"0") + pdf[found.end(4) :]


def rewrite_metadata(pdf: bytes) -> bytes:
    return pdf.replace(b"Quy\xe1\xba\xbft", b"Quy\xe1\xba\xbfT", 1) if b"Quy\xe1\xba\xbft" in pdf else flip(pdf)


def append_page_change(pdf: bytes) -> bytes:
    """An incremental update that draws something else over the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[NameObject("/Rotate")] = NumberObject(90)
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def append_title(pdf: bytes) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Title": "Văn bản khác"})
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def append_junk_that_ends_like_a_pdf(pdf: bytes) -> bytes:
    end = pdf[pdf.rindex(b"startxref") :]
    return pdf + b"9 0 obj\n<<>>\nendobj\n" + end


def append_junk(pdf: bytes) -> bytes:
    return pdf + b"\n% them vao sau khi ky\n" + b"x" * 300


def rewritten(pdf: bytes) -> bytes:
    """Saved anew by another program: the signature dictionary is kept, the bytes are others."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("alter", [
    flip, flip_last_signed_byte, flip_signature, shift_range, rewrite_metadata, append_page_change, append_title, append_junk,
    append_junk_that_ends_like_a_pdf, rewritten,
    lambda pdf: pdf[:-500], lambda pdf: pdf[: len(pdf) // 2], lambda pdf: pdf[:200], lambda pdf: pdf.replace(b"%%EOF", b"%%E0F"),
    lambda pdf: b"", lambda pdf: b"not a pdf", lambda pdf: b"%PDF-1.7\n" + b"\0" * 1000, lambda pdf: b"%PDF-1.7\n" + b"[" * 100_000,
    lambda pdf: b"\0" * (MOST_BYTES + 1),
])  # fmt: skip
def test_every_altered_file_is_flagged(trial: Trial, alter: Callable[[bytes], bytes]) -> None:
    altered = alter(trial.signed)
    assert altered != trial.signed
    found = verdict(trial, altered)
    assert found.finding in {Finding.CHANGED, Finding.UNREADABLE, Finding.UNSIGNED, Finding.TOO_BIG}
    assert not found.trusted


def test_whoever_is_not_believed_is_not_trusted(trial: Trial, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    software.create_authority(stranger, at=NOW, roots=tmp_path / "not-believed")
    software.enrol(7, "Võ Thị Kim Ngân", "Ủy ban nhân dân xã Ba Tơ", at=NOW, folder=stranger)
    from_stranger = Trial(stranger, trial.roots, b"", trial.sign)
    with software.TrialKeys(stranger).lend(7) as signer:
        forged = check_sign(signer)
    found = verdict(from_stranger, forged)
    assert found.finding is Finding.UNTRUSTED
    assert found.intact
    assert not found.trusted


def check_sign(signer: object) -> bytes:
    return pades.sign(paper(), signer=signer, name="Kẻ giả", agency="", place=None, at=NOW, trial=True).pdf  # type: ignore[arg-type]


def test_a_certificate_out_of_its_time_proves_nothing(trial: Trial) -> None:
    assert verdict(trial, trial.sign(paper(), 9)).finding is Finding.EXPIRED
    assert verdict(trial, trial.signed, days=365 * 6).finding is Finding.EXPIRED
    assert not verdict(trial, trial.signed, days=-30).trusted


def test_a_second_signature_leaves_the_first_whole(trial: Trial) -> None:
    twice = verdict(trial, trial.sign(trial.signed, 8))
    assert twice.finding is Finding.VALID
    assert [one.signer for one in twice.signatures] == ["Võ Thị Kim Ngân", "Đinh Văn Ững"]
    assert [one.covers_whole_file for one in twice.signatures] == [False, True]


def test_an_unsigned_paper_is_told_so(trial: Trial) -> None:
    assert verdict(trial, paper()).finding is Finding.UNSIGNED


def test_the_separate_program_gives_the_same_verdict(trial: Trial) -> None:
    for pdf in (trial.signed, flip(trial.signed), paper(), b"%PDF-1.7 /ByteRange" + b"\xff" * 500, b"nothing"):
        assert checker.check_apart(pdf, roots=trial.roots, at=NOW) == verdict(trial, pdf)


def test_a_drawing_with_a_long_name_stays_in_its_place(trial: Trial) -> None:
    name = "Công Tằng Tôn Nữ Huyền Tôn Nguyễn Phúc Thị Đoan Nguyệt Ánh Dương"
    with software.TrialKeys(trial.folder).lend(7) as signer:
        pdf = pades.sign(
            paper(), signer=signer, name=name, agency=name * 3, place=Place(0, (300, 300, 495, 366)), at=NOW, trial=True
        ).pdf
    assert verdict(trial, pdf).trusted


def test_the_drawing_says_that_it_is_a_trial(trial: Trial) -> None:
    reader = pypdf.PdfReader(io.BytesIO(trial.signed))
    (widget,) = [
        one.get_object() for one in reader.pages[0]["/Annots"] if one.get_object().get("/Subtype") == "/Widget"
    ]
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 100)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(
        widget["/AP"]["/N"].get_object()["/Resources"]["/XObject"]["/Drawn"].get_object().clone(writer)
    )
    page[pypdf.generic.NameObject("/Resources")] = (
        widget["/AP"]["/N"]
        .get_object()["/Resources"]["/XObject"]["/Drawn"]
        .get_object()["/Resources"]
        .get_object()
        .clone(writer)
    )
    out = io.BytesIO()
    writer.write(out)
    assert squeezed("CHỮ KÝ THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ") in text_of(out.getvalue())


@pytest.mark.slow
def test_signing_takes_at_most_a_hundred_milliseconds(trial: Trial) -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        trial.sign(paper(), place=Place(0, (300, 300, 495, 366)))
        times.append(time.process_time() - start)
    assert min(times) < 0.1
