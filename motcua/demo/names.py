"""Invented people: names as one hears them in the province, numbers and telephones that belong to nobody."""

from dataclasses import dataclass
from random import Random
from typing import Final

FAMILIES: Final = (
    *("Nguyễn",) * 30,
    *("Trần",) * 10,
    *("Lê",) * 10,
    *("Phạm",) * 9,
    *("Võ",) * 6,
    *("Huỳnh",) * 5,
    *("Bùi",) * 5,
    *("Đỗ",) * 4,
    *("Đặng",) * 3,
    *("Phan",) * 3,
    *("Trương",) * 3,
    *("Ngô",) * 2,
    *("Tạ", "Lương", "Cao", "Mai", "Tiêu", "Kiều", "Thới", "Hà"),
)
MEN_MIDDLE: Final = ("Văn", "Văn", "Văn", "Đức", "Minh", "Thanh", "Hữu", "Ngọc", "Quang", "Xuân", "Tấn", "Công", "Đình")
WOMEN_MIDDLE: Final = ("Thị", "Thị", "Thị", "Thị Mỹ", "Thị Kim", "Thị Thu", "Thị Ngọc", "Thanh", "Thị Hồng", "Bích")
MEN: Final = (
    *("An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hòa", "Hùng", "Huy", "Khánh", "Khoa", "Lâm", "Lộc"),
    *("Long", "Mẫn", "Nam", "Nghĩa", "Nhân", "Phúc", "Phước", "Quân", "Quý", "Sơn", "Tâm", "Thạch", "Thắng", "Thịnh"),
    *("Tiến", "Toàn", "Trí", "Trung", "Tuấn", "Tùng", "Việt", "Vinh", "Vương"),
)
WOMEN: Final = (
    *("An", "Ánh", "Bích", "Chi", "Diễm", "Dung", "Hà", "Hằng", "Hạnh", "Hiền", "Hoa", "Hương", "Lan", "Liên"),
    *("Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quyên", "Thảo", "Thắm", "Thúy"),
    *("Thủy", "Trâm", "Trang", "Trinh", "Tuyết", "Uyên", "Vân", "Yến"),
)
HIGHLAND_MEN: Final = (
    *("Y Khôi", "Y Thắng", "Y Nghiêm", "A Hiếu", "A Biên", "A Tuân", "A Nhơn", "Phạm Văn Rê", "Phạm Văn Xút"),
    *("Đinh Văn Rin", "Đinh Văn Út", "Đinh Văn Trai", "Đinh Văn Đông", "Hồ Văn Thủy", "Hồ Văn Bôn", "Hồ Văn Đề"),
    *("U Rê", "A Lăng Nghĩa", "Brôl Vẻ", "Xiêng Lực"),
)
HIGHLAND_WOMEN: Final = (
    *("Y Vân", "Y Hlen", "Y Ngọc", "Y Bưng", "Y Lợi", "Đinh Thị Hương", "Đinh Thị Ré", "Đinh Thị Mé", "Phạm Thị Nái"),
    *("Phạm Thị Đum", "Hồ Thị Sen", "Hồ Thị Liên", "Hồ Thị Mơ", "Y Thư", "Y Đấp", "Y Blưi", "Y Nhiên"),
)
HAMLETS: Final = (
    *("Tân Long", "Nước Lang", "Gò Rét", "Làng Trui", "Phú Long", "An Bàng", "Đồng Vào", "Trường An", "Vĩnh Xuân"),
    *("Minh Tân", "Hòa Bình", "Thanh Sơn", "Mang Lùng", "Kon Tu Rằng", "Phước Lộc", "Mỹ Thành", "Tân Phú", "Làng Dầu"),
)
SHOPS: Final = (
    *("Tạp hóa", "Quán ăn", "Tiệm may", "Cà phê", "Vật liệu xây dựng", "Sửa xe", "Nông sản", "Điện nước", "Hải sản"),
    *("Cơm gà", "Don", "Cá bống", "Quà quê"),
)


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist."""

    name: str
    woman: bool
    identity: str
    phone: str
    address: str
    age: int


def invented(random: Random, number: int, *, place: str, highland: bool, year: int) -> Invented:
    """One invented person; `number` makes card and telephone their own.

    The fourth digit of the card would mean a birth from 2300 on, so that no such card was ever issued to anybody; the
    telephones are of the 0900 000 block.
    """
    woman = random.random() < 0.48
    name = full_name(random, woman=woman, highland=highland)
    age = random.choice((random.randint(19, 40), random.randint(25, 60), random.randint(30, 82)))
    province = "062" if highland and random.random() < 0.5 else "051"
    card = identity_number(number, woman=woman, born=year - age, province=province)
    address = f"Thôn {random.choice(HAMLETS)}, {place}"
    return Invented(name, woman, card, telephone(number), address, age)


def identity_number(number: int, *, woman: bool, born: int, province: str = "051") -> str:
    """Twelve digits of the right shape that are nobody's: century digit 8 or 9 means born in 2300–2399."""
    return f"{province}{9 if woman else 8}{born % 100:02d}{number % 1_000_000:06d}"


def telephone(number: int) -> str:
    """A telephone of the 0900 000 block."""
    return f"0900{number % 1_000_000:06d}"


def full_name(random: Random, *, woman: bool, highland: bool) -> str:
    """A name as it is usual there; in the highlands two of three are of the Hrê, Cor, Xơ Đăng, Ba Na."""
    if highland and random.random() < 0.66:
        return random.choice(HIGHLAND_WOMEN if woman else HIGHLAND_MEN)
    middle, given = (WOMEN_MIDDLE, WOMEN) if woman else (MEN_MIDDLE, MEN)
    return f"{random.choice(FAMILIES)} {random.choice(middle)} {random.choice(given)}"
