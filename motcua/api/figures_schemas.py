"""What the interface gives of figures: decimals as text, so that no machine rounds them."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from motcua.api.schemas import AgencyRef, Term
from motcua.measures.terms import Part


class MeasureOut(Schema):
    """One declared measure."""

    code: str = Field(examples=["handled_in_time_share"])
    name: str = Field(examples=["Tỷ lệ giải quyết đúng hạn"])
    sentence: str = Field(description="Đếm thế nào, bằng một câu")
    unit: Term
    better: Term
    numerator: dict[str, int] = Field(description="Tử số: tổng các cột, mỗi cột lấy bao nhiêu lần")
    denominator: dict[str, int] = Field(description="Mẫu số; rỗng nếu là số đếm")
    source: str = Field(description="Căn cứ")
    since: date | None
    until: date | None


class FigureWish(Schema):
    """Of whom, for when, read how."""

    agency: str = Field("", max_length=30, description="Mã cơ quan hoặc số `id`; để trống: cả tỉnh")
    period: str = Field("", max_length=7, description="2026-10, 2026-Q3 hoặc 2026; để trống: tháng này")
    as_of: date | None = Field(None, description="Tính đến hết ngày này trong kỳ; để trống: hết kỳ hoặc lúc gọi")
    reading: Literal["then", "now"] = Field(
        "then", description="then: theo cây cơ quan khi ấy; now: theo nơi đang kế thừa hôm nay"
    )
    part: Part | None = Field(None, description="Tính cho nơi giải quyết, tiếp nhận hay đang giữ")


class Sides(Schema):
    """Both sides of a figure."""

    numerator: int
    denominator: int | None = Field(description="null với số đếm")


class Values(Sides):
    """The value and both sides of it."""

    value: str | None = Field(description="null: không có gì để chia, không phải 0", examples=["92.41"])


class PartOut(Values):
    """What one unit directly below counts."""

    agency: AgencyRef
    own: bool = Field(description="Phần của chính đơn vị được hỏi, không của đơn vị nào bên dưới")


class FigureOut(Values):
    """One figure of one unit in one period."""

    code: str
    name: str
    unit: Term
    agency: AgencyRef
    period: str
    first_day: date
    until: date = Field(description="Ngày cuối được tính")
    counted_at: datetime
    part: Term
    reading: str
    validity: str = Field(
        description="Câu phải nói khi cách đếm chưa áp dụng, không còn áp dụng, hoặc chỉ áp dụng một phần kỳ; để trống khi áp dụng suốt kỳ"
    )
    parts: list[PartOut] = Field(
        description="Từng đơn vị ngay bên dưới; cộng với `withheld` thì đúng bằng số của cả đơn vị"
    )
    parts_until: date = Field(
        description="Ngày cuối được tính ở `parts`; sớm hơn `until` khi chỉ nêu các tháng đã hết (số tiền, số giờ, điểm đánh giá, không có khóa)"
    )
    withheld: Sides | None = Field(
        description="Phần không nêu riêng ở dòng nào: đơn vị ít lượt, ngày sau `parts_until`. `null`: các dòng tự cộng lại đủ"
    )


class RowOut(Schema):
    """One dossier behind a figure."""

    reference: str
    code: str
    at: datetime
    counts: int = Field(description="Phần hồ sơ này đóng góp: 1, hoặc số phút, số đồng")


class RowPage(Schema):
    """One page of dossiers."""

    items: list[RowOut]
    next: int | None = Field(description="Gửi lại trong `after`; null khi hết")


class CellOut(Schema):
    """One procedure."""

    procedure: str = Field(examples=["1.001193"])
    count: int | None = Field(description="null: không công bố")


class CellsOut(Schema):
    """The dossiers an authority received, by procedure."""

    code: str
    agency: AgencyRef
    period: str
    total: int
    withheld: int = Field(description="Tổng các số không công bố; cộng với các số có ghi thì bằng `total`")
    procedures: list[CellOut]


class PublicationOut(Schema):
    """One publishing of a period."""

    period: str = Field(examples=["2026-10"])
    revision: int = Field(description="1: công bố lần đầu; từ 2: đính chính")
    title: str
    reason: str
    sha256: str
    published_at: datetime


class PublishedOut(PublicationOut):
    """The whole of it."""

    signature: str = Field(description="Ed25519 trên các byte của tệp JSON, viết hệ 16")
    public_key: str
    finding: Term
    content: dict[str, Any]
