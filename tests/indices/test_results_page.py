"""The desk's page of the whole country: results come in whole, from those who may, and are seen at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.indices.models import OfficialResult
from motcua.people.terms import Role
from tests import make

pytestmark = pytest.mark.django_db
TABLE = "unit,score,rank\nQuảng Ngãi,62.5,2\nKon Tum,58.1,3\nĐà Nẵng,66.45,1\n"


def signed_in(agency: int, name: str) -> Client:
    client = Client()
    client.force_login(make.person_of(make.official(name, name, agency, Role.LEADER)))
    return client


def send(client: Client, content: str, **more: object) -> tuple[int, str]:
    file = SimpleUploadedFile("pci.csv", content.encode(), content_type="text/csv")
    words = {"file": file, "index": "PCI", "year": 2013, "source": "VCCI", **more}
    answer = client.post("/ban-lam-viec/chi-so/ca-nuoc/", words)
    return answer.status_code, answer.content.decode()


def test_a_leader_of_the_province_takes_a_table_in_and_everybody_sees_it() -> None:
    province = make.province()
    client = signed_in(province.root, "chu.tich")
    assert "Chưa nhập kết quả nào" in client.get("/ban-lam-viec/chi-so/ca-nuoc/").content.decode()
    status, page = send(client, TABLE.replace("58.1", "năm tám"))
    assert status == 422 and "Dòng 3" in page and not OfficialResult.objects.exists()
    assert send(client, TABLE, index=" pci ")[0] == 302
    page = client.get("/ban-lam-viec/chi-so/ca-nuoc/").content.decode()
    assert "Hạng 2 trong 3" in page
    assert "Hạng 2 trong 3" in Client().get("/chi-so/pci/").content.decode()


def test_a_commune_reads_and_cannot_take_in() -> None:
    province = make.province()
    client = signed_in(province.ba_to.authority, "chu.tich.xa")
    assert "Nhập bảng công bố" not in client.get("/ban-lam-viec/chi-so/ca-nuoc/").content.decode()
    status, page = send(client, TABLE)
    assert status == 422 and "cơ quan cấp tỉnh" in page and not OfficialResult.objects.exists()


def test_an_index_of_any_name_has_an_address() -> None:
    province = make.province()
    client = signed_in(province.root, "chu.tich")
    assert send(client, TABLE, index="Chỉ số A/B, mới")[0] == 302
    assert Client().get("/chi-so/chi-so-a-b-moi/").status_code == 200
    assert Client().get("/chi-so/khong-co/").status_code == 404
    assert Client().get("/chi-so/chi-so-a-b-moi/?nam=abc").status_code == 200
