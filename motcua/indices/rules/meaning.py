"""What a place among all means, in plain words: no formula, and nothing said that the figures do not say."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from motcua.indices.rules.numbers import as_read, half_up
from motcua.indices.terms import _


def measures_what(index: str) -> str:
    """What an index looks at, for somebody who meets its name for the first time."""
    known: Final[Mapping[str, str]] = {
        "PCI": _(
            "Doanh nghiệp trong tỉnh trả lời khảo sát: làm ăn ở đây dễ hay khó. Do VCCI công bố, điểm cao là tốt."
        ),
        "PAPI": _(
            "Người dân trả lời phỏng vấn: chính quyền phục vụ mình thế nào. Do CECODES, VFF-CRT, RTA và UNDP công bố."
        ),
        "PAR INDEX": _("Bộ Nội vụ chấm công việc cải cách hành chính của tỉnh và hỏi ý kiến người dân, cán bộ."),
        "SIPAS": _("Phần trăm người dân hài lòng với việc phục vụ của cơ quan nhà nước, do Bộ Nội vụ khảo sát."),
        "DTI": _("Mức độ chuyển đổi số của tỉnh: chính quyền số, kinh tế số, xã hội số."),
        "QĐ 766": _(
            "Chất lượng phục vụ khi giải quyết thủ tục: công khai, đúng hạn, trên mạng, thanh toán, hài lòng, số hóa."
        ),
        "DDCI": _("Doanh nghiệp chấm các sở, ngành và địa phương trong tỉnh."),
        "PGI": _("Chỉ số Xanh: doanh nghiệp đánh giá tỉnh bảo vệ môi trường và hỗ trợ sản xuất sạch thế nào."),
        "ICT INDEX": _("Mức độ sẵn sàng về công nghệ thông tin: hạ tầng, con người, ứng dụng."),
        "M-Score": _("Người dân vừa làm thủ tục chấm điểm nơi đã phục vụ mình."),
    }
    return known.get(index, "")


def quarter_of(rank: int, among: int) -> int:
    """1 for the best quarter of all, 4 for the last."""
    return min(4 * (rank - 1) // max(among, 1) + 1, 4)


def place_words(rank: int, among: int) -> str:
    """Where a rank lies among all."""
    where = {
        1: _("thuộc một phần tư cao nhất"),
        2: _("ở nửa trên"),
        3: _("ở nửa dưới"),
        4: _("thuộc một phần tư thấp nhất"),
    }[quarter_of(rank, among)]
    return _("hạng %(rank)d trong %(among)d, %(where)s") % {"rank": rank, "among": among, "where": where}


def change_words(rank: int, before: int, year: int) -> str:
    """How a rank moved since another year."""
    if rank == before:
        return _("giữ nguyên hạng so với năm %d") % year
    moved = {"by": abs(rank - before), "year": year}
    return (
        _("lên %(by)d hạng so với năm %(year)d") if rank < before else _("xuống %(by)d hạng so với năm %(year)d")
    ) % moved


def weakest_words(ours: Mapping[str, Fraction], middle: Mapping[str, Fraction], names: Mapping[str, str]) -> str:
    """Which part lies furthest below the middle of all, and which furthest above."""
    gaps = {code: ours[code] - middle[code] for code in ours if code in middle and code in names}
    if len(gaps) < 2:
        return ""
    low, high = min(gaps, key=lambda code: (gaps[code], code)), max(gaps, key=lambda code: (gaps[code], code))
    parts = []
    if gaps[high] > 0:
        parts.append(_("hơn nhiều nhất ở “%(name)s” (+%(gap)s)") % _gap(names[high], gaps[high]))
    if gaps[low] < 0:
        parts.append(_("kém nhiều nhất ở “%(name)s” (−%(gap)s)") % _gap(names[low], -gaps[low]))
    return ", ".join(parts)


def _gap(name: str, gap: Fraction) -> dict[str, str]:
    return {"name": name, "gap": as_read(half_up(gap, 2))}
