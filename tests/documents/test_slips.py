"""Each slip carries every field of its official form, is archivable, and no text a user typed can break it."""

import io
import json
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import pypdf
import pytest
import segno

from motcua.documents import rules, slips
from motcua.documents.slips import Slip
from motcua.documents.slips.render import as_values, day_in_words, moment_in_words
from motcua.documents.terms import Copy, Kind

from . import samples

EVERY = samples.EVERY


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", text).casefold()


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def leaves(value: Any) -> Iterator[Any]:
    """Every value of a slip that must be readable on paper."""
    if is_dataclass(value):
        for one in fields(value):
            if one.name not in {"qr_url", "qr_text", "on", "sheet", "stamp_space", "form"}:
                yield from leaves(getattr(value, one.name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from leaves(one)
    elif value not in (None, "", 0) and not isinstance(value, bool):
        yield value


def as_printed(value: Any) -> tuple[str, ...]:
    match value:
        case datetime():
            words = moment_in_words(value)
            return words["full"], words["short"], f"{words['hours']} phút, {words['weekday']}, {words['day_full']}"
        case date():
            return day_in_words(value)["full"], day_in_words(value)["short"]
        case Copy():
            return (value.value,)
        case Enum():
            return (str(value.label),)
        case int():
            return str(value), f"{value:,}".replace(",", ".")
        case _:
            return (str(value),)


@pytest.mark.parametrize("slip", EVERY + samples.VARIANTS, ids=lambda one: one.template)
def test_every_field_is_printed_with_its_marks(slip: Slip) -> None:
    text = text_of(slips.render(slip))
    missing = [one for one in leaves(slip) if not any(squeezed(form) in text for form in as_printed(one))]
    assert missing == []
    assert squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in text
    assert squeezed("Độc lập - Tự do - Hạnh phúc") in text


@pytest.mark.parametrize("slip", EVERY, ids=lambda one: one.template)
def test_the_file_can_be_archived_and_read_aloud(slip: Slip) -> None:
    pdf = slips.render(slip)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part[>=\"]+2", metadata)
    assert re.search(r"pdfaid:conformance[>=\"]+A", metadata)
    assert re.search(r"pdfuaid:part[>=\"]+1", metadata)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("vi")
    assert reader.metadata.title
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), "every font is inside the file"


@pytest.mark.parametrize("slip", EVERY, ids=lambda one: one.template)
def test_the_code_holds_the_link(slip: Slip) -> None:
    """No decoder is a dependency: the drawn picture is compared with the symbol of exactly this link."""
    if not slip.qr_url:
        assert as_values(slip)["qr"] is None
        return
    drawn = io.BytesIO()
    segno.make(slip.qr_url, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    assert as_values(slip)["qr"] == drawn.getvalue().decode()


def test_typed_text_is_printed_and_never_executed() -> None:
    nasty = '#panic("x") $a_b$ *đậm* <nhãn> @tài `mã` \\ // hết "]})'
    slip = replace(samples.ACKNOWLEDGEMENT, request=nasty, submitter=replace(samples.CITIZEN, name=nasty))
    assert text_of(slips.render(slip)).count(squeezed(nasty)) >= 2 * len(slip.copies)


def test_decomposed_letters_are_composed() -> None:
    slip = replace(samples.ACKNOWLEDGEMENT, request="Ngu\u0065\u0302\u0323t")
    assert squeezed("Nguệt") in text_of(slips.render(slip))


LONG_NAME = "Công-tằng Tôn-nữ Huyền-tôn Nguyễn-Phúc Thị Đoan Nguyệt Ánh Dương"
LONG_REQUEST = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp chuyển đổi, chuyển nhượng, "
    "cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn bằng quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất; chuyển "
    "quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất của vợ hoặc chồng"
)


def test_a_long_name_and_a_long_procedure_are_printed_whole() -> None:
    assert len(LONG_NAME) >= 60
    assert len(LONG_REQUEST) >= 300
    for slip in (
        replace(
            samples.ACKNOWLEDGEMENT,
            request=LONG_REQUEST,
            submitter=replace(samples.CITIZEN, name=LONG_NAME),
            receiver=replace(samples.CLERK, name=LONG_NAME),
            papers=samples.PAPERS * 7,
        ),
        replace(
            samples.REGISTER,
            rows=[replace(one, subject=LONG_REQUEST, owner=LONG_NAME) for one in samples.REGISTER.rows],
        ),
        replace(samples.CONTROL_SHEET, procedure=LONG_REQUEST, owner=LONG_NAME),
        replace(samples.APOLOGY, procedure=LONG_REQUEST, addressee=LONG_NAME),
    ):
        text = text_of(slips.render(slip))
        assert squeezed(LONG_NAME) in text
        assert squeezed(LONG_REQUEST) in text


def test_each_counterpart_is_a_sheet_of_its_own() -> None:
    pages = pypdf.PdfReader(io.BytesIO(slips.render(samples.ACKNOWLEDGEMENT))).pages
    assert len(pages) == 2
    assert "Lưu" in pages[0].extract_text()
    assert "Giao người nộp" in pages[1].extract_text()


def test_frozen_words_print_the_same_later() -> None:
    for slip in EVERY:
        words = json.loads(json.dumps(slips.freeze(slip)))
        assert text_of(slips.render_frozen(words)) == text_of(slips.render(slip))


def test_an_office_prints_its_own_form() -> None:
    own = rules.Form(
        kind=Kind.CONTROL_SHEET,
        form="Mẫu 05",
        title="Phiếu kiểm soát",
        numbering="{n}/KS",
        law="Quyết định số 2904/QĐ-UBND",
    )
    text = text_of(slips.render(replace(samples.CONTROL_SHEET, form=own)))
    assert squeezed("Mẫu 05 – Quyết định số 2904/QĐ-UBND") in text


def test_a_paused_dossier_has_no_date_yet() -> None:
    assert squeezed("đang chờ bổ sung hồ sơ") in text_of(
        slips.render(replace(samples.ACKNOWLEDGEMENT, due_at=None, due_why=()))
    )


def test_the_form_follows_the_day() -> None:
    old = replace(samples.CONTROL_SHEET, on=date(2025, 9, 14))
    assert squeezed("Mẫu số 05 – Thông tư số 01/2018/TT-VPCP") in text_of(slips.render(old))
    assert squeezed("Mẫu số 06 – Thông tư số 03/2025/TT-VPCP") in text_of(slips.render(samples.CONTROL_SHEET))


def test_several_threads_draw_at_once() -> None:
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(slips.render, [samples.ACKNOWLEDGEMENT, samples.APOLOGY, samples.REFUSAL] * 3))
    assert all(pdf.startswith(b"%PDF-") for pdf in drawn)


@pytest.mark.slow
@pytest.mark.parametrize("slip", EVERY, ids=lambda one: one.template)
def test_a_slip_takes_at_most_sixty_milliseconds(slip: Slip) -> None:
    slip = replace(slip, rows=slip.rows[:10]) if isinstance(slip, slips.Register) else slip  # one page of the book
    slips.render(slip)
    times = []
    for n in range(5):
        fresh = replace(slip, head=replace(slip.head, number=f"{n:04d}/THU"))
        start = time.process_time()
        slips.render(fresh)
        times.append(time.process_time() - start)
    assert min(times) < 0.06
