"""Each item of the six official forms has its question; how sure the list is, each form says itself (`x-certainty`)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.procedures.rules import forms

FOLDER = Path(forms.__file__).parents[1] / "fixtures" / "forms"

BIRTH = {
    "Họ, chữ đệm, tên người yêu cầu": "applicant.name",
    "Nơi cư trú": "applicant.residence",
    "Giấy tờ tùy thân": "applicant.paper_kind applicant.paper_number applicant.paper_issued",
    "Quan hệ với người được khai sinh": "applicant.relation",
    "Họ, chữ đệm, tên": "child.name",
    "Ngày, tháng, năm sinh; ghi bằng chữ": "child.birth_date child.birth_date_words",
    "Giới tính; dân tộc; quốc tịch": "child.sex child.ethnic child.nationality",
    "Nơi sinh": "child.birth_place",
    "Quê quán": "child.home_place",
    "Họ, chữ đệm, tên người mẹ": "mother.name",
    "Mẹ: năm sinh, dân tộc, quốc tịch": "mother.birth_year mother.ethnic mother.nationality",
    "Mẹ: nơi cư trú": "mother.residence",
    "Họ, chữ đệm, tên người cha": "father.name",
    "Cha: năm sinh, dân tộc, quốc tịch": "father.birth_year father.ethnic father.nationality",
    "Cha: nơi cư trú": "father.residence",
    "Cam đoan": "copies.promise",
    "Đề nghị cấp bản sao: có, không; số lượng": "copies.wants_copies copies.number",
}
HOUSE = {
    "1. Tên chủ đầu tư (tên chủ hộ)": "owner.name",
    "1. Người đại diện, chức vụ": "owner.representative owner.position",
    "1. Số định danh hoặc mã số doanh nghiệp": "owner.identity",
    "1. Địa chỉ liên hệ; số điện thoại": "owner.address owner.phone",
    "2. Lô đất số; diện tích": "site.lot site.area",
    "2. Tại số nhà, đường, xã, tỉnh": "site.house_number site.commune site.province",
    "3.1. Lập thiết kế: tên, mã chứng chỉ": "designer.design_unit designer.design_certificate",
    "3.1. Chủ nhiệm, chủ trì thiết kế: tên, mã chứng chỉ": "designer.chief_designer designer.chief_certificate",
    "3.2. Thẩm tra: tên, mã chứng chỉ": "designer.review_unit designer.review_certificate",
    "3.2. Chủ trì thẩm tra: tên, mã chứng chỉ": "designer.reviewer designer.reviewer_certificate",
    "4. Nhà ở riêng lẻ: cấp công trình": "house.grade",
    "4. Diện tích xây dựng tầng 1 (tầng trệt)": "house.ground_area",
    "4. Tổng diện tích sàn, ghi rõ từng tầng": "house.floor_area house.floor_area_detail house.basement_area",
    "4. Chiều cao công trình, ghi rõ từng tầng": "house.height house.height_detail house.basement_depth",
    "4. Số tầng, ghi rõ tầng hầm, lửng, kỹ thuật, tum": "house.floors house.floors_detail",
    "5. Dự kiến thời gian hoàn thành": "plan.months",
    "6. Cam kết": "plan.promise",
    "Gửi kèm các tài liệu": "plan.attachments",
}
BUSINESS = {
    "Họ và tên chủ hộ; ngày sinh; giới tính": "owner.name owner.birth_date owner.sex",
    "Số định danh cá nhân": "owner.identity",
    "Dân tộc; quốc tịch": "owner.ethnic owner.nationality",
    "Nơi thường trú; nơi ở hiện tại": "owner.permanent_address owner.contact_address",
    "Điện thoại; thư điện tử": "owner.phone owner.email",
    "1. Tên hộ; tên nước ngoài; tên viết tắt": "business.name business.foreign_name business.short_name",
    "2. Trụ sở": "business.house_number business.commune business.province",
    "2. Điện thoại, fax, thư điện tử, website": "business.phone business.fax business.email business.website",
    "3. Ngành, nghề: tên, mã, ngành chính": "activity.main activity.main_code activity.others",
    "4. Vốn: bằng số, bằng chữ": "activity.capital activity.capital_words",
    "5. Địa chỉ nhận thông báo thuế, điện thoại, thư": "tax.notice_address tax.notice_phone tax.notice_email",
    "5. Ngày bắt đầu hoạt động; tổng số lao động": "activity.start_date activity.workers",
    "5. Phương pháp tính thuế": "tax.method",
    "5. Địa điểm kinh doanh": "tax.locations",
    "6. Chủ thể thành lập": "founders.kind",
    "7. Các thành viên hộ gia đình": "founders.members",
    "Phương thức đóng bảo hiểm xã hội": "tax.social_insurance",
    "Cam kết": "founders.promise",
}
CERTIFIED = {
    "Người yêu cầu chứng thực": "request.name",
    "Tên của bản chính giấy tờ": "request.document",
    "Số trang; số bản sao": "request.pages request.copies",
    "Bản sao điện tử": "request.electronic",
}
ALLOWANCE = {
    "1. Họ và tên; ngày sinh; giới tính; dân tộc": "person.name person.birth_date person.sex person.ethnic",
    "1. Số định danh hoặc giấy khai sinh; ngày cấp, nơi cấp": "person.identity person.identity_issued",
    "2. Thường trú; hiện ở tại; điện thoại": "person.permanent_address person.current_address person.phone",
    "Diện (khoản của Điều 5)": "group.kind",
    "Tình trạng đi học": "group.school",
    "Thẻ bảo hiểm y tế": "means.insurance_card",
    "Thuộc hộ nghèo, cận nghèo": "group.poor",
    "Trợ cấp bảo hiểm xã hội; hưởng từ tháng": "means.pension means.pension_since",
    "Trợ cấp bảo trợ xã hội; hưởng từ tháng": "means.social_allowance means.social_allowance_since",
    "Trợ cấp ưu đãi người có công; hưởng từ tháng": "means.merit_allowance means.merit_allowance_since",
    "Trợ cấp, phụ cấp hằng tháng khác": "means.other_allowance",
    "Khuyết tật: giấy xác nhận, dạng, mức độ": "group.disability_paper group.disability_kind group.disability_level",
    "Việc làm, thu nhập": "means.income",
    "Tình trạng hôn nhân; số con": "group.marital group.children group.children_studying",
    "Khả năng tự phục vụ": "group.self_care",
    "Mẫu 1a. Mẹ: họ tên, năm sinh, tình trạng, chế độ": "family.mother_name family.mother_birth_year family.mother_state "
    "family.mother_allowance",
    "Mẫu 1a. Cha: họ tên, năm sinh, tình trạng, chế độ": "family.father_name family.father_birth_year family.father_state "
    "family.father_allowance",
    "Mẫu 1c. Thông tin về từng con": "family.children_list",
    "Mẫu 1d. Người có nghĩa vụ phụng dưỡng": "family.supporter",
    "Mẫu 1đ. Người đang chăm sóc": "carer.name carer.birth_date carer.identity carer.relation carer.address",
    "Người khai thay: họ tên, giấy tờ, ngày cấp, nơi cấp": "carer.declarant carer.declarant_identity carer.declarant_issued",
    "Người khai thay: quan hệ, địa chỉ": "carer.declarant_relation carer.declarant_address",
    "Cam đoan": "payment.promise",
}
LAND = {
    "1. Tên; năm sinh; quốc tịch": "user.name user.birth_year user.nationality",
    "1. Giấy tờ nhân thân, pháp nhân": "user.identity user.paper_issued",
    "1. Địa chỉ; điện thoại; thư điện tử": "user.address user.phone user.email",
    "1. Vợ, chồng hoặc người cùng sử dụng": "user.others",
    "2. Giấy chứng nhận đã cấp: số vào sổ, số phát hành, ngày": "land.book_number land.serial land.issued_on",
    "2. Thửa đất, tờ bản đồ, địa chỉ, diện tích": "land.parcel land.map_sheet land.land_address land.area",
    "3. Nội dung biến động: trước, sau": "change.kind change.before change.after",
    "4. Lý do biến động": "change.reason",
    "5. Nghĩa vụ tài chính; miễn, giảm; ghi nợ": "finance.exempt finance.exempt_reason finance.debt",
    "6. Cấp giấy mới hoặc xác nhận thay đổi": "result.new_certificate",
    "7. Giấy tờ nộp kèm": "result.papers",
    "Cam đoan": "result.promise",
}
OFFICIAL = {
    "khai-sinh": BIRTH,
    "giay-phep-xay-dung-nha-o": HOUSE,
    "ho-kinh-doanh": BUSINESS,
    "chung-thuc-ban-sao": CERTIFIED,
    "tro-cap-xa-hoi": ALLOWANCE,
    "dang-ky-bien-dong-dat-dai": LAND,
}


def keys_of(schema: dict) -> Iterator[str]:
    for group in forms.groups(schema):
        for one in group.fields:
            yield one.key


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_item_of_the_official_form_is_asked(name: str) -> None:
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    known = set(keys_of(schema))
    missing = {item: keys for item, keys in OFFICIAL[name].items() if not set(keys.split()) <= known}
    assert missing == {}


@pytest.mark.parametrize("kind", ["orphan", "youth", "hiv", "single_parent", "elderly", "disabled", "poor_child"])
def test_no_page_of_the_allowance_is_empty(kind: str) -> None:
    """A question that hangs on the answer of an earlier page is left out; each page keeps something to ask."""
    schema = json.loads((FOLDER / "tro-cap-xa-hoi.json").read_text(encoding="utf-8"))
    answers = {"group": {"kind": kind}}
    assert all(any(forms.asked(one, answers) for one in group.fields) for group in forms.groups(schema))
