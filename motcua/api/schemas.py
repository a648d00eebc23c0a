"""What the interface takes and gives. Unknown names are refused: a mistyped field must not vanish silently."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from motcua.dossiers.terms import Channel, Delivery, Status

BIGGEST = 2**62
Id = Annotated[int, Field(ge=1, le=BIGGEST)]
Line = Annotated[str, StringConstraints(max_length=300)]
Words = Annotated[str, StringConstraints(max_length=5000)]


class In(Schema):
    """Base of what is taken."""

    model_config = ConfigDict(extra="forbid")


# What programs are given


class AgencyRef(Schema):
    """A pointer to an agency with the name it bears today."""

    id: int
    code: str = Field(description="Mã định danh; rỗng với phòng, bộ phận")
    name: str


class Term(Schema):
    """A word of a list: its stored value and its label."""

    id: str = Field(examples=["processing"])
    label: str = Field(examples=["Đang xử lý"])


class ProcedureRef(Schema):
    """A pointer to a procedure."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(examples=["Đăng ký khai sinh"])


class DossierLine(Schema):
    """A dossier as it stands in a list."""

    reference: str = Field(examples=["7K2M9QX4B8WZ3C5D"])
    code: str | None = Field(description="Mã hồ sơ; chưa có khi chưa tiếp nhận", examples=["H48.115-261120-0007"])
    status: Term
    national_status: int | None = Field(description="Mã trạng thái của Cổng Dịch vụ công quốc gia")
    channel: str
    procedure: ProcedureRef
    applicant: str
    receiving: AgencyRef
    deciding: AgencyRef
    holding: AgencyRef
    turn: str = Field(description="Vai trò phải làm việc tiếp theo")
    step: int
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    version: int


class Count(Schema):
    """A number that is counted up to 500."""

    number: int
    more: bool


class DossierPage(Schema):
    """One page of a list."""

    items: list[DossierLine]
    next: str | None = Field(description="Gửi lại trong `after` để lấy trang sau; null khi hết")
    count: Count | None = None


class Happening(Schema):
    """One line of a dossier's history."""

    name: str = Field(examples=["DossierReceived"])
    title: str = Field(examples=["Tiếp nhận"])
    at: datetime
    office: str
    who: str = Field(description="Rỗng với người nộp: chỉ nêu cơ quan")
    text: str


class DueLine(Schema):
    """One line of the count of a due moment."""

    begin: datetime = Field(alias="from", serialization_alias="from")
    end: datetime | None = Field(alias="to", serialization_alias="to")
    counted_hours: str
    why: str

    model_config = ConfigDict(populate_by_name=True)


class PaperOut(Schema):
    """One paper of a dossier."""

    no: int
    name: str
    required: bool
    handed_in: bool
    originals: int
    copies: int
    files: int


class Asked(Schema):
    """An open request for more papers (M02)."""

    number: str
    reason: str
    items: list[dict[str, Any]]
    answer_by: date | None


class ApplicantOut(Schema):
    """Who applies; numbers are masked unless `unmasked=true` was asked, which is recorded."""

    name: str
    identity_number: str
    phone: str
    email: str
    address: str
    tax_code: str
    proxy_name: str


class DossierOut(DossierLine):
    """A dossier with everything this key may see of it."""

    applicant_details: ApplicantOut
    subject: str
    delivery: str
    fee_vnd: int
    payment: str
    answers: dict[str, Any]
    papers: list[PaperOut]
    due_lines: list[DueLine]
    history: list[Happening]
    asked: Asked | None


class TrackOut(Schema):
    """What anybody may know who has the code and the phone: offices and moments, no personal value."""

    code: str
    status: Term
    procedure: ProcedureRef
    receiving: AgencyRef
    holding: AgencyRef | None
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    due_why: str
    due_lines: list[DueLine]
    returned_at: datetime | None
    history: list[Happening]
    asked: Asked | None


class Receipt(Schema):
    """What was handed in, as it was at that moment: the same for every replay."""

    reference: str
    status: Term
    submitted_at: datetime
    procedure: ProcedureRef
    receiving: AgencyRef
    deciding: AgencyRef
    track_url: str


class Moved(Schema):
    """What a move led to, read from the journal: the same for every replay."""

    reference: str
    move: Term
    at: datetime
    status: Term
    turn: str
    step: int
    holding: AgencyRef
    due_at: datetime | None
    code: str | None = Field(description="Mã hồ sơ, khi thao tác này cấp mã")


class Choice(Schema):
    """A unit or a person that a move may name."""

    id: int
    name: str


class OptionOut(Schema):
    """A move with all reasons against it now."""

    move: Term
    open: bool
    objections: list[str]
    choices: list[Choice] = Field(
        [], description="`hand_over`: các phòng nhận được (`unit`); `assign`: những người giao được (`to`)"
    )


class FileOut(Schema):
    """A file that was taken; `file` is what a dossier refers to."""

    file: str
    name: str
    media_type: str
    size: int
    pages: int | None
    sha256: str


# What programs send


class TrackIn(In):
    """Code and last four digits of the phone."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(examples=["H48.115-261120-0007"])
    phone_last_digits: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")] = Field(examples=["3456"])


class ApplicantIn(In):
    """Who applies, and for whom another one brings it."""

    name: Line = Field(examples=["Nguyễn Văn Mẫu"])
    identity_number: Annotated[str, StringConstraints(max_length=20)] = Field("", examples=["051085000114"])
    birth_on: date | None = None
    phone: Annotated[str, StringConstraints(max_length=20)] = Field("", examples=["0905123456"])
    email: Annotated[str, StringConstraints(max_length=254)] = ""
    address: Annotated[str, StringConstraints(max_length=500)] = ""
    tax_code: Annotated[str, StringConstraints(max_length=14)] = ""
    business_name: Line = ""
    proxy_name: Line = ""
    proxy_identity: Annotated[str, StringConstraints(max_length=20)] = ""
    proxy_phone: Annotated[str, StringConstraints(max_length=20)] = ""
    proxy_email: Annotated[str, StringConstraints(max_length=254)] = ""
    proxy_address: Annotated[str, StringConstraints(max_length=500)] = ""
    proxy_paper: Line = ""


class PaperGiven(In):
    """One paper: what lies on the counter, what is attached."""

    no: Annotated[int, Field(ge=1, le=999)]
    files: Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=20)] = []
    handed_in: bool = False
    originals: Annotated[int, Field(ge=0, le=999)] = 0
    copies: Annotated[int, Field(ge=0, le=999)] = 0
    note: Line = ""


class DossierIn(In):
    """An application."""

    procedure: Annotated[str, StringConstraints(max_length=20)] = Field(examples=["1.001193"])
    case: Annotated[str, StringConstraints(max_length=40)] = ""
    channel: Channel = Field(Channel.ONLINE, description="Người dân: online. Một cửa: counter hoặc post.")
    agency: Annotated[str, StringConstraints(max_length=30)] = Field(
        "", description="Mã cơ quan giải quyết; bỏ trống nếu chỉ có một cơ quan", examples=["H48.115"]
    )
    applicant: ApplicantIn | None = Field(None, description="Bỏ trống khi người giữ khóa tự nộp cho mình")
    answers: dict[str, Any] = Field({}, description="Tờ khai theo `form_schema` của thủ tục")
    subject: Annotated[str, StringConstraints(max_length=1000)] = ""
    papers: Annotated[list[PaperGiven], Field(max_length=100)] = []
    delivery: Delivery = Delivery.COUNTER
    delivery_address: Annotated[str, StringConstraints(max_length=500)] = ""
    outside_code: Annotated[str, StringConstraints(max_length=60)] = ""


class DossierFilter(Schema):
    """Which dossiers of a list."""

    box: str = Field("all", description="mine, worklist, waiting, elsewhere, signing, all", max_length=20)
    status: Status | None = None
    channel: Channel | None = None
    procedure: str = Field("", max_length=20)
    after: str = Field("", max_length=300, description="`next` của trang trước")
    limit: int = Field(50, ge=1, le=100)
    count: bool = Field(default=False, description="Đếm cả danh sách, dừng ở 500")
