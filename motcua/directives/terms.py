"""The words of tasks. Stored values are contracts: change them by migration only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.terms import Role


class Status(models.TextChoices):
    """Where a task stands. In time or late is derived from days, never stored (domain: QĐ 42/2014/QĐ-TTg, art. 4)."""

    ASSIGNED = "assigned", _("Chờ tiếp nhận")
    REFUSED = "refused", _("Từ chối nhận")
    DOING = "doing", _("Đang thực hiện")
    SUSPENDED = "suspended", _("Tạm hoãn")
    REPORTED = "reported", _("Chờ xác nhận")
    RETURNED = "returned", _("Trả lại, thực hiện lại")
    DONE = "done", _("Hoàn thành")
    CANCELLED = "cancelled", _("Thu hồi")


OPEN: Final = frozenset(
    {Status.ASSIGNED, Status.REFUSED, Status.DOING, Status.SUSPENDED, Status.REPORTED, Status.RETURNED}
)
"""Given and not yet finished."""


class Move(models.TextChoices):
    """What somebody does with a task; verbs, where `Status` holds states."""

    ACCEPT = "accept", _("Tiếp nhận")
    REFUSE = "refuse", _("Từ chối nhận")
    REASSIGN = "reassign", _("Giao lại")
    APPOINT = "appoint", _("Phân công người thực hiện")
    UPDATE = "update", _("Cập nhật tiến độ")
    REPORT = "report", _("Báo cáo hoàn thành")
    CONFIRM = "confirm", _("Xác nhận hoàn thành")
    SEND_BACK = "send_back", _("Trả lại, yêu cầu làm tiếp")
    ASK_EXTENSION = "ask_extension", _("Xin gia hạn")
    GRANT_EXTENSION = "grant_extension", _("Đồng ý gia hạn")
    DENY_EXTENSION = "deny_extension", _("Không đồng ý gia hạn")
    SUSPEND = "suspend", _("Tạm hoãn")
    RESUME = "resume", _("Tiếp tục")
    CANCEL = "cancel", _("Thu hồi nhiệm vụ")
    CORRECT = "correct", _("Sửa thông tin nhiệm vụ")
    DIVIDE = "divide", _("Giao nhiệm vụ con")
    URGE = "urge", _("Đôn đốc")
    ACKNOWLEDGE = "acknowledge", _("Đã xem đôn đốc")
    PUBLISH = "publish", _("Công khai hoặc thôi công khai")


class Standing(models.TextChoices):
    """How a task stands on a day, derived from its days alone: the columns of every report."""

    DONE_IN_TIME = "done_in_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    OPEN_IN_TIME = "open_in_time", _("Chưa hoàn thành, trong hạn")
    OPEN_LATE = "open_late", _("Chưa hoàn thành, quá hạn")
    CANCELLED = "cancelled", _("Đã thu hồi")


COUNTED: Final = (Standing.DONE_IN_TIME, Standing.DONE_LATE, Standing.OPEN_IN_TIME, Standing.OPEN_LATE)
"""What was given = the sum of these four; tasks taken back are named beside them."""


class Kind(models.TextChoices):
    """Loại nhiệm vụ."""

    DATED = "dated", _("Có thời hạn")
    OPEN_ENDED = "open_ended", _("Không thời hạn")
    CONSTANT = "constant", _("Thường xuyên")
    RECURRING = "recurring", _("Định kỳ")


class Recurrence(models.TextChoices):
    """How often a recurring task comes round."""

    NONE = "none", _("Một lần")
    DAILY = "daily", _("Hằng ngày")
    WEEKLY = "weekly", _("Hằng tuần")
    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half-yearly", _("Sáu tháng")
    YEARLY = "yearly", _("Hằng năm")


class GivenBy(models.TextChoices):
    """Cấp giao: who first asked for it; the office that follows it up is the giver in our own house."""

    GOVERNMENT = "government", _("Chính phủ")
    PRIME_MINISTER = "prime_minister", _("Thủ tướng Chính phủ")
    MINISTRY = "ministry", _("Bộ, ngành trung ương")
    PARTY = "party", _("Tỉnh ủy, cấp ủy")
    COUNCIL = "council", _("Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    CHAIR = "chair", _("Chủ tịch")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch")
    AGENCY = "agency", _("Thủ trưởng cơ quan")


class Urgency(models.TextChoices):
    """Mức độ. Secret tasks are not kept here."""

    NORMAL = "normal", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Hỏa tốc")


class Field(models.TextChoices):
    """Lĩnh vực, as boards of the province sum up tasks."""

    FINANCE = "finance", _("Tài chính, đầu tư")
    BUSINESS = "business", _("Doanh nghiệp, thương mại")
    LAND = "land", _("Đất đai, môi trường")
    FARMING = "farming", _("Nông nghiệp, nông thôn")
    BUILDING = "building", _("Xây dựng, giao thông")
    REFORM = "reform", _("Cải cách hành chính, nội vụ")
    DIGITAL = "digital", _("Khoa học, chuyển đổi số")
    JUSTICE = "justice", _("Tư pháp, thanh tra")
    HEALTH = "health", _("Y tế")
    EDUCATION = "education", _("Giáo dục")
    CULTURE = "culture", _("Văn hóa, du lịch")
    SOCIAL = "social", _("Lao động, an sinh")
    SECURITY = "security", _("Quốc phòng, an ninh")
    OTHER = "other", _("Lĩnh vực khác")


class Side(models.TextChoices):
    """What an official is to a task, by the post they act in."""

    GIVER = "giver", _("cơ quan giao")
    FOLLOWER = "follower", _("người theo dõi")
    LEAD = "lead", _("cơ quan chủ trì")
    ASSIGNEE = "assignee", _("người được phân công")
    PARTNER = "partner", _("cơ quan phối hợp")
    TASK_FORCE = "task_force", _("Tổ công tác, Văn phòng UBND tỉnh")
    OTHER = "other", _("cơ quan khác")


class Part(models.TextChoices):
    """What there is to see of a task."""

    CARD = "card", _("Nội dung, cơ quan, thời hạn, tình trạng")
    WORK = "work", _("Tiến độ, báo cáo, minh chứng, dòng thời gian")
    TALK = "talk", _("Lý do từ chối, xin gia hạn, trả lại, đôn đốc")
    FIGURES = "figures", _("Số liệu tổng hợp theo cơ quan")


SIGHT: Final[Mapping[Side, frozenset[Part]]] = MappingProxyType(
    {
        Side.GIVER: frozenset(Part),
        Side.FOLLOWER: frozenset(Part),
        Side.LEAD: frozenset(Part),
        Side.ASSIGNEE: frozenset(Part),
        Side.PARTNER: frozenset({Part.CARD, Part.WORK, Part.FIGURES}),
        Side.TASK_FORCE: frozenset(Part),
        Side.OTHER: frozenset({Part.FIGURES}),
    }
)
"""What each agency sees of its own work and of others'. One table: lists, pages and tests read it."""

TASK_FORCE_ROLES: Final = frozenset({Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST, Role.CONTROLLER})
"""Who, with a post at the head of the province or its office, follows all tasks of the province."""


class Duty(models.TextChoices):
    """What may be done that does not start from one task."""

    READ_IN = "read_in", _("Nhập văn bản chỉ đạo và xác nhận nhiệm vụ đề xuất")
    GIVE = "give", _("Giao nhiệm vụ")
    IMPORT = "import", _("Nhập nhiệm vụ từ bảng Excel")
    SEE = "see", _("Xem nhiệm vụ của cơ quan mình")


DUTIES: Final[Mapping[Duty, frozenset[Role]]] = MappingProxyType(
    {
        Duty.READ_IN: frozenset({Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST, Role.RECORDS}),
        Duty.GIVE: frozenset({Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST}),
        Duty.IMPORT: frozenset({Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST}),
        Duty.SEE: frozenset({Role.LEADER, Role.UNIT_HEAD, Role.SPECIALIST, Role.RECORDS, Role.CONTROLLER}),
    }
)
"""Which roles have which duty in their own agency."""


class Reading(models.TextChoices):
    """How far the reading of a document has come."""

    READING = "reading", _("Đang xem nhiệm vụ đề xuất")
    READ = "read", _("Đã xem hết")


class ProposalState(models.TextChoices):
    """What a person decided about a proposed task."""

    PROPOSED = "proposed", _("Chờ xem")
    EDITED = "edited", _("Đã sửa, chờ xác nhận")
    ACCEPTED = "accepted", _("Đã thành nhiệm vụ")
    REJECTED = "rejected", _("Không phải nhiệm vụ")
    SPLIT = "split", _("Đã tách")
    MERGED = "merged", _("Đã gộp")


class Step(models.TextChoices):
    """What a person did to a proposal at the reading desk; the labels say how it is taken back until the document is finished."""

    ADDED = "added", _("Bỏ nhiệm vụ vừa thêm")
    EDITED = "edited", _("Lấy lại bản trước khi sửa")
    SPLIT = "split", _("Lấy lại như trước khi tách")
    MERGED = "merged", _("Lấy lại như trước khi gộp")
    ACCEPTED = "accepted", _("Lấy lại, chưa nhận")
    REJECTED = "rejected", _("Lấy lại, chưa bỏ")


UNDECIDED: Final = frozenset({ProposalState.PROPOSED, ProposalState.EDITED})
"""A person has still to say yes or no."""


class Answer(models.TextChoices):
    """What the giver said to a request for a later day."""

    OPEN = "open", _("Chờ trả lời")
    GRANTED = "granted", _("Đồng ý")
    DENIED = "denied", _("Không đồng ý")
    DROPPED = "dropped", _("Không còn cần trả lời")


class Rung(models.TextChoices):
    """Why a line of urging was sent."""

    AHEAD = "ahead", _("Nhắc trước hạn")
    TODAY = "today", _("Đến hạn hôm nay")
    LATE = "late", _("Quá hạn")
    LETTER = "letter", _("Công văn đôn đốc")


class Receiver(models.TextChoices):
    """Whom a line of urging goes to."""

    DOER = "doer", _("người thực hiện")
    LEAD_HEADS = "lead_heads", _("lãnh đạo cơ quan chủ trì")
    FOLLOWER = "follower", _("người theo dõi")
    OFFICE_HEADS = "office_heads", _("lãnh đạo Văn phòng của cơ quan giao")
    GIVER = "giver", _("người giao")


class GroupBy(models.TextChoices):
    """Along what the board sums up."""

    LEAD = "lead", _("Cơ quan chủ trì")
    FIELD = "field", _("Lĩnh vực")
    GIVEN_BY = "given_by", _("Cấp giao")
    DOCUMENT = "document", _("Văn bản")
    FOLLOWER = "follower", _("Người theo dõi")
    ASSIGNEE = "assignee", _("Người thực hiện")
