"""The national list is read in wholly or not at all, and a second run changes nothing."""

import argparse
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.actors import SYSTEM
from motcua.base.models import Entry
from motcua.procedures import actions, console
from motcua.procedures.models import Fee, LegalBasis, Paper, Procedure, ProcedureVersion, Term
from tests.make import at
from tests.procedures.crawled import CHANNELS_HEAD, source, write

pytestmark = pytest.mark.django_db
NOW = at("2026-11-16 09:00")


def run(*paths, when=NOW):
    return actions.import_files(paths, by=SYSTEM, at=when)


def test_a_file_becomes_a_published_version_with_all_its_parts(tmp_path):
    report = run(write(tmp_path))

    assert (report.files, report.imported, report.unchanged, report.refused) == (1, 1, 0, [])
    version = ProcedureVersion.objects.get()
    assert (version.state, str(version.in_force_during.lower), version.number) == ("published", "2026-11-16", 1)
    assert version.source == source()
    assert version.plain_name == "Cấp giấy phép thử nghiệm"
    assert version.levels == ["province", "commune"]
    assert list(Term.objects.order_by("no").values_list("channel", "limit")) == [("online", "5wd"), ("counter", "7wd")]
    assert list(Fee.objects.order_by("no").values_list("kind", "amount_vnd")) == [("amount", 100000), ("free", 0)]
    assert list(Paper.objects.order_by("no").values_list("name", "form", "originals", "copies")) == [
        ("Đơn đề nghị;", "Mau01.docx", 1, 0),
        ("Bản sao hợp đồng", "", 0, 1),
    ]
    assert list(LegalBasis.objects.values_list("number", flat=True)) == ["12/2024/QH15"]
    assert set(Entry.objects.values_list("name", flat=True)) == {
        "procedures.ProcedurePublished",
        "procedures.CatalogueImported",
    }


def test_a_second_run_changes_nothing(tmp_path):
    write(tmp_path)
    run(tmp_path)
    before = list(ProcedureVersion.objects.values()), Entry.objects.count()

    report = run(tmp_path)

    assert (report.imported, report.unchanged) == (0, 1)
    assert (list(ProcedureVersion.objects.values()), Entry.objects.count()) == before


def test_changed_text_of_a_known_code_waits_as_a_concept_that_keeps_our_words(tmp_path):
    run(write(tmp_path))
    ProcedureVersion.objects.filter(number=1).update(state="published")

    report = run(write(tmp_path, linh_vuc="Lĩnh vực mới"))

    assert report.imported == 1
    assert list(ProcedureVersion.objects.order_by("number").values_list("number", "state", "field")) == [
        (1, "published", "Thử nghiệm"),
        (2, "concept", "Lĩnh vực mới"),
    ]


def test_the_fixture_keeps_its_form_when_the_national_text_comes(tmp_path):
    actions.load_fixture(by=SYSTEM, at=NOW, codes=["1.001612"])

    run(write(tmp_path, ma_thu_tuc="1.001612", ten_thu_tuc="Đăng ký hộ"))

    concept = ProcedureVersion.objects.get(procedure__code="1.001612", number=2)
    assert concept.state == "concept"
    assert concept.plain_name == "Đăng ký thành lập hộ kinh doanh"
    assert "owner" in concept.form_schema["properties"]


def test_wrong_files_are_refused_by_name_and_stop_no_other(tmp_path):
    good = write(tmp_path, "a.json")
    (tmp_path / "b.json").write_text("{")
    write(tmp_path, "c.json", ma_thu_tuc="9")
    write(tmp_path, "d.json", ten_thu_tuc="Tên khác cho cùng mã")

    report = run(tmp_path, tmp_path / "khong-co.json")

    assert report.imported == 1
    whys = {one["file"].rsplit("/", 1)[1]: one["why"] for one in report.refused}
    assert whys.keys() == {"b.json", "c.json", "d.json", "khong-co.json"}
    assert str(good) in whys["d.json"]


def test_a_file_that_the_database_refuses_leaves_nothing_half_written(tmp_path, monkeypatch):
    write(tmp_path, "a.json")
    write(tmp_path, "b.json", ma_thu_tuc="1.999002")
    original = actions.importing._terms

    def broken(one, version):
        terms = original(one, version)
        if one.code == "1.999002":
            terms[0].channel = "x" * 50
        return terms

    monkeypatch.setattr(actions.importing, "_terms", broken)
    report = run(tmp_path)

    assert [one["file"].rsplit("/", 1)[1] for one in report.refused] == ["b.json"]
    assert list(Procedure.objects.values_list("code", flat=True)) == ["1.999001"]


def test_identical_content_under_two_codes_is_told(tmp_path):
    write(tmp_path, "a.json")
    write(tmp_path, "b.json", ma_thu_tuc="1.999002")

    report = run(tmp_path)

    assert {one["code"] for one in report.warnings} == {"1.999001", "1.999002"}
    assert "giống hệt thủ tục 1.999002" in report.warnings[0]["why"]


def test_what_could_not_be_read_is_listed_with_its_place(tmp_path):
    report = run(write(tmp_path, cach_thuc_thuc_hien=f"{CHANNELS_HEAD}Trực tuyến1Miễn phí"))

    (one,) = report.unread
    assert one["code"] == "1.999001"
    assert (one["field"], one["channel"], one["text"]) == ("limit", "online", "1")
    assert one["at"].startswith("cach_thuc_thuc_hien:")


def test_statements_do_not_grow_with_the_files(tmp_path):
    counts = []
    for start, number in ((0, 3), (100, 30)):
        for index in range(start, start + number):
            write(tmp_path, f"{index}.json", ma_thu_tuc=f"1.9{index:05}", linh_vuc=str(index))
        with CaptureQueriesContext(connection) as found:
            run(tmp_path)
        counts.append(len(found))

    assert counts[1] <= counts[0] + 2


def test_the_command_prints_what_the_issue_asks(tmp_path, capsys):
    write(tmp_path)
    parser = argparse.ArgumentParser()
    console.register(parser.add_subparsers())
    args = parser.parse_args(["procedures", "import", str(tmp_path), "--json"])

    assert args.needs_database
    assert args.run(args) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {"files", "imported", "unchanged", "refused", "unread"} <= printed.keys()
    assert printed["files"] == printed["imported"] == 1
