"""Publishing at the desk, and what everybody may check afterwards."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from motcua.measures.models import Publication
from motcua.measures.rules.publishing import hash_of
from tests import make
from tests.dashboards.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
OCTOBER = "2026-10"


@pytest.fixture
def world() -> make.Province:
    """Two dossiers of October at one commune."""
    cache.clear()
    made = make.province()
    for _ in range(2):
        make.received(made, when=make.at("2026-10-05 09:00"))
    return made


def publish(client: Client, world: make.Province, **more: str) -> object:
    signed_in(client, world.controller)
    page = reverse("dashboards_desk:publish", args=[OCTOBER])
    looked_at = client.get(page)
    return client.post(page, {"seen": looked_at.context["seen"], "looked": "on", **more})


def address(name: str, *more: object) -> str:
    return reverse(f"dashboards:published_{name}", args=[OCTOBER, *more])


def test_looked_at_then_published_then_read_and_checked_by_anybody(
    client: Client, world: make.Province, tmp_path: Path
) -> None:
    signed_in(client, world.controller)
    assert "Tháng 10/2026" in text_of(client.get(reverse("dashboards_desk:published")))
    answer = publish(client, world)
    assert answer.status_code == 302 and answer.url == address("period")  # type: ignore[attr-defined]
    client.logout()
    assert "Tháng 10/2026" in text_of(client.get(reverse("dashboards:published")))
    page = text_of(client.get(address("period")))
    kept = Publication.objects.get()
    assert kept.sha256 in page and "nguyên vẹn, chữ ký đúng" in page and "Hồ sơ tiếp nhận" in page
    files = {kind: client.get(address("file", 1, kind)).content for kind in ("json", "csv", "sig")}
    assert hash_of(files["json"].decode()) == kept.sha256
    said = json.loads(files["json"])
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    of_unit = {one["code"]: one for one in rows if one["unit_code"] == "H48.115"}
    assert (of_unit["QD766.ON_TIME"]["denominator"], of_unit["received"]["value"]) == ("2", "2")
    unit = text_of(client.get(address("unit", 1, "H48.115")))
    assert "nguyên vẹn, chữ ký đúng" in unit and "điểm đo được" in unit and "Phí, lệ phí đã thu" in unit
    assert client.get(address("unit", 1, "H99")).status_code == 404
    received = [row for row in rows if row["code"] == "received"]
    assert received[0]["numerator"] == "2" == str(said["province"]["figures"]["received"]["numerator"])
    assert sum(int(row["numerator"]) for row in received[1:]) == 2
    # The two commands of the page, as anybody would run them.
    (tmp_path / "a.json").write_bytes(files["json"])
    (tmp_path / "a.sig").write_bytes(files["sig"])
    (tmp_path / "k.pem").write_bytes(client.get(address("key", 1)).content)
    command = "openssl pkeyutl -verify -pubin -inkey k.pem -rawin -in a.json -sigfile a.sig"
    proved = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verified Successfully" in proved.stdout, proved.stderr
    (tmp_path / "a.json").write_bytes(files["json"].replace(b'"2"', b'"3"'))
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_without_having_looked_or_with_nothing_new_it_is_refused(client: Client, world: make.Province) -> None:
    signed_in(client, world.controller)
    page = reverse("dashboards_desk:publish", args=[OCTOBER])
    answer = client.post(page, {"seen": "0" * 64})
    assert answer.status_code == 422 and "Đánh dấu là đã xem" in answer.content.decode()
    moved = client.post(page, {"seen": "0" * 64, "looked": "on"})
    assert moved.status_code == 400 and "vừa thay đổi so với lúc xem trước" in moved.content.decode()
    assert not Publication.objects.exists()
    publish(client, world)
    again = text_of(client.get(page))
    assert "không có gì để đính chính" in again and "<form method" not in again
    assert client.get(reverse("dashboards_desk:publish", args=["khong-co"])).status_code == 404
    running = text_of(client.get(reverse("dashboards_desk:publish", args=["2026-11"])))
    assert "Kỳ này chưa kết thúc" in running


def test_a_correction_is_shown_with_what_it_changed(client: Client, world: make.Province) -> None:
    publish(client, world)
    make.received(world, when=make.at("2026-10-30 09:00"))
    publish(client, world, title="Bổ sung hồ sơ nhập muộn", reason="Một hồ sơ nhập vào sau ngày chốt.")
    page = text_of(client.get(address("period")))
    assert "Bổ sung hồ sơ nhập muộn" in page and "Một hồ sơ nhập vào sau ngày chốt." in page
    assert "<s>2</s>" in page and "<b>3</b>" in page
    first = text_of(client.get(address("revision", 1)))
    assert "không phải lần công bố mới nhất" in first and "nguyên vẹn" in first
    assert client.get(address("revision", 3)).status_code == 404
    assert client.get(address("file", 1, "exe")).status_code == 404


def test_what_was_tampered_with_says_so_on_its_page(client: Client, world: make.Province) -> None:
    publish(client, world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE measures_publication DISABLE TRIGGER USER")
        cursor.execute("""UPDATE measures_publication SET content = replace(content, '"value": "2"', '"value": "9"')""")
    assert "Không dùng số liệu này: nội dung đã bị sửa" in text_of(client.get(address("period")))
