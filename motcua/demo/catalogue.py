"""What people of the demonstration ask for: procedures by how often they come, and the words that are written about them."""

from dataclasses import dataclass
from typing import Final

from motcua.demo.province import CULTURE, ECONOMY, OFFICE


@dataclass(frozen=True, slots=True)
class Wish:
    """One procedure of the mix: how often it comes, which unit works on it (at a commune) or which department decides."""

    code: str
    weight: float
    unit: str = ECONOMY
    department: str = ""


COMMUNE_WISHES: Final = (
    Wish("2.000815", 20, OFFICE),
    Wish("2.000884", 5, OFFICE),
    Wish("1.001193", 13, OFFICE),
    Wish("1.000656", 4, OFFICE),
    Wish("1.000894", 4, OFFICE),
    Wish("1.004873", 7, OFFICE),
    Wish("2.000635", 5, OFFICE),
    Wish("1.004884", 2, OFFICE),
    Wish("2.001035", 3, OFFICE),
    Wish("2.000908", 2, OFFICE),
    Wish("1.001612", 10),
    Wish("1.001570", 2),
    Wish("1.001266", 2),
    Wish("1.013225", 8),
    Wish("1.013226", 1),
    Wish("1.013978", 3),
    Wish("1.013949", 2),
    Wish("1.012812", 1),
    Wish("1.001776", 9, CULTURE),
    Wish("1.011607", 3, CULTURE),
    Wish("1.011608", 1, CULTURE),
)
DEPARTMENT_WISHES: Final = (
    Wish("2.001199", 10, department="H48.009"),
    Wish("2.002041", 14, department="H48.009"),
    Wish("2.002043", 4, department="H48.009"),
    Wish("1.009671", 2, department="H48.009"),
    Wish("1.013831", 30, department="H48.008"),
    Wish("1.012783", 8, department="H48.008"),
    Wish("1.012784", 8, department="H48.008"),
    Wish("1.010727", 2, department="H48.008"),
    Wish("1.012906", 4, department="H48.012"),
    Wish("1.013237", 6, department="H48.012"),
    Wish("1.013217", 3, department="H48.012"),
    Wish("3.000333", 16, department="H48.010"),
    Wish("1.008628", 1, department="H48.010"),
    Wish("2.001895", 1, department="H48.010"),
    Wish("1.001613", 8, department="H48.007"),
    Wish("2.000693", 8, department="H48.007"),
)
BUSINESSES: Final = frozenset({"2.001199", "2.002041", "2.002043", "1.009671", "1.010727"})
"""Asked for by companies."""

MISSING: Final = (
    "Bản chụp chưa rõ các trang có chữ ký, dấu. Chụp hoặc nộp lại bản rõ.",
    "Thiếu chữ ký của người cùng đứng tên.",
    "Thông tin trên giấy tờ không khớp với tờ khai. Nộp bản đã đính chính.",
    "Giấy ủy quyền đã hết hạn. Nộp giấy ủy quyền còn hiệu lực.",
    "Bản vẽ thiếu mặt bằng định vị công trình.",
)
NEEDS: Final = (
    "Thành phần hồ sơ chưa đủ theo quy định.",
    "Giấy tờ nộp kèm chưa đủ để thẩm định.",
    "Nội dung kê khai chưa thống nhất với giấy tờ kèm theo.",
)
REFUSALS: Final = (
    "Nơi cư trú của ông/bà không thuộc địa bàn giải quyết; đề nghị nộp tại xã nơi thường trú.",
    "Việc yêu cầu đã được giải quyết, kết quả còn hiệu lực.",
    "Đối tượng không thuộc diện áp dụng của thủ tục.",
)
WITHDRAWALS: Final = (
    "Gia đình chưa thống nhất, xin rút để nộp lại sau.",
    "Nộp nhầm thủ tục.",
    "Không còn nhu cầu.",
)
STOPS: Final = (
    ("Tòa án đang thụ lý tranh chấp về đối tượng của hồ sơ.", "Luật Tố tụng dân sự; thông báo thụ lý của Tòa án"),
    ("Người đề nghị đã mất trong thời gian giải quyết.", "Điều 16 Bộ luật Dân sự 2015"),
)
APOLOGIES: Final = (
    "Phải xác minh thực địa, mưa lớn kéo dài nên chưa làm được.",
    "Chờ ý kiến của cơ quan phối hợp, cơ quan phối hợp trả lời chậm.",
    "Hồ sơ cần đối chiếu với bản đồ địa chính đang chỉnh lý.",
)
OPINIONS: Final = (
    "Ghi rõ căn cứ ở phần đầu và sửa lại ngày sinh cho khớp tờ khai.",
    "Bổ sung kết quả kiểm tra thực địa vào tờ trình.",
    "Tên cơ quan ghi theo tên cũ, sửa lại theo tên từ 01/7/2025.",
    "Kiểm tra lại diện tích, đang lệch với giấy chứng nhận.",
)
STEPS_BACK: Final = ("Thiếu phiếu thẩm định.", "Chưa đối chiếu bản chính.", "Rà lại mức hỗ trợ theo quy định mới.")
TURNED_DOWN: Final = (
    "Thửa đất nằm trong quy hoạch đất giao thông đã công bố, chưa đủ điều kiện cấp phép.",
    "Thu nhập bình quân vượt chuẩn nên không thuộc diện hưởng.",
    "Tên đề nghị đăng ký trùng với tên đã đăng ký trong cùng địa bàn.",
)
PRAISE: Final = (
    "Cán bộ hướng dẫn tận tình.",
    "Nhanh hơn giấy hẹn.",
    "",
    "",
    "",
    "Cảm ơn.",
    "Làm việc lịch sự, rõ ràng.",
)
COMPLAINTS: Final = ("Phải chờ lâu.", "Trễ hẹn mà không báo trước.", "Phải đi lại hai lần.")


def decision(favourable: bool, result_name: str, name: str, reason: str) -> dict[str, object]:
    """The words of a drafted result."""
    if favourable:
        lines = [
            f"Chấp thuận đề nghị của {name}.",
            f"{result_name} có hiệu lực kể từ ngày ký.",
            "Bộ phận một cửa trả kết quả cho người nộp; các bộ phận liên quan thi hành.",
        ]
        return {"favourable": True, "title": result_name[:200], "body": "\n".join(lines)}
    lines = [f"Không chấp thuận đề nghị của {name}.", reason, "Người nộp có quyền khiếu nại theo quy định."]
    return {"favourable": False, "title": "Thông báo không đủ điều kiện giải quyết", "body": "\n".join(lines)}
