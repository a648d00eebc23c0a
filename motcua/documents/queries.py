"""Questions about papers: which form applies, who signed, is this file genuine."""

import hashlib
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from asn1crypto import x509

from motcua.base import files
from motcua.base.refs import Ref
from motcua.documents import rules
from motcua.documents.models import Document, LocalForm
from motcua.documents.signing import check, checker
from motcua.documents.signing.check import Signed, Verdict
from motcua.documents.signing.port import roots_folder
from motcua.documents.slips import Place
from motcua.documents.terms import Finding, Kind

__all__ = [
    "Checked",
    "Signed",
    "Verdict",
    "documents_about",
    "form_for",
    "has_local_forms",
    "place_of",
    "true_copy",
    "verify",
    "verify_document",
]


_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,43}")


class Checked(NamedTuple):
    """A verdict, and our own document if the file is one of ours."""

    verdict: Verdict
    document: Document | None


def form_for(agency: int, kind: Kind, on: date) -> rules.Form:
    """The form an office uses on a day: its own by decision, else that of the circular in force."""
    own = LocalForm.objects.filter(agency=agency, kind=kind, in_force_during__contains=on).first()
    if own is None:
        return rules.form(kind, on)
    return rules.Form(kind=kind, form=own.form, title=own.title, numbering=own.numbering, law=own.decision)


def has_local_forms() -> bool:
    """Whether any office here uses forms of its own."""
    return LocalForm.objects.exists()


def documents_about(ref: Ref | str) -> list[Document]:
    """The papers of one matter, the latest first."""
    return list(Document.objects.about(str(ref)).select_related("file").order_by("-issued_at", "-pk"))


def document_by_token(token: str) -> Document | None:
    """The document behind a QR code."""
    if not _TOKEN.fullmatch(token):
        return None
    return Document.objects.select_related("file", "agency").filter(verify_token=token).first()


def true_copy(document: Document) -> bytes:
    """The bytes of the copy in force."""
    return files.read_stored(document.file)


def place_of(document: Document) -> Place | None:
    """Where its visible signature belongs."""
    if document.sign_page is None or document.sign_box is None:
        return None
    left, bottom, right, top = document.sign_box
    return Place(page=document.sign_page, box=(left, bottom, right, top))


def verify(pdf: bytes, *, at: datetime) -> Checked:
    """The verdict on a file somebody brings; never raises.

    A file we issued is known by its hash. Any other comes from a stranger and is read by a program of its own, with little
    memory and time, so that a file made to hurt can hurt only that program.
    """
    if len(pdf) > check.MOST_BYTES:
        return Checked(Verdict(finding=Finding.TOO_BIG), None)
    digest = hashlib.sha256(pdf).hexdigest()
    document = Document.objects.select_related("file").filter(sha256=digest).order_by("-pk").first()
    if document is not None:
        return Checked(_check_own(pdf, document.signed_at or at), document)
    return Checked(checker.check_apart(pdf, roots=roots_folder(), at=at), None)


def verify_document(document: Document, *, at: datetime) -> Verdict:
    """The verdict on our own stored copy: its bytes must still be those of the hash written when it was signed.

    Our journal vouches for the moment of signing, so the certificate is judged as of then: a result stays valid when the
    signer's certificate has run out.
    """
    try:
        pdf = files.read_stored(document.file)
    except FileNotFoundError:
        return Verdict(finding=Finding.UNREADABLE)
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        return Verdict(finding=Finding.CHANGED)
    return _check_own(pdf, document.signed_at or at)


def _check_own(pdf: bytes, at: datetime) -> Verdict:
    return check.check(pdf, roots=_roots(_stamp_of_roots()), at=at)


def _stamp_of_roots() -> tuple[tuple[str, int], ...]:
    folder = roots_folder()
    found = sorted(folder.glob("*.pem")) if folder.is_dir() else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in found)


@lru_cache(maxsize=4)
def _roots(_stamp: tuple[tuple[str, int], ...]) -> list[x509.Certificate]:
    return check.read_roots(roots_folder())
