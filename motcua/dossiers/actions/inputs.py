"""What the doors hand to the actions: plain values, already read from text by a form or a schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.dossiers.terms import Channel, Delivery
from motcua.procedures.queries import Offer


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applies, and for whom another one brings it (nộp thay, có giấy ủy quyền)."""

    name: str
    person: int | None = None
    identity_number: str = ""
    birth_on: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    tax_code: str = ""
    business_name: str = ""
    proxy_name: str = ""
    proxy_identity: str = ""
    proxy_phone: str = ""
    proxy_email: str = ""
    proxy_address: str = ""
    proxy_paper: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperIn:
    """One line of the list of papers: what lies on the counter, what is attached."""

    no: int
    name: str
    need: int | None = None
    required: bool = True
    handed_in: bool = True
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""
    files: tuple[int, ...] = ()
    contents: tuple[str, ...] = ()
    """What the files hold (SHA-256), where one try stores them anew: a double click sends the same papers twice."""


@dataclass(frozen=True, kw_only=True)
class ApplicationIn:
    """One application as it comes through a door."""

    offer: Offer
    channel: Channel
    receiving: int
    deciding: int
    unit: int
    applicant: Applicant
    subject: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    papers: tuple[PaperIn, ...] = ()
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str = ""
    outside_code: str = ""
    fee_vnd: int | None = None
    """What the counter reckoned where the fee goes by pages or copies, or by a rule; else the amount of the offer."""
