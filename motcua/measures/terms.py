"""The words of figures. Stored values are contracts: change them by migration only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Empty(models.TextChoices):
    """What a denominator of 0 gives: no score is not 0, and the decision says which for each component."""

    NO_SCORE = "null", _("không chấm điểm")
    ZERO = "zero", _("0 điểm")
    FULL = "full", _("điểm tối đa")


class Part(models.TextChoices):
    """In which part an agency is counted: it decides, it took the dossier in, or it has it on the desk."""

    DECIDING = "deciding", _("giải quyết")
    RECEIVING = "receiving", _("tiếp nhận")
    HOLDING = "holding", _("đang giữ")


class Unit(models.TextChoices):
    """In what a figure is told."""

    DOSSIERS = "dossiers", _("hồ sơ")
    PER_CENT = "per_cent", _("%")
    HOURS = "hours", _("giờ làm việc")
    STARS = "stars", _("điểm trên 5")
    VND = "vnd", _("đồng")


class Element(models.TextChoices):
    """The parts of a procedure that must be published with it (khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP), as far as we hold them."""

    NAME = "name", _("tên thủ tục")
    STEPS = "steps", _("trình tự thực hiện")
    PAPERS = "papers", _("thành phần hồ sơ")
    TERM = "term", _("thời hạn giải quyết")
    APPLICANTS = "applicants", _("đối tượng thực hiện")
    AUTHORITY = "authority", _("cơ quan giải quyết")
    RESULT = "result", _("kết quả thực hiện")
    LEGAL_BASIS = "legal_basis", _("căn cứ pháp lý")


class Better(models.TextChoices):
    """Which way a figure is good."""

    HIGHER = "higher", _("cao hơn là tốt hơn")
    LOWER = "lower", _("thấp hơn là tốt hơn")
    NEITHER = "neither", _("không xếp hạng")


class Genuine(models.TextChoices):
    """What a check of a published period finds."""

    GENUINE = "genuine", _("nguyên vẹn, chữ ký đúng")
    OLDER_KEY = "older_key", _("nguyên vẹn, ký bằng khóa niêm trước đây")
    CHANGED = "changed", _("nội dung đã bị sửa sau khi công bố")
    NOT_SIGNED = "not_signed", _("chữ ký không khớp với nội dung")
    NOT_IN_JOURNAL = "not_in_journal", _("không khớp với sổ nhật ký")
    MISSING = "missing", _("đã công bố nhưng nay không còn")

    @property
    def holds(self) -> bool:
        """Whether it is what was published."""
        return self in (Genuine.GENUINE, Genuine.OLDER_KEY)
