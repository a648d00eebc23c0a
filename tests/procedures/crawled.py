"""Files of the crawled format as our own test data: the shapes of the published list, with made-up content."""

import json
from pathlib import Path
from typing import Any

CHANNELS_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

SOURCE: dict[str, str] = {
    "ma_thu_tuc": "1.999001",
    "ten_thu_tuc": "Thủ tục cấp giấy phép thử nghiệm",
    "so_quyet_dinh": "12/QĐ-BTN",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
    "linh_vuc": "Thử nghiệm",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "co_quan_co_tham_quyen": "",
    "co_quan_thuc_hien": "Không có thông tin",
    "dia_chi_tiep_nhan": "",
    "co_quan_duoc_uy_quyen": "",
    "co_quan_phoi_hop": "",
    "thu_tuc_lien_quan": "Không có thông tin",
    "trinh_tu_thuc_hien": "Nộp hồ sơ, chờ kết quả.",
    "cach_thuc_thuc_hien": f"{CHANNELS_HEAD}Trực tuyến5 Ngày làm việc100,000 VNĐTrực tiếp7 Ngày làm việcMiễn phí",
    "thanh_phan_ho_so": f"--{PAPERS_HEAD}Đơn đề nghị;Mau01.docx1 bản chínhBản sao hợp đồng0 bản chính,1 bản sao",
    "ket_qua_xu_ly": "Giấy phépMã: KQ.G10.000001Từ khóaKhông có thông tinMô tảKhông có thông tin",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thử nghiệm12/2024/QH15",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "detail_url": "",
    "formality_id": "",
}


def source(**changes: Any) -> dict[str, Any]:
    """One file's content with some fields changed."""
    return {**SOURCE, **changes}


def write(folder: Path, name: str = "mot.json", **changes: Any) -> Path:
    """One file on disk."""
    path = folder / name
    path.write_text(json.dumps(source(**changes), ensure_ascii=False), encoding="utf-8")
    return path
