"""Publishing a period: frozen word for word, signed, corrected only by a named revision; whoever changes it is found."""

import argparse
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.dossiers import actions as dossiers
from motcua.measures import actions, console
from motcua.measures.models import Publication
from motcua.measures.queries import publications
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span
from motcua.measures.queries.set766 import set_for
from motcua.measures.rules import publishing
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.measures.rules.results766 import as_plain
from motcua.measures.terms import Genuine
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from tests import make
from tests.remembered import remembered

NOVEMBER, LATER = Period.parse("2026-11"), make.at("2026-12-05 09:00")


@pytest.fixture
def world(db: None) -> make.Province:
    return november()


@remembered
def november() -> make.Province:
    """Two dossiers of November at one commune: one on time, one open and late at the end of the month."""
    home = make.province()
    done = make.signing(home)
    dossiers.sign(done, by=home.ba_to.leader, at=make.MONDAY + timedelta(hours=5))
    make.received(home)
    return home


def province(world: make.Province) -> Version:
    found = organisations.version_on(world.root, LATER.date())
    assert found is not None
    return found


def seen(world: make.Province, at=LATER) -> str:
    return publishing.figures_hash(publications.content_of(province(world), NOVEMBER, at=at))


def publish(world: make.Province, at=LATER, **more: str) -> Publication:
    words = {"seen": seen(world, at), **more}
    return actions.publish(NOVEMBER, top=province(world), by=world.controller, at=at, **words)


def import_payments(world: make.Province) -> None:
    lines = [
        "unit_code,paid_dossiers,obliged_dossiers,tthc_with_online_payment,fee_tthc_on_dvcqg,fee_tthc",
        "H48,40,50,8,9,10",
    ]
    actions.import_counts(lines, period=NOVEMBER, source="Cổng DVCQG", by=world.controller, at=LATER)


def test_what_is_published_is_what_was_counted_signed_and_written_down(world: make.Province) -> None:
    kept = publish(world)
    said = json.loads(kept.content)
    counted = figures(Asked(world.root, Span(NOVEMBER.last, NOVEMBER.first), LATER.date())).whole
    assert {code: one["numerator"] for code, one in said["province"]["figures"].items()} == {
        code: one.numerator for code, one in counted.items()
    }
    assert "average_hours" not in said["units"][0]["figures"], "one result: its hours are those of one person"
    for code in (code for code, one in MEASURES.items() if not one.amounts):
        total = sum(unit["figures"][code]["numerator"] for unit in said["units"])
        assert total == said["province"]["figures"][code]["numerator"], code
    by_code = {unit["code"]: unit["set766"] for unit in said["units"]}
    assert "H48.116" in by_code, "a unit without any dossier is published too"
    of_unit = as_plain("", "", set_for("H48.115", NOVEMBER, at=LATER).scored)
    assert (by_code["H48.115"]["total"], len(by_code["H48.115"]["groups"])) == (of_unit["total"], 6)
    assert by_code["H48.115"]["groups"][1]["components"][0]["numerator"] == 1
    assert said["province"]["figures"]["received"]["value"] == "2" and said["revision"] == 1
    assert said["set766"]["groups"] and said["set766"]["decision"]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(kept.public_key))
    key.verify(bytes(kept.signature), kept.content.encode())
    entry = Entry.objects.get(stream="measures.publication:2026-11")
    assert entry.facts["sha256"] == kept.sha256 == publishing.hash_of(kept.content)
    assert publications.prove(kept) is Genuine.GENUINE


def test_a_period_that_runs_or_moved_since_it_was_seen_is_refused(world: make.Province) -> None:
    running = make.at("2026-11-30 16:00")
    with pytest.raises(Refused, match="chưa kết thúc"):
        publish(world, at=running)
    before = seen(world)
    import_payments(world)
    with pytest.raises(Refused, match="vừa thay đổi"):
        publish(world, seen=before)
    assert not Publication.objects.exists()


def test_a_correction_stands_beside_with_name_and_reason(world: make.Province) -> None:
    first = publish(world)
    words = {"title": "Đính chính số đếm thanh toán", "reason": "Cổng DVCQG công bố lại số đếm ngày 4/12."}
    with pytest.raises(Refused, match="không khác"):
        publish(world, **words)
    import_payments(world)
    with pytest.raises(Refused) as refused:
        publish(world)
    assert len(refused.value.objections) == 2, "name and reason, both at once"
    second = publish(world, **words)
    assert (second.revision, second.title) == (2, words["title"])
    assert json.loads(second.content)["before_sha256"] == first.sha256
    assert [one.revision for one in publications.published("2026-11")] == [2, 1]
    assert [one.pk for one in publications.latest()] == [second.pk]
    moved = publishing.changes(publishing.content_in(first.content), publishing.content_in(second.content))
    assert [(one.where, one.what) for one in moved] == [
        ("766", code) for code in ("TOTAL", "PAID_ONLINE", "TTHC_WITH_PAYMENT", "TTHC_PAYABLE")
    ]
    assert moved[1].before == "–" and moved[1].after == "4.80 (40/50)"
    first.refresh_from_db()
    assert publications.prove(first) is publications.prove(second) is Genuine.GENUINE
    assert verify_journal().ok


def test_a_correction_of_one_unit_names_the_unit(world: make.Province) -> None:
    first = publish(world)
    lines = ["unit_code,unit,metric,numerator,denominator,ratio,score,max", "H48.115,,REUSED_DIGITIZED_DATA,3,4,75,,2"]
    actions.import_counts(lines, period=NOVEMBER, source="Cổng DVCQG", by=world.controller, at=LATER)
    second = publish(world, title="Đính chính xã Ba Tơ", reason="Cổng gửi lại số đếm.")
    moved = publishing.changes(publishing.content_in(first.content), publishing.content_in(second.content))
    name = organisations.name_on(world.ba_to.authority, LATER.date())
    assert {(one.where, one.what) for one in moved} == {(name, "TOTAL"), (name, "REUSED_DIGITIZED_DATA")}
    assert moved[-1].after == "1.88 (3/4)"


def test_the_database_refuses_every_change(world: make.Province) -> None:
    kept = publish(world)
    for change in (
        lambda: Publication.objects.update(reason="khác"),
        lambda: Publication.objects.filter(pk=kept.pk).update(content=kept.content.replace('"2"', '"3"')),
        lambda: Publication.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ('content = replace(content, \'"value": "2"\', \'"value": "3"\')', Genuine.CHANGED),
        ("signature = '\\x00'", Genuine.NOT_SIGNED),
        ("period = '2026-10'", Genuine.NOT_IN_JOURNAL),
        (None, Genuine.MISSING),
    ],
)
def test_whoever_forces_the_database_is_found(
    world: make.Province, capsys: pytest.CaptureFixture[str], tampering: str | None, finding: Genuine
) -> None:
    publish(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE measures_publication DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE measures_publication SET {tampering}" if tampering else "DELETE FROM measures_publication"
        )
    assert finding in [one.finding for one in publications.prove_all()]
    assert console.run_prove(argparse.Namespace(json=True)) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_a_forger_who_hashes_and_signs_anew_is_told_by_the_journal(world: make.Province) -> None:
    kept = publish(world)
    from_forger = kept.content.replace('"value": "2"', '"value": "3"')
    key = publications.signing_key()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE measures_publication DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE measures_publication SET content = %s, sha256 = %s, signature = %s",
            [from_forger, publishing.hash_of(from_forger), key.sign(from_forger.encode())],
        )
    assert [one.finding for one in publications.prove_all()] == [Genuine.NOT_IN_JOURNAL]


def test_nothing_published_is_in_order(world: make.Province, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.run_prove(argparse.Namespace(json=False)) == 0
    assert "Đúng: 0" in capsys.readouterr().out
