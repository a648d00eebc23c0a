"""One published procedure, as crawled from the national portal: 21 flattened fields become structure, none lost."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.base.text import nfc, squeeze, unaccented
from motcua.procedures.rules.channels import NOTHING, ChannelTable, Unread, channel_table, suspicious
from motcua.procedures.rules.papers import PaperTable, paper_table
from motcua.procedures.terms import DecidingLevel, Level

CODE: Final = re.compile(r"\d\.\d{6}")
_LEVELS: Final = {
    "Cấp bộ": Level.MINISTRY,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp huyện": Level.DISTRICT,
    "Cấp xã": Level.COMMUNE,
    "Cơ quan khác": Level.OTHER,
}
_RESULT_CODE: Final = re.compile(
    r"Mã:\s*(KQ[.-][A-Z]\d{1,3}[.-]\d{6}|\d{3}(?:\.\d{2,3}){2}\.[A-Z]\d{2}-KQ\d{4}"
    r"|Không có thông tin|[A-Z\d][A-Z\d.\-]*)"
)
_BASES_HEAD: Final = re.compile(r"\s*Tên văn bản pháp lý\s*Mã văn bản")
_AGENCIES: Final = (
    "BLĐTBXH", "BNNPTNT", "BVHTTDL", "BTNMT", "BGDĐT", "BGTVT", "BKHĐT", "BKHCN", "BTTTT", "BNNMT", "VKSNDTC", "TANDTC",
    "VPCP", "NHNN", "UBND", "HĐND", "HĐTP", "BCA", "BQP", "BNG", "BTP", "BTC", "BCT", "BNV", "BYT", "BXD", "CTN", "TTg",
    "CP",
)  # fmt: skip
_NUMBER: Final = re.compile(
    r"\d{1,4}(?:\.\d{1,2})?/\d{4}/(?:QH\d{2}|UBTVQH\d{2}|PL-UBTVQH\d{1,2}"
    r"|(?:[A-ZĐƯ]{1,6}\d{0,2}-)?(?:"
    + "|".join(_AGENCIES)
    + r"|[A-ZĐƯ]{2,14})(?:-(?:"
    + "|".join(_AGENCIES)
    + r"|[A-ZĐƯ]{2,14}))*)"
)
_OWN_CODE: Final = re.compile(r"\s*\(\s*\d\.\d{6}[^()]*\)\s*$")
_BUTTONS: Final = re.compile(r"Chọn cơ quan thực hiện\s*Tỉnh/ Thành phố.*$", re.DOTALL)


class Unreadable(ValueError):
    """A file that cannot be imported at all; the sentence says why."""


@dataclass(frozen=True, slots=True)
class CrawledProcedure:
    """What one file says. `fields` are the plain texts; `source` is the file as it was."""

    code: str
    name: str
    fields: Mapping[str, str]
    levels: tuple[str, ...]
    deciding_level: str
    channels: ChannelTable
    papers: PaperTable
    results: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str], ...]
    unread: tuple[Unread, ...]
    doubts: tuple[str, ...]
    source: Mapping[str, Any]
    source_hash: str
    content_hash: str

    @property
    def plain_name(self) -> str:
        """The name as people say it: without its own code and without "Thủ tục" in front."""
        name = _OWN_CODE.sub("", self.name)
        bare = re.sub(r"^thủ tục:?\s+(?=\w)", "", name, flags=re.IGNORECASE)
        return bare[:1].upper() + bare[1:]

    @property
    def search_text(self) -> str:
        return unaccented(f"{self.code} {self.name} {self.fields['linh_vuc']}")


def crawled(content: bytes) -> CrawledProcedure:
    """Read one file, or `Unreadable` with the reason."""
    try:
        source = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("Tệp không phải chữ UTF-8.") from None
    except (ValueError, RecursionError):
        raise Unreadable("Tệp không phải JSON.") from None
    if not isinstance(source, dict):
        raise Unreadable("Tệp JSON không phải một thủ tục (cần một đối tượng có mã và tên).")
    return from_source(source)


def from_source(source: Mapping[str, Any]) -> CrawledProcedure:
    """Read the fields of one procedure."""
    wrong = sorted(key for key, value in source.items() if not isinstance(value, str | None))
    known = {key: nfc(value or "") for key, value in source.items() if isinstance(value, str | None)}
    code, name = squeeze(known.get("ma_thu_tuc", "")), squeeze(known.get("ten_thu_tuc", ""))
    if wrong:
        raise Unreadable(f"Trường {', '.join(wrong)} không phải chữ.")
    if not code:
        raise Unreadable("Thiếu mã thủ tục (ma_thu_tuc).")
    if not CODE.fullmatch(code):
        raise Unreadable(f"Mã “{code[:40]}” không đúng dạng mã quốc gia, ví dụ 1.001193.")
    if not name:
        raise Unreadable("Thiếu tên thủ tục (ten_thu_tuc).")
    if any("\0" in value for value in source.values() if isinstance(value, str)):
        raise Unreadable("Tệp có ký tự rỗng (NUL), không lưu được.")
    if any(not _storable(value) for value in source.values() if isinstance(value, str)):
        raise Unreadable("Tệp có ký tự hỏng (nửa cặp Unicode), không lưu được.")
    channels = channel_table(known.get("cach_thuc_thuc_hien", ""))
    papers = paper_table(known.get("thanh_phan_ho_so", ""))
    levels = tuple(value.value for label, value in _LEVELS.items() if label in known.get("cap_thuc_hien", ""))
    unread = (*channels.unread, *(one for entry in channels.entries for one in entry.unread), *papers.unread)
    doubts = {one for entry in channels.entries for one in entry.doubts}
    doubts |= {told for entry in channels.entries for fee in entry.fees if (told := suspicious(fee))}
    return CrawledProcedure(
        code,
        name,
        {key: _text(known.get(key, "")) for key in _TEXTS},
        levels,
        _deciding_level(levels, code),
        channels,
        papers,
        results(known.get("ket_qua_xu_ly", "")),
        legal_bases(known.get("can_cu_phap_ly", "")),
        unread,
        tuple(sorted(doubts)),
        dict(source),
        _hash(source),
        _hash({key: value for key, value in known.items() if key not in _IDENTITY}),
    )


_TEXTS: Final = (
    "so_quyet_dinh", "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen", "co_quan_thuc_hien",
    "dia_chi_tiep_nhan", "co_quan_duoc_uy_quyen", "co_quan_phoi_hop", "trinh_tu_thuc_hien", "yeu_cau_dieu_kien",
)  # fmt: skip
_IDENTITY: Final = frozenset({"ma_thu_tuc", "detail_url", "formality_id"})


def _text(value: str) -> str:
    return "" if value.strip() == NOTHING else value.strip()


def _hash(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _storable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _deciding_level(levels: tuple[str, ...], code: str) -> str:
    if Level.COMMUNE in levels:
        return DecidingLevel.COMMUNE
    return DecidingLevel.PROVINCE if code.startswith(("5", "6")) else DecidingLevel.DEPARTMENT


def results(text: str) -> tuple[tuple[str, str], ...]:
    """Names and codes of results; the page's buttons after the key words are no result."""
    text = _BUTTONS.sub("", text)
    found, start = [], 0
    for match in _RESULT_CODE.finditer(text):
        name = squeeze(text[start : match.start()]).strip(" -;")
        found.append((name, "" if match[1] == NOTHING else match[1]))
        start = match.end()
    rest = squeeze(text[start:].split("Từ khóa")[0])
    if rest and rest != NOTHING:
        found.append((rest, ""))
    return tuple(one for one in found if one[0])


def legal_bases(text: str) -> tuple[tuple[str, str], ...]:
    """Numbers and titles of legal texts; where the page glues a title to its number, the number ends the row."""
    head = _BASES_HEAD.match(text)
    start = head.end() if head else 0
    found: list[tuple[str, str]] = []
    for match in _NUMBER.finditer(text, start):
        follows = text[match.end() : match.end() + 1]
        if follows and not follows.isalnum():
            continue
        title, number = squeeze(text[start : match.start()]), match[0]
        row_at, start = start, match.end()
        if re.match(r"\d{4}/\d{4}/QH", number):  # "Luật Cư trú 2020" glued to "68/2020/QH14"
            title, number = squeeze(text[row_at : match.start() + 2]), number[2:]
        if not title and found and found[-1][0] == number:
            found[-1] = (number, f"{found[-1][1]} {number}".strip())
        else:
            found.append((number, title or number))
    rest = squeeze(text[start:])
    if rest and rest != NOTHING:
        found.append(("", rest))
    return tuple(found)
