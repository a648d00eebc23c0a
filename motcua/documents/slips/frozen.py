"""Slips whose words are fixed when they are issued and laid out later, when somebody first opens them."""

from dataclasses import replace
from typing import Any

from motcua.base.text import nfc
from motcua.base.typesetting import pdf_of

from .fields import Slip
from .render import TEMPLATES, as_values, qr_svg


def freeze(slip: Slip) -> dict[str, Any]:
    """The words of the slip as JSON: everything it will ever say, the form's number included; the QR picture is remade."""
    values = as_values(replace(slip, qr_url=""))
    values.pop("qr")
    values["qr_url"] = nfc(slip.qr_url)
    return {"template": slip.template, "values": values}


def render_frozen(frozen: dict[str, Any]) -> bytes:
    """The PDF of frozen words, the same at any later time."""
    values = {**frozen["values"]}
    values["qr"] = qr_svg(values["qr_url"]) if values["qr_url"] else None
    return pdf_of(TEMPLATES / f"{frozen['template']}.typ", values)
