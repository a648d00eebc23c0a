"""A citizen applies: page by page, saved as typed, looked over, handed in once."""

import re
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier, Draft, Scan
from motcua.procedures.models import Setting
from motcua.procedures.queries import forget_offers
from motcua.procedures.terms import OnlineFiling, SettingName
from tests import make

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\xa7\xd2\xe4\x86\x00\x00\x00\x00IEND\xaeB`\x82"
)
OWNER = {
    "name": "Nguyễn Văn Mẫu", "birth_date": "05/11/1985", "sex": "male", "identity": "051085000114",
    "contact_address": "Tổ 3, thôn Nam Hoàn Đồn", "phone": "0905 123 456",
}  # fmt: skip
PAGES = [
    OWNER,
    {"name": "Hộ kinh doanh Mì Quảng Ví Dụ", "house_number": "Tổ 3", "commune": "Xã Ba Tơ", "province": "Quảng Ngãi"},
    {"main": "Quán ăn", "main_code": "5610", "capital": "30.000.000", "workers": "2", "conditional": "no"},
]


NOW = make.at("2026-11-17 09:42")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request comes on the same Tuesday morning."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def world(db: None) -> make.Province:
    forget_offers()
    return make.province()


@pytest.fixture
def citizen(world: make.Province) -> Client:
    """Signed in with an account whose identity nobody has checked yet, so that every question is asked."""
    client = Client()
    person = make.person_of(world.citizen)
    type(person).objects.filter(pk=person.pk).update(identity_checked_at=None)
    client.force_login(person)
    return client


def words_of(response) -> str:
    """The text of a page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def begin(citizen: Client, code: str = make.BUSINESS, **more: str) -> Draft:
    typed = {"case": "TH1", "place": "xã Ba Tơ", "on_behalf": "self", **more}
    response = citizen.post(f"/ho-so/nop/{code}/", typed)
    assert response.status_code == 302, words_of(response)
    return Draft.objects.order_by("-pk")[0]


def test_a_stranger_is_asked_to_sign_in_and_comes_back(world: make.Province, client: Client):
    response = client.get(f"/ho-so/nop/{make.BUSINESS}/?truong-hop=TH1")

    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap/?next=/ho-so/nop/")


def test_an_official_who_acts_for_a_colleague_does_not_apply_in_their_name(world: make.Province):
    client = Client()
    client.force_login(make.person_of(world.ba_to.clerk))
    assert client.get(f"/ho-so/nop/{make.BUSINESS}/").status_code == 200, "an official is a citizen too"


def test_the_first_page_asks_case_and_office_and_for_whom(world: make.Province, citizen: Client):
    page = citizen.get(f"/ho-so/nop/{make.BUSINESS}/")

    assert "Một cá nhân đứng tên" in words_of(page)
    assert '<option value="Xã Ba Tơ">' in page.content.decode()
    assert 'value="Xã Ba Tơ"' in page.content.decode(), "the commune of the person's address is filled in"
    assert "Thay người khác" in words_of(page)


def test_where_citizens_file_at_the_national_portal_the_page_says_so_and_links_there(
    world: make.Province, citizen: Client
):
    make_national(make.HOUSE)

    page = citizen.get(f"/ho-so/nop/{make.HOUSE}/")

    assert "Nộp ở Cổng Dịch vụ công quốc gia" in words_of(page)
    assert 'href="https://dichvucong.gov.vn/' in page.content.decode()
    assert not Draft.objects.exists()


def make_national(code: str) -> None:
    changed = Setting.objects.filter(procedure__code=code, name=SettingName.ONLINE_FILING).update(
        value=OnlineFiling.NATIONAL, link="https://dichvucong.gov.vn/"
    )
    assert changed


def test_a_procedure_that_does_not_exist_gets_a_sentence(world: make.Province, citizen: Client):
    page = citizen.get("/ho-so/nop/9.999999/")

    assert page.status_code == 400
    assert "Không có thủ tục mã 9.999999" in words_of(page)


@pytest.mark.parametrize(
    ("typed", "found"), [("ba to", True), ("Xã Tịnh Khê", True), ("Hà Nội", False), ("<script>", False)]
)
def test_the_office_is_understood_without_accents_and_an_unknown_one_is_told(
    world: make.Province, citizen: Client, typed: str, found: bool
):
    page = citizen.post(f"/ho-so/nop/{make.BUSINESS}/", {"case": "TH1", "place": typed, "on_behalf": "self"})

    assert page.status_code == (302 if found else 422)
    if not found:
        assert "trong tỉnh. Ghi tên xã, phường" in words_of(page)
        assert "<script>" not in page.content.decode().split("<main")[1]


def test_what_the_person_is_known_for_is_filled_in(world: make.Province, citizen: Client):
    draft = begin(citizen)

    owner = draft.answers["owner"]
    assert owner["name"] == "Nguyễn Văn Mẫu" and owner["identity"] == "051085000114"
    assert owner["birth_date"] == "05/11/1985", "as people write it"


def test_checked_facts_are_shown_and_cannot_be_overwritten(world: make.Province, citizen: Client):
    person = make.person_of(world.citizen)
    type(person).objects.filter(pk=person.pk).update(identity_checked_at=make.SETUP)
    draft = begin(citizen)

    page = citizen.get(f"/ho-so/nhap/{draft.reference}/1/")
    assert "từ dữ liệu dân cư" in words_of(page) and "051 ••• ••• 114" in words_of(page)
    citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {**OWNER, "name": "Kẻ Mạo Danh"})

    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    assert "Kẻ Mạo Danh" not in words_of(page) and "Nguyễn Văn Mẫu" in words_of(page)


def test_a_page_is_saved_as_typed_even_when_it_is_wrong(world: make.Province, citizen: Client):
    draft = begin(citizen)

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {**OWNER, "name": "", "birth_date": "31/02/1985"})

    assert page.status_code == 422
    text = words_of(page)
    assert "Còn 2 chỗ cần sửa" in text and "Những gì đã điền vẫn còn nguyên" in text
    assert "<title>Lỗi: " in page.content.decode()
    assert 'value="31/02/1985"' in page.content.decode()
    draft.refresh_from_db()
    assert draft.answers["owner"]["birth_date"] == "31/02/1985"


def test_save_for_later_asks_nothing_and_says_where_it_lies(world: make.Province, citizen: Client):
    draft = begin(citizen)

    response = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {"name": "Nguyễn", "act": "later"}, follow=True)

    assert response.redirect_chain == [("/ho-so/cua-toi/", 302)]
    assert "Đã lưu bản nháp" in words_of(response) and "Đang làm dở" in words_of(response)
    draft.refresh_from_db()
    assert draft.answers["owner"]["name"] == "Nguyễn"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"name": "Ă" * 1000}, "dài 1.000 chữ cái, nhiều nhất 100"),
        ({"birth_date": "05/11/2985"}, "không thể sau hôm nay"),
        ({"birth_date": "05/11/1085"}, "xem lại năm 1085"),
        ({"identity": "05108500011"}, "Số định danh có 12 chữ số, mới ghi 11"),
        ({"phone": "'; DROP TABLE dossiers_draft; --"}, "Số điện thoại có 10 chữ số"),
        ({"sex": "không có trong danh sách"}, "chọn một mục trong danh sách"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(
    world: make.Province, citizen: Client, answer: dict[str, str], sentence: str
):
    draft = begin(citizen)

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {**OWNER, **answer})

    assert page.status_code == 422 and sentence in words_of(page)
    draft.refresh_from_db()
    name, value = next(iter(answer.items()))
    assert draft.answers["owner"][name] == value


def test_scripts_are_text_and_decomposed_letters_are_composed(world: make.Province, citizen: Client):
    draft = begin(citizen)
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Ế <script>alert(1)</script>") + "\x00\u202e"

    response = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {**OWNER, "name": typed})
    assert response.status_code == 302, "a strange name is still a name"

    draft.refresh_from_db()
    assert draft.answers["owner"]["name"] == "Nguyễn Thị Ế <script>alert(1)</script>"
    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_another_persons_draft_does_not_exist_for_me(world: make.Province, citizen: Client):
    draft = begin(citizen)
    other = Client()
    other.force_login(make.person_of(world.ba_to.clerk))

    for path in (f"nhap/{draft.reference}/1/", f"nhap/{draft.reference}/xem-lai/", f"nhap/{draft.reference}/bo/"):
        assert other.get(f"/ho-so/{path}").status_code == 404
    assert other.post(f"/ho-so/nhap/{draft.reference}/1/", OWNER).status_code == 404


def complete(citizen: Client, draft: Draft) -> None:
    """Everything a business needs, page by page through the door."""
    pages = [
        *PAGES,
        {"method": "declare", "social_insurance": "no"},
        {"kind": "person", "promise": "true"},
        {},
        {"phone": "0905123456", "email": "mau@vidu.vn", "delivery": "online"},
    ]
    for number, answers in enumerate(pages, start=1):
        response = citizen.post(f"/ho-so/nhap/{draft.reference}/{number}/", answers)
        assert response.status_code == 302, (number, words_of(response))


def key_of(page) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_a_business_is_applied_for_from_door_to_receipt(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)

    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    text = words_of(page)
    assert "Còn chỗ chưa xong" not in text
    assert "30.000.000 đồng" in text and "Nộp bây giờ mà đủ giấy tờ, hẹn trả" in text and "50.000 đồng" in text
    assert 'xem-lai#id_capital"' in page.content.decode()

    response = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"truthful": "on", "key": key_of(page)})
    dossier = Dossier.objects.get()
    assert response["Location"] == f"/ho-so/da-nop/{dossier.reference}/"
    assert (dossier.channel, dossier.receiving_id, dossier.deciding_id, dossier.unit_id) == (
        "online", world.ba_to.one_stop, world.ba_to.authority, world.ba_to.division,
    )  # fmt: skip
    assert dossier.applicant_id == world.citizen.id and dossier.application.answers["activity"]["capital"] == "30000000"
    assert dossier.code is None, "the official code comes with the reception"

    receipt = words_of(citizen.get(response["Location"]))
    assert "Đã nộp hồ sơ" in receipt and dossier.reference in receipt and "mau@vidu.vn" in receipt
    assert citizen.get(f"/ho-so/nhap/{draft.reference}/1/")["Location"] == f"/ho-so/da-nop/{dossier.reference}/"


def test_a_double_click_makes_one_dossier(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)
    sent = {"truthful": "on", "key": key_of(citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/"))}

    first = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", sent)
    second = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", sent)

    assert first["Location"] == second["Location"] and Dossier.objects.count() == 1


def test_what_one_saw_is_what_one_hands_in(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)
    key = key_of(citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/"))
    citizen.post(f"/ho-so/nhap/{draft.reference}/3/", {**PAGES[2], "capital": "90.000.000"})

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"truthful": "on", "key": key})

    assert page.status_code == 422 and "vừa được sửa ở một trang khác" in words_of(page)
    assert not Dossier.objects.exists()


def test_nothing_is_handed_in_without_the_declaration_or_with_open_questions(world: make.Province, citizen: Client):
    draft = begin(citizen)
    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    assert "Còn chỗ chưa xong" in words_of(page)

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"truthful": "on", "key": key_of(page)})
    assert not Dossier.objects.exists() and "Còn chỗ chưa xong" in words_of(page)

    complete(citizen, draft)
    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    page = citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"key": key_of(page)})
    assert page.status_code == 422 and "Đánh dấu vào ô chịu trách nhiệm" in words_of(page)
    assert not Dossier.objects.exists()


def test_applying_for_another_asks_for_the_paper_that_allows_it(world: make.Province, citizen: Client):
    draft = begin(citizen, on_behalf="other")
    assert "owner" not in draft.answers, "what is known of me is not filled in for another"
    complete_but_contact(citizen, draft)
    last = f"/ho-so/nhap/{draft.reference}/7/"

    page = citizen.post(last, {"phone": "0905123456", "delivery": "counter", "owner_name": "Trần Thị Ví Dụ"})
    assert page.status_code == 422 and "Ghi số hoặc loại giấy ủy quyền" in words_of(page)

    citizen.post(
        last,
        {"phone": "0905123456", "delivery": "counter", "owner_name": "Trần Thị Ví Dụ", "proxy_paper": "số 112"},
    )
    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"truthful": "on", "key": key_of(page)})

    dossier = Dossier.objects.get()
    assert dossier.applicant_name == "Trần Thị Ví Dụ"
    assert (dossier.application.proxy_name, dossier.application.proxy_paper) == ("Nguyễn Văn Mẫu", "số 112")


def complete_but_contact(citizen: Client, draft: Draft) -> None:
    pages = [*PAGES, {"method": "declare", "social_insurance": "no"}, {"kind": "person", "promise": "true"}, {}]
    for number, answers in enumerate(pages, start=1):
        citizen.post(f"/ho-so/nhap/{draft.reference}/{number}/", answers)


def test_files_are_kept_per_paper_judged_by_their_bytes_and_can_be_taken_back(world: make.Province, citizen: Client):
    draft = begin(citizen)
    papers = f"/ho-so/nhap/{draft.reference}/6/"
    good, liar = SimpleUploadedFile("uyquyen.png", PNG), SimpleUploadedFile("uyquyen.pdf", b"MZ\x90 program")

    page = citizen.post(papers, {"files_2": [liar]})
    assert page.status_code == 422 and "Tệp uyquyen.pdf là một chương trình" in words_of(page)

    assert citizen.post(papers, {"files_2": [good], "act": "upload"}).status_code == 302
    page = citizen.get(papers)
    assert "uyquyen.png" in words_of(page)
    draft.refresh_from_db()
    number = draft.files["2"][0]
    assert citizen.get(f"/ho-so/nhap/{draft.reference}/tep/{number}/").status_code == 200

    citizen.post(papers, {"act": f"remove:2:{number}"})
    draft.refresh_from_db()
    assert draft.files["2"] == []


def test_attached_files_go_with_the_dossier(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)
    citizen.post(f"/ho-so/nhap/{draft.reference}/6/", {"files_2": [SimpleUploadedFile("a.png", PNG)]})
    page = citizen.get(f"/ho-so/nhap/{draft.reference}/xem-lai/")
    assert "a.png" in words_of(page)
    citizen.post(f"/ho-so/nhap/{draft.reference}/xem-lai/", {"truthful": "on", "key": key_of(page)})

    assert Scan.objects.get().file.name == "a.png" and Dossier.objects.get().digitised == 1


def test_a_required_paper_is_missed_before_handing_in(world: make.Province, citizen: Client):
    draft = begin(citizen, make.HOUSE)

    page = citizen.post(f"/ho-so/nhap/{draft.reference}/6/", {})

    assert page.status_code == 422
    assert "Chụp hoặc quét giấy này rồi chọn tệp" in words_of(page)
    assert "Không phải nộp:" in words_of(page), "the application itself is filled in on the pages before"


def test_what_was_typed_survives_the_end_of_the_session(world: make.Province, citizen: Client):
    draft = begin(citizen)
    session = citizen.session
    session["begun_at"] = session["seen_at"] = 1
    session.save()

    response = citizen.post(f"/ho-so/nhap/{draft.reference}/1/", {**OWNER, "name": "Nguyễn Văn Còn"})
    assert "/tai-khoan/dang-nhap/" in response["Location"]
    kept = citizen.session["kept_form"]
    citizen.force_login(make.person_of(world.citizen))
    session = citizen.session
    session["kept_form"] = kept
    session.save()

    assert "Nguyễn Văn Còn" in words_of(citizen.get("/tai-khoan/chu-da-go/"))


def test_the_pages_of_an_application_run_a_bounded_number_of_statements(world: make.Province, citizen: Client):
    draft = begin(citizen)
    complete(citizen, draft)
    for path, most in (("1/", 8), ("6/", 9), ("xem-lai/", 10)):
        with CaptureQueriesContext(connection) as seen:
            assert citizen.get(f"/ho-so/nhap/{draft.reference}/{path}").status_code == 200
        assert len(seen) <= most, [one["sql"][:90] for one in seen]
