"""Sketched dossiers hold together like any others: chains verify, rows say what the journal says, figures add up."""

from datetime import date

import pytest
from django.db.models import F

from motcua.base.models import Entry, Head
from motcua.base.verify import verify_journal
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions.bulk.sketched import Sketch, sketch
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import showing as asked
from motcua.dossiers.terms import Delivery, PaymentWay
from motcua.measures import actions
from motcua.measures.queries import recount
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span, fine_sums
from motcua.organisations import queries as organisations
from motcua.procedures import queries as catalogue
from motcua.procedures.queries.offers import offer
from tests import make

NOW = make.at("2026-11-20 12:00")


def kinds_of(world: make.Province) -> list[Sketch]:
    found = []
    for commune in (world.ba_to, world.tinh_khe):
        version = organisations.version_on(commune.authority, NOW.date())
        assert version is not None
        for code, days in ((make.BUSINESS, 4), (make.BIRTH, 0), (make.HOUSE, 20)):
            asked = offer(code, channel="counter", day=NOW.date())
            found.append(
                Sketch(
                    root=world.root,
                    receiving=commune.one_stop,
                    deciding=commune.authority,
                    unit=commune.division,
                    agency_code=version.code,
                    clerk=commune.clerk.id or 0,
                    leader=commune.leader.id or 0,
                    procedure_id=asked.procedure_id,
                    version_id=asked.version_id,
                    procedure=asked.code,
                    version=asked.version_number,
                    case_id=asked.case_id,
                    case_code=asked.case_code,
                    days=days,
                    fee_vnd=asked.fee_vnd,
                )
            )
    return found


@pytest.mark.django_db
def test_sketched_dossiers_hold_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    catalogue.forget_offers()
    world = make.province()
    kinds = kinds_of(world)
    entries = sketch(300, kinds=kinds, first=date(2026, 9, 1), last=date(2026, 10, 15), now=NOW)
    entries += sketch(300, kinds=kinds, first=date(2026, 10, 16), last=date(2026, 11, 20), now=NOW, seed=0.25)
    assert verify_journal().ok
    assert Dossier.objects.count() == 600
    assert {*Dossier.objects.values_list("status", flat=True)} >= {"returned", "refused", "processing"}
    make.received(world, when=NOW)
    levels = fine_sums(Span.now(NOW), by=("level",), columns=("received",))
    assert actions.fold_all(at=NOW) >= entries
    assert levels == fine_sums(Span.now(NOW), by=("level",), columns=("received",))
    assert levels["commune",]["received"] == Dossier.objects.filter(received_at__isnull=False).count()
    assert recount.check() == []
    found = figures(Asked.now(world.root, at=NOW)).whole
    assert found["received"].numerator == sum(
        found[one].numerator for one in ("handled", "withdrawn", "stopped", "closed", "open")
    )


@pytest.mark.django_db
def test_a_sketched_entry_says_what_the_act_says() -> None:
    """The same facts, of the same kinds, as when people receive, hand over, sign and return."""
    catalogue.forget_offers()
    world = make.province()
    kinds, first = kinds_of(world), date(2026, 10, 1)
    sketch(300, kinds=kinds, first=first, last=NOW.date(), now=NOW, names=["Trần Thị Én"], sealed=True)
    assert not Head.objects.exclude(sealed_seq=F("seq")).filter(stream__startswith="dossiers.dossier:").exists()
    assert Dossier.objects.filter(applicant_name="Trần Thị Én", applicant_search="tran thi en").count() == 300
    sketched = _words()
    signed, refused = make.signing(world), make.submitted(world)
    dossiers.sign(signed, by=world.ba_to.leader, at=make.at("2026-03-05 15:00"))
    dossiers.take_payment(signed, way=PaymentWay.CASH, payer="", by=world.ba_to.clerk, at=make.at("2026-03-05 15:30"))
    dossiers.advance(signed, by=world.ba_to.records, at=make.at("2026-03-05 16:00"))
    dossiers.return_result(
        signed, way=Delivery.COUNTER, handed_to="Mẫu", by=world.ba_to.clerk, at=make.at("2026-03-06 09:00")
    )
    dossiers.refuse(refused, reason="Không thuộc nơi này.", by=world.ba_to.clerk, at=make.at("2026-03-02 15:00"))
    acted = _words({signed.stream, refused.stream})
    assert len(sketched) == 6
    for received in Dossier.objects.filter(received_at__isnull=False).select_related("application"):
        at_once = received.received_at == received.returned_at
        assert bool(asked.clock_of(received, NOW)["remaining"]) is not at_once  # the page opens
    for name, words in sketched.items():
        assert acted[name] == words, name


def _words(streams: set[str] | None = None) -> dict[str, set[tuple[str, str]]]:
    """By event the names of its facts and of what kind each is."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in Entry.objects.filter(stream__startswith="dossiers.dossier:"):
        if not one.facts.get("at_once") and (streams is None or one.stream in streams):
            plain = {(key, type(value).__name__) for key, value in one.facts.items()}
            found.setdefault(one.name, set()).update(plain)
    return found
