"""Words of the catalogue of administrative procedures (danh mục thủ tục hành chính)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a dossier may be handed in (NĐ 118/2025/NĐ-CP, Điều 15)."""

    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính")


class Level(models.TextChoices):
    """Cấp thực hiện: the level of government that carries the procedure out; one procedure may have several."""

    MINISTRY = "ministry", _("Cấp bộ")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    OTHER = "other", _("Cơ quan khác")


class DecidingLevel(models.TextChoices):
    """Who decides in this province: the People's Committee, a department (sở, ngành) or a commune."""

    PROVINCE = "province", _("Ủy ban nhân dân tỉnh")
    DEPARTMENT = "department", _("Sở, ngành")
    COMMUNE = "commune", _("Ủy ban nhân dân xã, phường, đặc khu")


class VersionState(models.TextChoices):
    """A concept may be edited; a published version never again: one that was repealed has a day on which it ends."""

    CONCEPT = "concept", _("bản thảo")
    PUBLISHED = "published", _("đã công bố")


class FeeKind(models.TextChoices):
    """What a published fee says; an amount that a council sets (HĐND tỉnh) is not read as free of charge."""

    AMOUNT = "amount", _("có mức thu")
    FREE = "free", _("không thu")
    BY_RULE = "by_rule", _("theo văn bản khác")
    UNKNOWN = "unknown", _("chưa có thông tin")


class Currency(models.TextChoices):
    """The unit an amount is published in."""

    VND = "VND", _("đồng")
    USD = "USD", _("đô la Mỹ")
    PERCENT = "%", _("phần trăm")


class StepRole(models.TextChoices):
    """Who carries a step of the internal route."""

    CLERK = "clerk", _("Bộ phận Một cửa")
    SPECIALIST = "specialist", _("Chuyên viên")
    UNIT_HEAD = "unit_head", _("Lãnh đạo phòng")
    LEADER = "leader", _("Lãnh đạo cơ quan")
    RECORDS = "records", _("Văn thư")


class RuleSet(models.TextChoices):
    """Named rules of the clock; NĐ 297/2025/NĐ-CP serves only the procedures that name it."""

    STANDARD = "standard", _("cách tính chung")
    ND297 = "nd297", _("Nghị định 297/2025/NĐ-CP")


class SettingName(models.TextChoices):
    """What a province may change on a day of its choice without a new version of the procedure."""

    ONLINE_FILING = "online_filing", _("Nơi nộp trực tuyến")
    AFTER_SUPPLEMENT = "after_supplement", _("Đồng hồ sau khi bổ sung")


class OnlineFiling(models.TextChoices):
    """Since 2025 citizens file at the national portal; filing here serves training and what the portal lacks."""

    OWN = "own", _("Nộp tại đây")
    NATIONAL = "national", _("Cổng Dịch vụ công quốc gia")
    NONE = "none", _("Không nhận trực tuyến")


class AfterSupplement(models.TextChoices):
    """Whether the clock goes on or begins anew when the missing papers have come."""

    CONTINUE = "continue", _("Tính tiếp")
    RESTART = "restart", _("Tính lại từ đầu")


class Matter(models.TextChoices):
    """The eight matters of life by which citizens look for a procedure."""

    BIRTH = "birth", _("Sinh con, nuôi con")
    MARRIAGE = "marriage", _("Kết hôn, hộ tịch")
    BUILDING = "building", _("Làm nhà, sửa nhà")
    LAND = "land", _("Đất đai")
    BUSINESS = "business", _("Mở hàng quán")
    BENEFITS = "benefits", _("Trợ cấp, chính sách")
    COPIES = "copies", _("Chứng thực, bản sao")
    DEATH = "death", _("Người thân qua đời")
