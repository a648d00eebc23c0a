"""The three kinds of sheets, known by the heads of their columns; what an import reports."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

MOST_ROWS: Final = 5000
MOST_BYTES: Final = 5 * 1024 * 1024


class Column(NamedTuple):
    """One column: the head of our own sheet first, then others that are understood; without accents or capitals."""

    heads: tuple[str, ...]
    needed: bool = True
    money: bool = False


class Sheet(StrEnum):
    """What a sheet holds; the value is its title in our own workbook."""

    PROJECTS = "Dự án"
    PLANS = "Kế hoạch vốn"
    FIGURES = "Giải ngân"


_CODE: Final = Column(("Mã dự án", "Mã QHNS", "Mã số dự án", "Mã dự án (QHNS)"))
_SOURCE: Final = Column(("Nguồn vốn", "Nguồn"))
_CAPITAL: Final = Column(("Loại vốn", "Niên độ vốn"), needed=False)

COLUMNS: Final[Mapping[Sheet, Mapping[str, Column]]] = MappingProxyType(
    {
        Sheet.PROJECTS: {
            "code": _CODE,
            "name": Column(("Tên dự án", "Danh mục dự án", "Dự án")),
            "investor": Column(("Chủ đầu tư", "Đơn vị chủ đầu tư", "Mã chủ đầu tư")),
            "locality": Column(("Địa bàn", "Địa điểm", "Địa điểm xây dựng"), needed=False),
            "group": Column(("Nhóm dự án", "Nhóm")),
            "field": Column(("Lĩnh vực", "Ngành, lĩnh vực")),
            "total_vnd": Column(("Tổng mức đầu tư", "TMĐT"), money=True),
            "decision": Column(("Quyết định đầu tư", "Số quyết định đầu tư")),
            "decided_on": Column(("Ngày quyết định đầu tư", "Ngày quyết định")),
            "first_year": Column(("Năm khởi công", "Năm bắt đầu")),
            "last_year": Column(("Năm hoàn thành", "Năm kết thúc")),
        },
        Sheet.PLANS: {
            "code": _CODE,
            "year": Column(("Năm kế hoạch", "Năm")),
            "source": _SOURCE,
            "capital": _CAPITAL,
            "basis": Column(("Kế hoạch do ai giao", "Cơ quan giao", "Cấp giao")),
            "kind": Column(("Giao hay điều chỉnh", "Loại quyết định"), needed=False),
            "change_vnd": Column(("Số vốn", "Số vốn giao", "Vốn giao"), money=True),
            "decided_on": Column(("Ngày quyết định",)),
            "decision": Column(("Số quyết định", "Quyết định")),
            "note": Column(("Ghi chú",), needed=False),
        },
        Sheet.FIGURES: {
            "code": _CODE,
            "year": Column(("Năm kế hoạch", "Năm"), needed=False),
            "month": Column(("Tháng", "Tháng báo cáo")),
            "source": _SOURCE,
            "capital": _CAPITAL,
            "disbursed_vnd": Column(("Lũy kế giải ngân", "Giải ngân lũy kế", "Lũy kế vốn giải ngân"), money=True),
            "advance_vnd": Column(("Trong đó tạm ứng", "Tạm ứng"), needed=False, money=True),
            "volume_vnd": Column(("Khối lượng hoàn thành", "Giá trị khối lượng"), needed=False, money=True),
            "as_of_on": Column(("Ngày chốt số liệu", "Số liệu đến ngày")),
            "standing": Column(("Mức tin cậy", "Ước hay xác nhận"), needed=False),
            "reason": Column(("Lý do sửa", "Lý do"), needed=False),
        },
    }
)
WHOLE_PROVINCE: Final = "toàn tỉnh"
"""In the place of a project's code: the total assigned to the province."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell: the sheet, the place as Excel shows it (D7), the head of the column, the reason."""

    sheet: str
    row: int
    cell: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does, or would do."""

    sheet: str
    row: int
    what: str
    before: str
    after: str


@dataclass
class Report:
    """What the workbook did, or would do in a trial."""

    rows: int = 0
    done: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    written: bool = False

    @property
    def projects(self) -> int:
        """New projects."""
        return self.done["project"]

    @property
    def plans(self) -> int:
        """New lines of plans."""
        return self.done["plan"]

    @property
    def figures(self) -> int:
        """New figures."""
        return self.done["new"]

    @property
    def corrections(self) -> int:
        """Figures that replaced another one."""
        return self.done["corrected"]

    @property
    def unchanged(self) -> int:
        """Rows that say what is known already."""
        return self.done["unchanged"]

    @property
    def skipped(self) -> int:
        """Rows of the prepared sheet whose figure was left open."""
        return self.done["skipped"]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        counts = ("rows", "projects", "plans", "figures", "corrections", "unchanged", "skipped", "written")
        errors = [
            {"sheet": one.sheet, "cell": one.cell, "column": one.column, "reason": one.reason} for one in self.errors
        ]
        return {**{name: getattr(self, name) for name in counts}, "errors": errors}
