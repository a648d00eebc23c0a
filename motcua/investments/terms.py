"""The words of public investment: groups, fields, sources of capital, the two plans that are denominators."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Group(models.TextChoices):
    """Nhóm dự án (Luật Đầu tư công 58/2024/QH15)."""

    NATIONAL = "national", _("Quan trọng quốc gia")
    A = "a", _("Nhóm A")
    B = "b", _("Nhóm B")
    C = "c", _("Nhóm C")


class Field(models.TextChoices):
    """Ngành, lĩnh vực sử dụng vốn đầu tư công."""

    TRANSPORT = "transport", _("Giao thông")
    AGRICULTURE = "agriculture", _("Nông nghiệp, thủy lợi")
    EDUCATION = "education", _("Giáo dục và đào tạo")
    HEALTH = "health", _("Y tế")
    CULTURE = "culture", _("Văn hóa, thể thao, du lịch")
    ENVIRONMENT = "environment", _("Cấp nước, môi trường")
    URBAN = "urban", _("Hạ tầng đô thị, khu công nghiệp")
    DIGITAL = "digital", _("Khoa học, công nghệ, chuyển đổi số")
    OFFICES = "offices", _("Trụ sở cơ quan nhà nước")
    OTHER = "other", _("Lĩnh vực khác")


class Source(models.TextChoices):
    """Nguồn vốn, as plans and reports name them."""

    CENTRAL = "central", _("Ngân sách trung ương, vốn trong nước")
    FOREIGN = "foreign", _("Ngân sách trung ương, vốn nước ngoài (ODA)")
    PROGRAMME = "programme", _("Chương trình mục tiêu quốc gia")
    BALANCE = "balance", _("Ngân sách địa phương, vốn trong cân đối")
    LAND = "land", _("Ngân sách địa phương, thu sử dụng đất")
    LOTTERY = "lottery", _("Ngân sách địa phương, xổ số kiến thiết")
    DEFICIT = "deficit", _("Ngân sách địa phương, bội chi")


SOURCE_SHORT: Final[Mapping[Source, "StrOrPromise"]] = MappingProxyType(
    {
        Source.CENTRAL: _("Trung ương, trong nước"),
        Source.FOREIGN: _("Trung ương, ODA"),
        Source.PROGRAMME: _("Chương trình mục tiêu"),
        Source.BALANCE: _("Địa phương, cân đối"),
        Source.LAND: _("Địa phương, tiền đất"),
        Source.LOTTERY: _("Địa phương, xổ số"),
        Source.DEFICIT: _("Địa phương, bội chi"),
    }
)
"""Where a column is narrow."""


class Basis(models.TextChoices):
    """Mẫu số: the plan a rate is measured against. A rate without its denominator's name says nothing."""

    PRIME_MINISTER = "prime_minister", _("Kế hoạch Thủ tướng Chính phủ giao")
    COUNCIL = "council", _("Kế hoạch địa phương giao (Hội đồng nhân dân tỉnh)")


BASIS_SHORT: Final[Mapping[Basis, "StrOrPromise"]] = MappingProxyType(
    {Basis.PRIME_MINISTER: _("Kế hoạch Thủ tướng giao"), Basis.COUNCIL: _("Kế hoạch địa phương giao")}
)
"""The heads of columns."""


class Capital(models.TextChoices):
    """Loại vốn: this year's plan, or what was carried over from the year before; never added together unsaid."""

    YEAR = "year", _("Vốn kế hoạch năm")
    CARRIED = "carried", _("Vốn kéo dài từ năm trước")


class Decided(models.TextChoices):
    """What a decision does to a plan."""

    ASSIGNED = "assigned", _("Giao vốn")
    ADJUSTED = "adjusted", _("Điều chỉnh")
    CORRECTED = "corrected", _("Đính chính số đã nhập")


class Standing(models.TextChoices):
    """How sure a month's figure is."""

    ESTIMATED = "estimated", _("Ước thực hiện")
    CONFIRMED = "confirmed", _("Kho bạc Nhà nước xác nhận")


class Act(models.TextChoices):
    """What may be done, and asked of the rules."""

    KEEP = "keep", _("Thêm dự án, giao và điều chỉnh kế hoạch vốn")
    RECORD = "record", _("Nhập số giải ngân")
    DECLARE = "declare", _("Đặt ngưỡng danh sách đỏ")
