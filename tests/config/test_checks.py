"""`motcua check` tells what it found; it never says yes to what it did not see."""

import argparse
import json

import pytest
from django.db import connection

from motcua.base import apart
from motcua.config import checks

pytestmark = pytest.mark.django_db


def found() -> dict[str, bool | None]:
    return {line.name: line.holds for line in checks.measure()}


def test_a_server_that_may_lose_data_is_named():
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    assert found()["Chịu được mất điện: fsync"] is (fsync == "on")


def test_the_demonstration_is_not_ready_for_real_work(capsys):
    assert checks.run(argparse.Namespace(json=True)) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ready"] is False
    assert {"name", "holds", "why"} == set(told["lines"][0])


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("DEBUG", True, "Tắt chế độ gỡ lỗi"),
        ("SECRET_KEY", "short", "Khóa bí mật riêng"),
        ("ALLOWED_HOSTS", ["*"], "Tên miền được nêu rõ"),
        ("SITE_URL", "http://motcua.example", "Địa chỉ công khai là https"),
        ("SESSION_COOKIE_SECURE", False, "Cookie và HSTS chỉ qua https"),
        ("EMAIL_HOST", "", "Có máy chủ thư"),
    ],
)
def test_each_unsafe_setting_says_no(settings, monkeypatch, setting, value, line):
    monkeypatch.setenv("ALLOWED_HOSTS", "motcua.example")
    for name, safe in {
        "DEBUG": False,
        "SECRET_KEY": "x" * 64,
        "ALLOWED_HOSTS": ["motcua.example"],
        "SITE_URL": "https://motcua.example",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 1,
        "EMAIL_HOST": "mail.example",
    }.items():
        setattr(settings, name, safe)
    assert found()[line] is True
    setattr(settings, setting, value)
    assert found()[line] is False
    assert any(fault.startswith(line) for fault in checks.faults())


def test_keys_that_others_can_read_say_no(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    assert found()["Thư mục khóa chỉ chủ đọc được"] is None
    settings.KEYS_ROOT.mkdir(mode=0o755)
    assert found()["Thư mục khóa chỉ chủ đọc được"] is False
    settings.KEYS_ROOT.chmod(0o700)
    assert found()["Thư mục khóa chỉ chủ đọc được"] is True


def test_a_machine_that_cannot_read_strangers_files_apart_is_named(monkeypatch):
    line = "Tệp của người ngoài được đọc ở tiến trình riêng"
    assert found()[line] is True
    monkeypatch.setattr(apart, "_program", apart._Program())
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert found()[line] is False
