"""What stands on each slip: the fields of the official forms (TT 01/2018 and TT 03/2025/TT-VPCP), as typed values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.documents.rules import Form
from motcua.documents.terms import Copy, Kind, Outcome, Sheet


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head of every paper: who issues it, under which number, where and when (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

    parent: str
    agency: str
    place: str
    issued_on: date
    number: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person or organisation on a slip; `identity` is the personal or organisation number, masked by the caller if need be."""

    name: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    """Who stands for the organisation, with the personal number where both are known."""


@dataclass(frozen=True, kw_only=True)
class Proxy(Party):
    """Người được ủy quyền, and the paper that says so."""

    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One component of a dossier and how many of each kind were handed in."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0
    pages: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of a procedure whose limit is set in stages (item 6 of the form)."""

    name: str
    limit: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: the line of authority (“TL. GIÁM ĐỐC”), the post, the name; `signed_at` when it is an electronic slip."""

    name: str
    position: str = ""
    authority: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What all slips share: the head, the link behind the QR code, the short address printed under it."""

    kind: ClassVar[Kind]
    template: ClassVar[str]

    head: Letterhead
    qr_url: str = ""
    qr_text: str = ""
    on: date | None = None
    """The day whose forms apply; the day of issue if not given."""
    form: Form | None = None
    """The form to use, where an office has its own (`queries.form_for`); else that of the circular of the day."""


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Slip):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (M01)."""

    kind = Kind.ACKNOWLEDGEMENT
    template = "acknowledgement"

    dossier_code: str
    one_stop: str
    submitter: Party
    request: str
    procedure_code: str = ""
    papers: Sequence[Paper]
    sets: int = 1
    limit: str
    received_at: datetime
    due_at: datetime | None
    due_why: Sequence[str] = ()
    """The due date explained, line by line, in the words of `workdays`."""
    stages: Sequence[Stage] = ()
    return_at: str
    """Where and how the result is returned (đăng ký nhận kết quả tại)."""
    tax_notice_at: str = ""
    channel: str = ""
    owner: Party | None = None
    proxy: Proxy | None = None
    book: str = ""
    entry: str = ""
    fee_vnd: int | None = None
    fee_note: str = ""
    certification: bool = False
    """Chứng thực: the table counts pages and paper copies instead."""
    submitter_signs: bool = True
    receiver: Signatory
    copies: Sequence[Copy] = (Copy.APPLICANT,)
    sheet: Sheet = Sheet.A5


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One paper to add or to put right, and what is wrong with it."""

    name: str
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementRequest(Slip):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (M02)."""

    kind = Kind.SUPPLEMENT_REQUEST
    template = "supplement_request"

    one_stop: str
    dossier_code: str = ""
    submitter: Party
    request: str
    corrections: Sequence[Correction]
    reason: str
    answer_until: date | None = None
    clock: str = ""
    """What the clock does meanwhile, and after the answer."""
    contact: str = ""
    contact_phone: str = ""
    signer: Signatory


@dataclass(frozen=True, kw_only=True)
class Refusal(Slip):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (M03)."""

    kind = Kind.REFUSAL
    template = "refusal"

    one_stop: str
    dossier_code: str = ""
    submitter: Party
    request: str
    submitted_at: datetime | None = None
    reasons: Sequence[str]
    advice: str = ""
    """What the person can do now: where to ask, when to come again."""
    submitter_signs: bool = True
    signer: Signatory


@dataclass(frozen=True, kw_only=True)
class Apology(Slip):
    """Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (M04)."""

    kind = Kind.APOLOGY
    template = "apology"

    addressee: str
    identity: str = ""
    dossier_code: str
    received_at: datetime
    receiving_agency: str
    procedure: str
    request: str = ""
    old_due_at: datetime
    late_agency: str
    reason: str
    new_due_at: datetime
    recipients: Sequence[str] = ()
    signer: Signatory


@dataclass(frozen=True, kw_only=True)
class StopNotice(Slip):
    """Thông báo dừng giải quyết hồ sơ (M05 of TT 03/2025)."""

    kind = Kind.STOP_NOTICE
    template = "stop_notice"

    one_stop: str
    applicant: Party
    dossier_code: str
    procedure: str
    received_at: datetime | None = None
    reason: str
    legal_basis: str = ""
    decided_by: str = ""
    """The official of the deciding agency who ended it; the notice itself is the one-stop's."""
    stopped_at: datetime
    papers_returned: Sequence[Paper] = ()
    recipients: Sequence[str] = ()
    signer: Signatory


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One line of the control sheet: who gave, who took, when, and how it stood against the term."""

    giver: str
    given_by: str
    taker: str
    taken_by: str = ""
    given_at: datetime
    taken_at: datetime | None = None
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheet(Slip):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (M06; Mẫu số 05 of TT 01/2018)."""

    kind = Kind.CONTROL_SHEET
    template = "control_sheet"

    dossier_code: str
    owner: str
    procedure: str
    deciding_agency: str
    partners: Sequence[str] = ()
    received_at: datetime
    due_at: datetime | None
    book: str = ""
    entry: str = ""
    handovers: Sequence[HandOver]


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One dossier in the book."""

    number: int
    dossier_code: str
    subject: str
    sets: int = 1
    owner: str
    address: str = ""
    phone: str = ""
    agency: str
    received_at: datetime
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_by: str = ""
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Register(Slip):
    """Sổ theo dõi hồ sơ (M07; Mẫu số 06 of TT 01/2018): kept per field of procedures."""

    kind = Kind.REGISTER
    template = "register"

    field: str
    book: str = ""
    first_on: date
    last_on: date
    rows: Sequence[RegisterRow]


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One fee (phí) or charge (lệ phí)."""

    name: str
    amount_vnd: int
    is_charge: bool | None = None
    """Lệ phí, phí, or not told apart by the catalogue: then the slip claims neither."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeReceipt(Slip):
    """Biên lai thu phí, lệ phí (three counterparts)."""

    kind = Kind.FEE_RECEIPT
    template = "fee_receipt"

    collector_tax_code: str = ""
    form_serial: str = ""
    """Mẫu số biên lai."""
    symbol: str = ""
    """Ký hiệu."""
    receipt_number: str
    payer: Party
    payer_tax_code: str = ""
    procedure: str
    dossier_code: str
    lines: Sequence[FeeLine]
    way: str
    """Hình thức thanh toán."""
    paid_at: datetime
    collector: Signatory
    copies: Sequence[Copy] = (Copy.PAYER,)
    sheet: Sheet = Sheet.A5

    @property
    def total_vnd(self) -> int:
        """What was paid in all."""
        return sum(line.amount_vnd for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a certificate: what, and its value."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of a decision; without a heading it is a plain paragraph."""

    text: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultPaper(Slip):
    """The result of a procedure: a decision, a certificate or a reply, laid out by NĐ 30/2020/NĐ-CP."""

    kind = Kind.RESULT
    template = "result"

    type_name: str
    """QUYẾT ĐỊNH, GIẤY CHỨNG NHẬN, GIẤY PHÉP XÂY DỰNG, …"""
    subject: str
    dossier_code: str = ""
    issuer: str = ""
    """The authority that decides, above the grounds: “CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BA TƠ”."""
    grounds: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    articles: Sequence[Article] = ()
    recipients: Sequence[str] = ()
    signer: Signatory
    stamp_space: bool = True
    """Leave room for the visible signature; its place is found by `render.signature_place`."""
