"""Lay out a slip with Typst: PDF/A-2a and PDF/UA-1 in some ten milliseconds; the values travel as data, never as markup."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import segno
import typst

from motcua.base.clock import local
from motcua.base.language import in_vietnamese
from motcua.base.text import nfc
from motcua.base.typesetting import laid_out, pdf_of
from motcua.documents import rules

from .fields import Slip

TEMPLATES: Final = Path(__file__).parent.parent / "typst"
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the visible signature belongs: page (from 0) and a box in points from the lower left corner."""

    page: int
    box: tuple[int, int, int, int]


def render(slip: Slip) -> bytes:
    """The slip as PDF/A-2a, tagged for screen readers (PDF/UA-1)."""
    return pdf_of(_template(slip), as_values(slip))


def render_png(slip: Slip, *, ppi: float = 110) -> list[bytes]:
    """The pages as pictures, for previews and for the eyes of those who change a template."""
    pages = laid_out(_template(slip), as_values(slip), format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def signature_place(slip: Slip) -> Place | None:
    """Where the template left room for the visible signature; None if it leaves none."""
    inputs = {"data": json.dumps(as_values(slip), ensure_ascii=False)}
    found = json.loads(typst.query(_template(slip), "<signature>", field="value", root=TEMPLATES, sys_inputs=inputs))
    if not found:
        return None
    spot = found[-1]
    return Place(
        page=spot["page"] - 1, box=(spot["x"], spot["y"], spot["x"] + spot["width"], spot["y"] + spot["height"])
    )


AnySlip = TypeVar("AnySlip", bound=Slip)


def numbered(slip: AnySlip, *, number: str, qr_url: str, on: date) -> AnySlip:
    """The slip with the number, link and day that it gets when it is issued."""
    return replace(slip, head=replace(slip.head, number=number, issued_on=on), qr_url=qr_url)


@in_vietnamese()
def as_values(slip: Slip) -> dict[str, Any]:
    """What the template reads: every moment, day and amount already in Vietnamese words."""
    form = slip.form or rules.form(slip.kind, slip.on or slip.head.issued_on)
    return {
        **_plain(slip),
        "form": {"form": form.form, "title": form.title, "law": form.law},
        "qr": qr_svg(slip.qr_url) if slip.qr_url else None,
    }


def _template(slip: Slip) -> Path:
    return TEMPLATES / f"{slip.template}.typ"


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.label) if hasattr(value, "label") else value.value
        case str():
            return nfc(value)
        case datetime():
            return moment_in_words(value)
        case date():
            return day_in_words(value)
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case Sequence():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            found = {one.name: getattr(value, one.name) for one in fields(value)}
            if hasattr(value, "total_vnd"):
                found["total_vnd"] = value.total_vnd
            return {name: _amount(one) if name.endswith("_vnd") else _plain(one) for name, one in found.items()}
    raise TypeError(f"a slip prints no {type(value).__name__}")


def _amount(vnd: int | None) -> dict[str, str] | None:
    if vnd is None:
        return None
    return {"figure": f"{vnd:,}".replace(",", "."), "words": rules.amount_in_words(vnd)}


def day_in_words(day: date) -> dict[str, Any]:
    """A day as slips write it: with a zero before days below ten and before January and February (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return {
        "full": f"ngày {day.day:02d} tháng {month} năm {day.year}",
        "short": f"{day:%d/%m/%Y}",
        "weekday": WEEKDAYS[day.weekday()],
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def moment_in_words(at: datetime) -> dict[str, Any]:
    """A moment as slips write it: “16 giờ 30 phút, ngày 13 tháng 02 năm 2026”."""
    here = local(at)
    day = day_in_words(here.date())
    return {
        **day,
        "day_full": day["full"],
        "full": f"{here.hour:02d} giờ {here.minute:02d} phút, {day['full']}",
        "short": f"{here:%H:%M %d/%m/%Y}",
        "clock": f"{here:%H:%M}",
        "hours": f"{here.hour:02d} giờ {here.minute:02d}",
    }


@lru_cache(maxsize=256)
def qr_svg(url: str) -> str:
    """The QR code as SVG, with its quiet zone, error correction M."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()
