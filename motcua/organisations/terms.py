"""The words of this app: levels and kinds of agencies, kinds of change, and the two ways to read the past."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where in the tree an agency stands. Districts exist only before 1/7/2025 (Luật 72/2025/QH15)."""

    PROVINCE = "province", _("cấp tỉnh")
    DEPARTMENT = "department", _("sở, ban, ngành")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")
    UNIT = "unit", _("phòng, bộ phận")


class Kind(models.TextChoices):
    """What an agency is called by its kind; each kind belongs to one level (`LEVEL_OF`)."""

    PROVINCE = "province", _("tỉnh")
    PROVINCE_OFFICE = "province_office", _("Văn phòng UBND tỉnh")
    DEPARTMENT = "department", _("sở")
    INSPECTORATE = "inspectorate", _("thanh tra")
    BOARD = "board", _("ban")
    CITY = "city", _("thành phố thuộc tỉnh")
    TOWN = "town", _("thị xã")
    DISTRICT = "district", _("huyện")
    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")
    TOWNSHIP = "township", _("thị trấn")
    SPECIAL_ZONE = "special_zone", _("đặc khu")
    OFFICE = "office", _("văn phòng")
    DIVISION = "division", _("phòng")
    SECTION = "section", _("bộ phận")
    SERVICE_CENTRE = "service_centre", _("Trung tâm Phục vụ hành chính công")
    RECEPTION_POINT = "reception_point", _("điểm tiếp nhận")


LEVEL_OF: dict[Kind, Level] = {
    Kind.PROVINCE: Level.PROVINCE,
    Kind.PROVINCE_OFFICE: Level.DEPARTMENT,
    Kind.DEPARTMENT: Level.DEPARTMENT,
    Kind.INSPECTORATE: Level.DEPARTMENT,
    Kind.BOARD: Level.DEPARTMENT,
    Kind.CITY: Level.DISTRICT,
    Kind.TOWN: Level.DISTRICT,
    Kind.DISTRICT: Level.DISTRICT,
    Kind.COMMUNE: Level.COMMUNE,
    Kind.WARD: Level.COMMUNE,
    Kind.TOWNSHIP: Level.COMMUNE,
    Kind.SPECIAL_ZONE: Level.COMMUNE,
    Kind.SERVICE_CENTRE: Level.UNIT,
    Kind.RECEPTION_POINT: Level.UNIT,
    Kind.OFFICE: Level.UNIT,
    Kind.DIVISION: Level.UNIT,
    Kind.SECTION: Level.UNIT,
}
"""At which level a kind stands; a Trung tâm Phục vụ hành chính công is always a unit of the office it belongs to."""

TERRITORIAL: frozenset[Kind] = frozenset(
    {
        Kind.PROVINCE,
        Kind.CITY,
        Kind.TOWN,
        Kind.DISTRICT,
        Kind.COMMUNE,
        Kind.WARD,
        Kind.TOWNSHIP,
        Kind.SPECIAL_ZONE,
    }
)
"""Kinds that govern a place, so that their agency is "Ủy ban nhân dân" + kind + name of the place."""


class Change(models.TextChoices):
    """What a decision did to agencies."""

    OPEN = "open", _("thành lập")
    RENAME = "rename", _("đổi tên")
    SPLIT = "split", _("chia, tách")
    MERGE = "merge", _("sáp nhập")
    ABOLISH = "abolish", _("kết thúc hoạt động")
    TRANSFER = "transfer", _("chuyển cơ quan quản lý")


class Reading(models.TextChoices):
    """How the past is read: under the agencies of that time, or under those that took over from them."""

    THEN = "then", _("như khi đó")
    NOW = "now", _("như hiện nay")
