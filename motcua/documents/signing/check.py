"""Check a signed PDF: is it whole, who signed, is the signer believed, does the signature cover the file."""

import io
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.documents.terms import TRIAL_MARK, Finding

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it logs the names of signers of other people's files
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_SIGNATURES: Final = 20
_ORDER: Final = (Finding.CHANGED, Finding.EXPIRED, Finding.UNTRUSTED, Finding.VALID)
"""The worst finding of several signatures is that of the file."""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One signature as found in the file."""

    finding: Finding
    signer: str
    agency: str
    issuer: str
    at: datetime | None
    """The time the signer states; without a time stamp nobody else vouches for it."""
    covers_whole_file: bool
    certificate: str
    trial: bool


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What can be said of a file; `finding` is the worst of its signatures."""

    finding: Finding
    signatures: Sequence[Signed] = field(default=())

    @property
    def intact(self) -> bool:
        """Not a byte that was signed has changed since, and nothing was added that changes what is read."""
        return bool(self.signatures) and self.finding is not Finding.CHANGED

    @property
    def trusted(self) -> bool:
        """Signed with a certificate that this office believes and that is in force."""
        return self.finding is Finding.VALID

    @property
    def trial(self) -> bool:
        """A signature of a demonstration: no legal value."""
        return any(one.trial for one in self.signatures)

    def as_json(self) -> dict[str, Any]:
        """For the checking program that runs on its own."""
        found = asdict(self)
        for one in found["signatures"]:
            one["at"] = one["at"].isoformat() if one["at"] else None
        return found

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Verdict":
        """Read what `as_json` wrote."""
        signatures = tuple(
            Signed(
                **{
                    **one,
                    "finding": Finding(one["finding"]),
                    "at": datetime.fromisoformat(one["at"]) if one["at"] else None,
                }
            )
            for one in found["signatures"]
        )
        return cls(finding=Finding(found["finding"]), signatures=signatures)


def check(pdf: bytes, *, roots: Sequence[x509.Certificate], at: datetime) -> Verdict:
    """The verdict on a file as of a moment; whatever the bytes are, the answer is a verdict."""
    if len(pdf) > MOST_BYTES:
        return Verdict(finding=Finding.TOO_BIG)
    if b"%PDF-" not in pdf[:1024]:
        return Verdict(finding=Finding.UNREADABLE)
    try:
        return _check(pdf, roots, at)
    except Exception:  # noqa: BLE001 (bytes from strangers make a parser fail in any way it can; each is "unreadable")
        return Verdict(finding=Finding.UNREADABLE)


def _check(pdf: bytes, roots: Sequence[x509.Certificate], at: datetime) -> Verdict:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    embedded = reader.embedded_regular_signatures
    if not embedded:
        return Verdict(finding=Finding.UNSIGNED)
    statuses = []
    for one in embedded[:MOST_SIGNATURES]:
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=at)
        statuses.append(validate_pdf_signature(one, signer_validation_context=context))
    closed = any(
        one.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE for one in reader.embedded_signatures
    )
    found = tuple(_signed(status, closed=closed) for status in statuses)
    return Verdict(finding=min((one.finding for one in found), key=_ORDER.index), signatures=found)


def _signed(status: PdfSignatureStatus, *, closed: bool) -> Signed:
    certificate = status.signing_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Signed(
        finding=_finding(status, closed=closed),
        signer=str(subject.get("common_name", "")),
        agency=_one(subject.get("organization_name", "")),
        issuer=str(issuer.get("common_name", "")),
        at=status.signer_reported_dt,
        covers_whole_file=whole,
        certificate=certificate.sha256.hex(),
        trial=TRIAL_MARK in _one(issuer.get("organizational_unit_name", "")),
    )


def _finding(status: PdfSignatureStatus, *, closed: bool) -> Finding:
    if not (status.intact and status.valid) or not _unchanged(status, closed=closed):
        return Finding.CHANGED
    if status.trusted:
        return Finding.VALID
    problem = status.trust_problem_indic
    outdated = problem is not None and str(problem).rpartition(".")[2] in {
        "OUT_OF_BOUNDS_NO_POE",
        "OUT_OF_BOUNDS_NOT_REVOKED",
        "NOT_YET_VALID",
    }
    return Finding.EXPIRED if outdated else Finding.UNTRUSTED


def _unchanged(status: PdfSignatureStatus, *, closed: bool) -> bool:
    """The signature covers the file, or what follows it is only validation data, or further signatures that close the file.

    Bytes that follow without belonging to such a revision are a change too: another reader might show them.
    """
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return False
    return closed or status.modification_level == ModificationLevel.LTA_UPDATES


def _one(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def read_roots(folder: Path) -> list[x509.Certificate]:
    """The root certificates this office believes: every PEM file of the folder."""
    found = []
    for file in sorted(folder.glob("*.pem")) if folder.is_dir() else []:
        for _kind, _headers, der in pem.unarmor(file.read_bytes(), multiple=True):
            found.append(x509.Certificate.load(der))
    return found
