"""What the names in a document mean: groups of agencies, titles before a name, what is written short."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from motcua.base.text import squeeze, unaccented
from motcua.directives.terms import GivenBy
from motcua.organisations.terms import Kind

DEPARTMENTS: Final = (Kind.PROVINCE_OFFICE, Kind.DEPARTMENT, Kind.INSPECTORATE)
_BOARDS: Final = (Kind.BOARD,)
_COMMUNES: Final = (Kind.COMMUNE, Kind.WARD, Kind.SPECIAL_ZONE, Kind.TOWNSHIP)
_DISTRICTS: Final = (Kind.CITY, Kind.TOWN, Kind.DISTRICT)


@dataclass(frozen=True)
class Group:
    """Several agencies named together; which they are depends on the day."""

    name: str
    kinds: tuple[Kind, ...]


_GROUPS: Final = (
    (re.compile(r"\bcac so,? (?:ban,? ?nganh|ban|nganh)"), Group("các sở, ban, ngành", (*DEPARTMENTS, *_BOARDS))),
    (re.compile(r"\bcac co quan chuyen mon"), Group("các cơ quan chuyên môn", (*DEPARTMENTS, *_BOARDS))),
    (re.compile(r"\bcac so\b"), Group("các sở", (Kind.DEPARTMENT,))),
    (
        re.compile(r"\b(?:cac|cap) (?:xa|phuong|dac khu)|\bxa,? phuong|\bcac dia phuong|\bcap xa\b"),
        Group("UBND các xã, phường, đặc khu", _COMMUNES),
    ),
    (
        re.compile(r"\b(?:cac|cap) (?:huyen|thi xa|thanh pho)|\bcap huyen\b"),
        Group("UBND các huyện, thị xã, thành phố", _DISTRICTS),
    ),
    (
        re.compile(r"\bcac (?:co quan,? )?don vi,? (?:dia phuong|lien quan)|\bcac co quan,? don vi"),
        Group("các cơ quan, đơn vị, địa phương", (*DEPARTMENTS, *_BOARDS, *_COMMUNES)),
    ),
)
_TITLES: Final = re.compile(
    r"^(?:đồng chí |ông |bà )?(?:thủ trưởng|lãnh đạo|giám đốc|phó giám đốc|chủ tịch|phó chủ tịch|chánh|phó chánh|trưởng|người đứng đầu)\s+",
    re.IGNORECASE,
)
_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kh&đt": "Kế hoạch và Đầu tư",
        "khđt": "Kế hoạch và Đầu tư",
        "tt&tt": "Thông tin và Truyền thông",
        "tttt": "Thông tin và Truyền thông",
        "tn&mt": "Tài nguyên và Môi trường",
        "tnmt": "Tài nguyên và Môi trường",
        "nn&mt": "Nông nghiệp và Môi trường",
        "nnmt": "Nông nghiệp và Môi trường",
        "nn&ptnt": "Nông nghiệp và Phát triển nông thôn",
        "nnptnt": "Nông nghiệp và Phát triển nông thôn",
        "gd&đt": "Giáo dục và Đào tạo",
        "gdđt": "Giáo dục và Đào tạo",
        "kh&cn": "Khoa học và Công nghệ",
        "khcn": "Khoa học và Công nghệ",
        "lđ-tb&xh": "Lao động - Thương binh và Xã hội",
        "lđtbxh": "Lao động - Thương binh và Xã hội",
        "lđtb&xh": "Lao động - Thương binh và Xã hội",
        "vh,tt&dl": "Văn hóa, Thể thao và Du lịch",
        "vhttdl": "Văn hóa, Thể thao và Du lịch",
        "vhtt&dl": "Văn hóa, Thể thao và Du lịch",
        "gtvt": "Giao thông vận tải",
        "dt&tg": "Dân tộc và Tôn giáo",
    }
)
_TOKEN: Final = re.compile(
    r"[\w&,\-]*&[\w&,\-]*\w|\b(?:" + "|".join(one for one in _SHORT if "&" not in one) + r")\b", re.I
)


def without_title(name: str) -> str:
    """The agency behind "Giám đốc Sở …", "Chủ tịch UBND xã …"; a leader answers for the agency they lead."""
    plain = squeeze(name)
    bare = _TITLES.sub("", plain)
    return bare if bare else plain


def in_full(name: str) -> str:
    """What documents write short, in full: Sở KH&ĐT is Sở Kế hoạch và Đầu tư."""
    return _TOKEN.sub(lambda found: _SHORT.get(found.group().lower(), found.group()), squeeze(name))


def group_of(name: str) -> Group | None:
    """The group a name stands for; None when it is one agency."""
    plain = unaccented(name)
    found = [group for shape, group in _GROUPS if shape.search(plain)]
    if not found:
        return None
    kinds = tuple(dict.fromkeys(kind for one in found for kind in one.kinds))
    return found[0] if kinds == found[0].kinds else Group(squeeze(name), kinds)


_GIVERS: Final = (
    (re.compile(r"\bthu tuong"), GivenBy.PRIME_MINISTER),
    (re.compile(r"^(?:van phong )?chinh phu"), GivenBy.GOVERNMENT),
    (re.compile(r"\b(?:tinh uy|thanh uy|huyen uy|dang uy|ban thuong vu|dang bo)\b"), GivenBy.PARTY),
    (re.compile(r"\b(?:hdnd|hoi dong nhan dan)\b(?! va)"), GivenBy.COUNCIL),
    (re.compile(r"^bo "), GivenBy.MINISTRY),
    (re.compile(r"\bpho chu tich"), GivenBy.VICE_CHAIR),
    (re.compile(r"\bchu tich"), GivenBy.CHAIR),
    (re.compile(r"\b(?:ubnd|uy ban nhan dan)\b"), GivenBy.COMMITTEE),
)


def given_by_of(issuer: str, subject: str) -> GivenBy:
    """Who asks, by the issuer and, for conclusions an office writes down, by the subject; a person may say otherwise."""
    plain, about = unaccented(issuer), unaccented(subject)
    asked = [given for shape, given in _GIVERS if shape.search(plain)]
    if asked and asked[0] in (GivenBy.COMMITTEE, GivenBy.GOVERNMENT):
        named = [given for shape, given in _GIVERS if given in _IN_SUBJECT and shape.search(about[:120])]
        return named[0] if named else asked[0]
    return asked[0] if asked else GivenBy.AGENCY


_IN_SUBJECT: Final = (GivenBy.PRIME_MINISTER, GivenBy.VICE_CHAIR, GivenBy.CHAIR)
