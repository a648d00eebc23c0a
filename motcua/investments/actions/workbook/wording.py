"""The words in cells and what they mean: agencies by code or name, sources as people shorten them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from motcua.base.language import in_vietnamese
from motcua.base.text import unaccented
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing
from motcua.organisations import queries as agencies
from motcua.organisations.rules import Version


@in_vietnamese()
def _words(choices: type, more: Mapping[str, str]) -> Mapping[str, str]:
    found = {unaccented(str(one.label)): one.value for one in choices}  # type: ignore[attr-defined]
    found |= {unaccented(one.value): one.value for one in choices}  # type: ignore[attr-defined]
    return MappingProxyType(found | {unaccented(short): value for short, value in more.items()})


SOURCES: Final = _words(
    Source,
    {
        "NSTW": Source.CENTRAL.value,
        "NSTW trong nước": Source.CENTRAL.value,
        "Vốn trong nước": Source.CENTRAL.value,
        "ODA": Source.FOREIGN.value,
        "NSTW ODA": Source.FOREIGN.value,
        "NSTW nước ngoài": Source.FOREIGN.value,
        "Vốn nước ngoài": Source.FOREIGN.value,
        "CTMTQG": Source.PROGRAMME.value,
        "NSĐP": Source.BALANCE.value,
        "Cân đối NSĐP": Source.BALANCE.value,
        "Vốn trong cân đối": Source.BALANCE.value,
        "Cân đối": Source.BALANCE.value,
        "Thu sử dụng đất": Source.LAND.value,
        "Tiền sử dụng đất": Source.LAND.value,
        "Đất": Source.LAND.value,
        "Xổ số": Source.LOTTERY.value,
        "Xổ số kiến thiết": Source.LOTTERY.value,
        "XSKT": Source.LOTTERY.value,
        "Bội chi": Source.DEFICIT.value,
    },
)
CAPITALS: Final = _words(
    Capital,
    {
        "": Capital.YEAR.value,
        "Năm nay": Capital.YEAR.value,
        "Vốn năm": Capital.YEAR.value,
        "Kéo dài": Capital.CARRIED.value,
        "Vốn kéo dài": Capital.CARRIED.value,
    },
)
BASES: Final = _words(
    Basis,
    {
        "TTg": Basis.PRIME_MINISTER.value,
        "Thủ tướng": Basis.PRIME_MINISTER.value,
        "Thủ tướng Chính phủ": Basis.PRIME_MINISTER.value,
        "Kế hoạch Thủ tướng giao": Basis.PRIME_MINISTER.value,
        "HĐND": Basis.COUNCIL.value,
        "HĐND tỉnh": Basis.COUNCIL.value,
        "Hội đồng nhân dân tỉnh": Basis.COUNCIL.value,
        "Địa phương": Basis.COUNCIL.value,
        "Kế hoạch địa phương giao": Basis.COUNCIL.value,
    },
)
DECIDED: Final = _words(
    Decided, {"Giao": Decided.ASSIGNED.value, "Đính chính": Decided.CORRECTED.value, "Sửa": Decided.CORRECTED.value}
)
STANDINGS: Final = _words(
    Standing,
    {
        "": Standing.CONFIRMED.value,
        "Ước": Standing.ESTIMATED.value,
        "Xác nhận": Standing.CONFIRMED.value,
        "Kho bạc xác nhận": Standing.CONFIRMED.value,
    },
)
GROUPS: Final = _words(Group, {"QTQG": Group.NATIONAL.value})
FIELDS: Final = _words(
    Field,
    {
        "Nông nghiệp": Field.AGRICULTURE.value,
        "Thủy lợi": Field.AGRICULTURE.value,
        "Giáo dục": Field.EDUCATION.value,
        "Văn hóa": Field.CULTURE.value,
        "Khác": Field.OTHER.value,
    },
)


def agency_of(text: str, today: date) -> Version | None:
    """The agency by its code, or by its name written in full or short (UBND xã Ba Tơ, xã Ba Tơ); accents do not matter."""
    if found := agencies.by_code(text, today):
        return found
    wanted = _plain(text)
    for one in agencies.find(text, today, limit=20):
        version = one.version
        names = (version.name, version.short_name, version.place, f"{version.kind.label} {version.place}")
        if version.holds_on(today) and wanted in map(_plain, names):
            return version
    return None


def _plain(name: str) -> str:
    return unaccented(name).removeprefix("uy ban nhan dan ").removeprefix("ubnd ")
