"""The columns of an annex and the lines of its second sheet, with the names people read."""

from collections.abc import Mapping
from typing import Final

from motcua.indices.terms import UnitKind, _, as_written

SHEET: Final = "Phụ lục"
HEAD: Final = "Bộ chỉ số"

LISTS: Final = ("coordinating", "aliases")
KEPT_APART: Final = ("number", "name", "max")
with as_written():  # marked for translation: where a page names them, in its language; in the annex as written
    COLUMNS: Final[Mapping[str, tuple[str, int]]] = {
        "number": (_("STT"), 8),
        "name": (_("Lĩnh vực/Tiêu chí/Tiêu chí thành phần"), 60),
        "max": (_("Điểm tối đa"), 10),
        "how": (_("Cách tính điểm"), 40),
        "unit": (_("Đơn vị tính"), 14),
        "owner": (_("Cơ quan chủ trì"), 24),
        "coordinating": (_("Cơ quan phối hợp"), 24),
        "appraiser": (_("Cơ quan thẩm định"), 24),
        "evidence": (_("Tài liệu kiểm chứng"), 30),
        "note": (_("Ghi chú"), 30),
        "code": (_("Mã"), 18),
        "parents": (_("Thuộc mục"), 14),
        "weight": (_("Trọng số"), 10),
        "min": (_("Điểm tối thiểu"), 10),
        "direction": (_("Chiều"), 8),
        "digits": (_("Làm tròn"), 8),
        "absent": (_("Khi để trống"), 10),
        "measure": (_("Mã số liệu tự động"), 18),
        "aliases": (_("Tên cột khác"), 18),
        "view": (_("Chỉ để xem"), 8),
        "certainty": (_("Độ chắc chắn"), 14),
        "source": (_("Nguồn"), 30),
    }
    HEAD_WORDS: Final[Mapping[str, str]] = {
        "code": _("Mã bộ"),
        "version": _("Bản"),
        "index": _("Chỉ số"),
        "name": _("Tên"),
        "legal_basis": _("Căn cứ"),
        "owner": _("Cơ quan công bố"),
        "lead": _("Cơ quan chủ trì của tỉnh"),
        "years.from": _("Áp dụng từ năm"),
        "years.to": _("Đến năm"),
        "effective_on": _("Ngày hiệu lực"),
        "units": _("Loại đơn vị được đánh giá"),
        "unit_count": _("Số đơn vị"),
        "certainty": _("Độ chắc chắn"),
        "source": _("Nguồn"),
        "note": _("Ghi chú"),
        "ranking.ties": _("Xếp hạng khi bằng điểm"),
        "ranking.first": _("Đứng đầu là điểm"),
        "ranking.digits": _("Xếp hạng theo điểm làm tròn"),
        "tolerance": _("Sai số cho phép"),
        "partial_data": _("Được thiếu cột"),
        "complete": _("Đầy đủ"),
        "root": _("Mã mục gốc"),
    }
    UNIT_WORDS: Final[Mapping[str, str]] = {each.value: each.label for each in UnitKind}
