"""The columns of an annex and the lines of its second sheet, with the names people read."""

from collections.abc import Mapping
from typing import Final

from motcua.indices.terms import UnitKind, as_written

SHEET: Final = "Phụ lục"
HEAD: Final = "Bộ chỉ số"

COLUMNS: Final[Mapping[str, tuple[str, int]]] = {
    "number": ("STT", 8),
    "name": ("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 60),
    "max": ("Điểm tối đa", 10),
    "how": ("Cách tính điểm", 40),
    "unit": ("Đơn vị tính", 14),
    "owner": ("Cơ quan chủ trì", 24),
    "coordinating": ("Cơ quan phối hợp", 24),
    "appraiser": ("Cơ quan thẩm định", 24),
    "evidence": ("Tài liệu kiểm chứng", 30),
    "note": ("Ghi chú", 30),
    "code": ("Mã", 18),
    "parents": ("Thuộc mục", 14),
    "weight": ("Trọng số", 10),
    "min": ("Điểm tối thiểu", 10),
    "direction": ("Chiều", 8),
    "digits": ("Làm tròn", 8),
    "absent": ("Khi để trống", 10),
    "measure": ("Mã số liệu tự động", 18),
    "aliases": ("Tên cột khác", 18),
    "view": ("Chỉ để xem", 8),
    "certainty": ("Độ chắc chắn", 14),
    "source": ("Nguồn", 30),
}
LISTS: Final = ("coordinating", "aliases")
KEPT_APART: Final = ("number", "name", "max")
HEAD_WORDS: Final[Mapping[str, str]] = {
    "code": "Mã bộ",
    "version": "Bản",
    "index": "Chỉ số",
    "name": "Tên",
    "legal_basis": "Căn cứ",
    "owner": "Cơ quan công bố",
    "lead": "Cơ quan chủ trì của tỉnh",
    "years.from": "Áp dụng từ năm",
    "years.to": "Đến năm",
    "effective_on": "Ngày hiệu lực",
    "units": "Loại đơn vị được đánh giá",
    "unit_count": "Số đơn vị",
    "certainty": "Độ chắc chắn",
    "source": "Nguồn",
    "note": "Ghi chú",
    "ranking.ties": "Xếp hạng khi bằng điểm",
    "ranking.first": "Đứng đầu là điểm",
    "ranking.digits": "Xếp hạng theo điểm làm tròn",
    "tolerance": "Sai số cho phép",
    "partial_data": "Được thiếu cột",
    "complete": "Đầy đủ",
    "root": "Mã mục gốc",
}
with as_written():
    UNIT_WORDS: Final[Mapping[str, str]] = {each.value: each.label for each in UnitKind}
