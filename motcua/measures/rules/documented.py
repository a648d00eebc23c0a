"""The page of documentation, made from the definitions alone."""

from motcua.measures.rules.declared import MEASURES, Measure, Terms


def as_page() -> str:
    """The page of documentation: one row per measure, from the definitions alone."""
    head = [
        "# Số liệu: cách đếm",
        "",
        "Trang này viết tự động từ các định nghĩa trong `motcua/measures/rules/declared.py` bằng lệnh `motcua measures docs`;",
        "bộ kiểm tra báo đỏ khi hai bên khác nhau. Mỗi số liệu mở ra được danh sách hồ sơ phía sau; danh sách cộng lại đúng bằng số.",
        "Ngày là ngày ở Việt Nam. Hết ngày hẹn trả vẫn là đúng hạn. Mẫu số bằng 0 thì không có tỷ lệ, không phải 0.",
        "",
        "| Mã | Tên | Đếm thế nào | Công thức | Đơn vị | Căn cứ |",
        "|---|---|---|---|---|---|",
    ]
    rows = [
        f"| `{one.code}` | {one.name} | {one.sentence} | {_formula(one)} | {one.unit.label} | {_grounds(one)} |"
        for one in MEASURES.values()
    ]
    return "\n".join([*head, *rows, ""])


def _grounds(one: Measure) -> str:
    return ", ".join(words for words in (one.source, one.validity) if words)


def _formula(one: Measure) -> str:
    top = _written(one.top)
    return f"`{top}`" if not one.bottom else f"`({top}) / ({_written(one.bottom)})`"


def _written(terms: Terms) -> str:
    text = " ".join(f"{'-' if times < 0 else '+'} {column}" for column, times in terms.items())
    return text.removeprefix("+ ")
