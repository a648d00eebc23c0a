"""Words of the indices by which a province is judged. Pure Python: `motcua indices …` answers without starting Django."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

_written: ContextVar[bool] = ContextVar("_written", default=False)


@contextmanager
def as_written() -> Iterator[None]:
    """Words as they stand in the sources: an annex is Vietnamese in whatever language the page is read."""
    token = _written.set(True)
    try:
        yield
    finally:
        _written.reset(token)


def _(text: str) -> str:
    """The sentence in the reader's language; Vietnamese as written where Django has not been started."""
    if _written.get():
        return text
    conf = sys.modules.get("django.conf")
    translation = sys.modules.get("django.utils.translation")
    if conf is None or translation is None or not conf.settings.configured:
        return text
    return str(translation.gettext(text))


def english() -> bool:
    """Whether the reader reads English; what is written for the record is Vietnamese."""
    translation = sys.modules.get("django.utils.translation")
    conf = sys.modules.get("django.conf")
    if _written.get() or translation is None or conf is None or not conf.settings.configured:
        return False
    return str(translation.get_language()) == "en"


class Certainty(StrEnum):
    """How sure a fact of a definition is; a remembered fact makes its set an example."""

    VERIFIED = "V"
    READ = "T"
    REMEMBERED = "M"

    @property
    def label(self) -> str:
        return {
            "V": _("đã kiểm chứng bằng văn bản hoặc tính lại được từ số công bố"),
            "T": _("đọc ở một nguồn, chưa tính lại"),
            "M": _("theo trí nhớ, chưa đọc phụ lục của quyết định"),
        }[self.value]


class UnitKind(StrEnum):
    """Loại đơn vị được đánh giá."""

    PROVINCE = "province"
    MINISTRY = "ministry"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"

    @property
    def label(self) -> str:
        return {
            "province": _("tỉnh, thành phố"),
            "ministry": _("bộ, ngành trung ương"),
            "department": _("sở, ban, ngành"),
            "district": _("huyện"),
            "commune": _("xã, phường, đặc khu"),
        }[self.value]


class Kind(StrEnum):
    """Cách tính điểm của một tiêu chí thành phần."""

    GIVEN = "given"
    OPTIONS = "options"
    TIERS = "tiers"
    RATIO = "ratio"
    RELATIVE = "relative"
    COUNTED = "counted"
    DEDUCTION = "deduction"
    SCALED = "scaled"
    SURVEY = "survey"
    INFO = "info"

    @property
    def label(self) -> str:
        return {
            "given": _("nhập điểm"),
            "options": _("chọn một mức"),
            "tiers": _("bậc"),
            "ratio": _("tỷ lệ"),
            "relative": _("so với đơn vị tốt nhất"),
            "counted": _("cộng dồn"),
            "deduction": _("trừ điểm"),
            "scaled": _("quy đổi theo nhỏ nhất – lớn nhất"),
            "survey": _("khảo sát"),
            "info": _("chỉ theo dõi, không tính điểm"),
        }[self.value]


class Together(StrEnum):
    """Cách gộp điểm của các mục con."""

    SUM = "sum"
    MEAN = "mean"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    MEDIAN = "median"
    LOWEST = "lowest"
    COPELAND = "copeland"
    SHARE = "share"

    @property
    def label(self) -> str:
        return {
            "sum": _("tổng có trọng số"),
            "mean": _("trung bình có trọng số"),
            "geometric": _("trung bình nhân"),
            "harmonic": _("trung bình điều hòa"),
            "median": _("trung vị"),
            "lowest": _("mục thấp nhất"),
            "copeland": _("so từng cặp (Copeland)"),
            "share": _("điểm đạt trên điểm tối đa, %"),
        }[self.value]


class Missing(StrEnum):
    """What a missing part does to the whole."""

    NONE = "none"
    SKIP = "skip"
    RESCALE = "rescale"

    @property
    def label(self) -> str:
        return {
            "none": _("thiếu một mục thì không có điểm chung"),
            "skip": _("mục thiếu không góp điểm"),
            "rescale": _("mục thiếu được bỏ ra, các mục còn lại tính bù"),
        }[self.value]


class Empty(StrEnum):
    """What a denominator of zero, or an answer that is not there, gives."""

    NONE = "none"
    ZERO = "zero"
    FULL = "full"

    @property
    def label(self) -> str:
        return {"none": _("không có điểm"), "zero": _("0 điểm"), "full": _("điểm tối đa")}[self.value]


class Goalposts(StrEnum):
    """Where the two ends of a min–max scale come from."""

    FIXED = "fixed"
    THIS_YEAR = "this_year"
    CUMULATIVE = "cumulative"

    @property
    def label(self) -> str:
        return {
            "fixed": _("cố định"),
            "this_year": _("theo các đơn vị trong năm"),
            "cumulative": _("cộng dồn qua các năm"),
        }[self.value]


class Tie(StrEnum):
    """Ranks of equal scores."""

    COMPETITION = "competition"
    DENSE = "dense"
    AVERAGE = "average"

    @property
    def label(self) -> str:
        return {
            "competition": _("đồng hạng, hạng sau bỏ trống (1, 2, 2, 4)"),
            "dense": _("đồng hạng, hạng sau liền kề (1, 2, 2, 3)"),
            "average": _("đồng hạng, lấy hạng trung bình (1, 2,5, 2,5, 4)"),
        }[self.value]


class Stage(StrEnum):
    """Bước của một đợt đánh giá."""

    PREPARING = "preparing"
    SELF_SCORING = "self_scoring"
    CHECKING = "checking"
    APPRAISING = "appraising"
    OBJECTING = "objecting"
    DECIDING = "deciding"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return {
            "preparing": _("đang chuẩn bị"),
            "self_scoring": _("các đơn vị tự chấm"),
            "checking": _("đang kiểm tra"),
            "appraising": _("đang thẩm định"),
            "objecting": _("đang tiếp nhận ý kiến"),
            "deciding": _("hội đồng đang xem xét"),
            "published": _("đã công bố"),
        }[self.value]


class Move(StrEnum):
    """Việc làm được trong một đợt đánh giá."""

    OPEN = "open"
    END_SELF_SCORING = "end_self_scoring"
    REOPEN = "reopen"
    END_CHECKING = "end_checking"
    SEND_RESULTS = "send_results"
    END_OBJECTIONS = "end_objections"
    PUBLISH = "publish"
    EXTEND = "extend"
    ASSIGN = "assign"
    ASSIGN_JUDGE = "assign_judge"
    PROPOSE = "propose"
    SELF_SCORE = "self_score"
    ADD_EVIDENCE = "add_evidence"
    REMOVE_EVIDENCE = "remove_evidence"
    CHECK = "check"
    APPRAISE = "appraise"
    OBJECT = "object"
    REPLY = "reply"
    DECIDE = "decide"
    COMMENT = "comment"

    @property
    def label(self) -> str:
        return {
            "open": _("Mở đợt, cho các đơn vị tự chấm"),
            "end_self_scoring": _("Kết thúc tự chấm"),
            "reopen": _("Cho tự chấm lại"),
            "end_checking": _("Kết thúc kiểm tra"),
            "send_results": _("Gửi kết quả thẩm định cho các đơn vị"),
            "end_objections": _("Kết thúc tiếp nhận ý kiến"),
            "publish": _("Công bố kết quả"),
            "extend": _("Gia hạn"),
            "assign": _("Giao đơn vị phụ trách"),
            "assign_judge": _("Giao cơ quan thẩm định"),
            "propose": _("Đề xuất điểm từ số liệu"),
            "self_score": _("Tự chấm"),
            "add_evidence": _("Thêm tài liệu kiểm chứng"),
            "remove_evidence": _("Bỏ tài liệu kiểm chứng"),
            "check": _("Kiểm tra"),
            "appraise": _("Thẩm định"),
            "object": _("Nêu ý kiến về điểm thẩm định"),
            "reply": _("Trả lời ý kiến"),
            "decide": _("Quyết định của hội đồng"),
            "comment": _("Trao đổi"),
        }[self.value]


class Proof(StrEnum):
    """Loại tài liệu kiểm chứng."""

    FILE = "file"
    TASK = "task"
    DOSSIER = "dossier"
    DOCUMENT = "document"
    FIGURE = "figure"
    LINK = "link"

    @property
    def label(self) -> str:
        return {
            "file": _("tệp"),
            "task": _("nhiệm vụ"),
            "dossier": _("hồ sơ"),
            "document": _("văn bản"),
            "figure": _("số liệu"),
            "link": _("đường dẫn"),
        }[self.value]


class Party(StrEnum):
    """What an official is for one answer: whoever fills it in, whoever judges it, whoever runs the round."""

    OWNER = "owner"
    APPRAISER = "appraiser"
    ORGANISER = "organiser"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        return {
            "owner": _("đơn vị phụ trách tiêu chí"),
            "appraiser": _("cơ quan thẩm định"),
            "organiser": _("cơ quan chủ trì đợt đánh giá"),
            "system": _("hệ thống"),
        }[self.value]
