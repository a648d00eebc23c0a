"""The words of people: roles, what each role may do, papers of identity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """Vai trò: what a person is for an agency on a given day."""

    CITIZEN = "citizen", _("Người dân, doanh nghiệp")
    CLERK = "clerk", _("Cán bộ một cửa")
    SPECIALIST = "specialist", _("Chuyên viên thụ lý")
    UNIT_HEAD = "unit_head", _("Trưởng phòng")
    LEADER = "leader", _("Lãnh đạo cơ quan")
    RECORDS = "records", _("Văn thư")
    CONTROLLER = "controller", _("Cán bộ kiểm soát thủ tục hành chính")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Quản trị")


OFFICIALS: Final[tuple[Role, ...]] = tuple(role for role in Role if role is not Role.CITIZEN)
"""The roles that come with a post in an agency; everybody is a citizen besides."""


class Permission(models.TextChoices):
    """What may be done, in the words of the table that everybody can read at /tai-khoan/vai-tro/."""

    APPLY = "apply", _("Nộp hồ sơ, bổ sung, rút và theo dõi hồ sơ của mình")
    RATE = "rate", _("Đánh giá việc giải quyết hồ sơ của mình")
    RECEIVE = "receive", _("Tiếp nhận hồ sơ, in giấy hẹn, hướng dẫn bổ sung, từ chối tiếp nhận")
    CORRECT_RECEPTION = "correct_reception", _("Sửa thông tin tiếp nhận trước khi chuyển hồ sơ, có lý do")
    COLLECT_FEE = "collect_fee", _("Thu phí, lệ phí và lập biên lai")
    RETURN_RESULT = "return_result", _("Trả kết quả cho người nộp")
    PROCESS = "process", _("Thụ lý hồ sơ được giao, soạn phiếu bổ sung, dự thảo kết quả")
    ASSIGN = "assign", _("Phân công người thụ lý trong đơn vị")
    REVIEW = "review", _("Duyệt bước của đơn vị hoặc trả lại bước trước")
    SIGN = "sign", _("Ký kết quả, phiếu yêu cầu bổ sung, thư xin lỗi")
    REGISTER = "register", _("Lấy số, vào sổ, đóng dấu và phát hành văn bản")
    SEE_TEAM = "see_team", _("Xem việc và tiến độ của cả đơn vị")
    SEE_UNMASKED = "see_unmasked", _("Xem đủ số giấy tờ của người nộp khi làm hồ sơ; mỗi lần xem đều được ghi lại")
    MANAGE_PROCEDURES = "manage_procedures", _("Soạn, công bố thủ tục và quy trình nội bộ")
    MANAGE_CALENDAR = "manage_calendar", _("Đặt ngày nghỉ, ngày làm bù và giờ làm việc")
    MANAGE_ORGANISATIONS = "manage_organisations", _("Lập, đổi tên, sáp nhập, chia tách cơ quan")
    MANAGE_PEOPLE = "manage_people", _("Thêm cán bộ, giao và kết thúc vị trí công tác, nhập từ Excel")
    DELEGATE = "delegate", _("Ủy quyền cho người khác làm thay vai trò của mình trong một thời gian")
    MANAGE_MESSAGES = "manage_messages", _("Xem và gửi lại thông báo chưa gửi được")
    VERIFY_JOURNAL = "verify_journal", _("Kiểm tra nhật ký và dấu niêm")


_OVERSEERS: Final = frozenset({Role.UNIT_HEAD, Role.LEADER, Role.CONTROLLER})

PERMISSIONS: Final[Mapping[Permission, frozenset[Role]]] = MappingProxyType(
    {
        Permission.APPLY: frozenset({Role.CITIZEN}),
        Permission.RATE: frozenset({Role.CITIZEN}),
        Permission.RECEIVE: frozenset({Role.CLERK}),
        Permission.CORRECT_RECEPTION: frozenset({Role.CLERK}),
        Permission.COLLECT_FEE: frozenset({Role.CLERK}),
        Permission.RETURN_RESULT: frozenset({Role.CLERK}),
        Permission.PROCESS: frozenset({Role.SPECIALIST}),
        Permission.ASSIGN: frozenset({Role.UNIT_HEAD, Role.LEADER}),
        Permission.REVIEW: frozenset({Role.UNIT_HEAD, Role.LEADER}),
        Permission.SIGN: frozenset({Role.LEADER}),
        Permission.REGISTER: frozenset({Role.RECORDS}),
        Permission.SEE_TEAM: _OVERSEERS,
        Permission.SEE_UNMASKED: frozenset({Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER}),
        Permission.MANAGE_PROCEDURES: frozenset({Role.CONTROLLER}),
        Permission.MANAGE_CALENDAR: frozenset({Role.CONTROLLER, Role.ADMINISTRATOR}),
        Permission.MANAGE_ORGANISATIONS: frozenset({Role.ADMINISTRATOR}),
        Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
        Permission.DELEGATE: frozenset({Role.CLERK, Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER, Role.RECORDS}),
        Permission.MANAGE_MESSAGES: frozenset({Role.ADMINISTRATOR}),
        Permission.VERIFY_JOURNAL: frozenset({Role.CONTROLLER, Role.ADMINISTRATOR}),
    }
)
"""What each role may do. One table: pages, guards and the page of roles read it; nothing else grants anything."""


@dataclass(frozen=True)
class RoleTable:
    """What an app above adds to the page of roles: a heading, a sentence, columns, and rows of words.

    A cell is a tuple of words, each shown by itself; an empty cell means nobody, or nothing.
    """

    title: str
    told: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]

    @property
    def lines(self) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
        """The rows with the head of its column beside each cell, as a narrow page shows them."""
        return tuple((label, tuple(zip(self.heads[1:], cells, strict=True))) for label, cells in self.rows)


_TABLES: Final[dict[str, Callable[[], tuple[RoleTable, ...]]]] = {}


def show_tables(app: str, tables: Callable[[], tuple[RoleTable, ...]]) -> None:
    """An app above says, when the program starts, how its own tables for the page of roles are drawn."""
    _TABLES[app] = tables


def shown_tables() -> tuple[RoleTable, ...]:
    """The tables of the apps above, in the language of the reader."""
    return tuple(one for draw in _TABLES.values() for one in draw())


class IdentityKind(models.TextChoices):
    """Giấy tờ tùy thân (Luật Căn cước 26/2023/QH15)."""

    CITIZEN_CARD = "citizen_card", _("Căn cước (12 số)")
    OLD_CARD = "old_card", _("Chứng minh nhân dân (9 số)")
    PASSPORT = "passport", _("Hộ chiếu")


class Gender(models.TextChoices):
    """Giới tính, as written on the card."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")
