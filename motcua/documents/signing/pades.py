"""Sign a PDF as PAdES B-B, with the drawing of the signature where the paper left room for it."""

import hashlib
import io
from datetime import datetime
from typing import Final, NamedTuple

from pyhanko import stamp
from pyhanko.pdf_utils import content
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from motcua.base.clock import local
from motcua.base.typesetting import laid_out
from motcua.documents.slips.render import TEMPLATES, Place
from motcua.documents.terms import TRIAL_MARK

RESERVED: Final = 16_384
"""Room for the signature itself; a fixed size saves a trial run, which matters with slow tokens."""


class Signed(NamedTuple):
    """The signed file and the fingerprint of the certificate it was signed with."""

    pdf: bytes
    certificate: str


def sign(
    pdf: bytes, *, signer: signers.Signer, name: str, agency: str, place: Place | None, at: datetime, trial: bool
) -> Signed:
    """The PDF with one more signature, appended as an incremental update so that earlier ones stay whole."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    number = len(list(writer.prev.embedded_signatures)) + 1
    field = f"ChuKy{number}"
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=name, location=agency or None
    )
    spec = SigFieldSpec(field, readable_field_name=f"Chữ ký số của {name}")
    style = None
    if place is not None:
        spec = SigFieldSpec(field, on_page=place.page, box=place.box, readable_field_name=f"Chữ ký số của {name}")
        style = _drawing(name, agency, at, place, trial=trial)
    done = _SignerAt(meta, signer=signer, stamp_style=style, new_field_spec=spec)
    done.moment = local(at).replace(microsecond=0)
    signed = done.sign_pdf(writer, bytes_reserved=RESERVED)
    assert signer.signing_cert is not None
    return Signed(signed.getvalue(), hashlib.sha256(signer.signing_cert.dump()).hexdigest())


class _SignerAt(signers.PdfSigner):
    """Signs at the moment of the act, which is also that of the journal, not whenever the library looks at the clock."""

    moment: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class _Drawn(content.PdfContent):
    """A page drawn in memory, as the background of a signature."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf

    def render(self) -> bytes:
        assert self.writer is not None
        page = self.writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)), page_ix=0)
        self.resources.xobject["/Drawn"] = page
        left, bottom, right, top = (float(one) for one in page.get_object()["/BBox"])
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Drawn Do"


def _drawing(name: str, agency: str, at: datetime, place: Place, *, trial: bool) -> stamp.StaticStampStyle:
    """The words are drawn by Typst: the library's own text stamp spaces Vietnamese letters wrongly."""
    left, bottom, right, top = place.box
    values = {
        "name": name,
        "agency": agency,
        "at": f"{local(at):%d/%m/%Y %H:%M:%S} +07:00",
        "trial": TRIAL_MARK if trial else "",
        "width": right - left,
        "height": top - bottom,
    }
    drawn = laid_out(TEMPLATES / "stamp.typ", values, format="pdf")
    return stamp.StaticStampStyle(background=_Drawn(drawn), border_width=0, background_opacity=1.0)
