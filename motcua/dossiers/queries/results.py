"""The paper that a signed result becomes (NĐ 30/2020/NĐ-CP)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import squeeze
from motcua.documents import slips
from motcua.dossiers.models import Application, Dossier, Result
from motcua.dossiers.queries.slip_words import signatory
from motcua.dossiers.queries.slips import letterhead
from motcua.organisations import queries as organisations

_LONGEST_HEAD: Final = 80


def _headed(result: Result, application: Application) -> tuple[str, str]:
    """The type of the paper in capitals and what stands below it: a certificate or permit is headed by its own name."""
    title = squeeze(result.title)
    if not result.favourable:
        return "THÔNG BÁO", title
    spelled = title.casefold()
    if spelled.startswith(("giấy ", "trích lục")) and len(title) <= _LONGEST_HEAD:
        return title.upper(), application.subject
    rest = title[len(_DECISION) :].strip(" :") if spelled.startswith(_DECISION) else title
    return _DECISION.upper(), rest[:1].upper() + rest[1:]


_DECISION: Final = "quyết định"
_PEOPLES_COMMITTEE: Final = "Ủy ban nhân dân"


def _collective(issuer: str) -> str:
    """A people's committee decides as a body: its leader signs for it (TM.); the head of a department signs alone."""
    return _PEOPLES_COMMITTEE if issuer.casefold().startswith(_PEOPLES_COMMITTEE.casefold()) else ""


def result_paper(dossier: Dossier, result: Result, *, by: Actor, at: datetime) -> slips.ResultPaper:
    """The decision, certificate or written refusal, filled from the draft; its number is given when it is issued."""
    application = Application.objects.get(pk=dossier.pk)
    issuer = organisations.name_on(dossier.deciding_id, day_of(at))
    type_name, subject = _headed(result, application)
    facts = [
        slips.Fact(label="Người đề nghị", value=dossier.applicant_name),
        slips.Fact(label="Địa chỉ", value=application.address or "–"),
        slips.Fact(label="Mã hồ sơ", value=dossier.label),
        slips.Fact(label="Nội dung", value=application.subject),
    ]
    return slips.ResultPaper(
        head=letterhead(dossier.deciding_id, day_of(at), number=""),
        qr_text=dossier.label,
        type_name=type_name,
        subject=subject,
        dossier_code=dossier.label,
        issuer=issuer.upper(),
        facts=facts,
        articles=[slips.Article(text=line) for line in result.body.splitlines() if line.strip()],
        recipients=[
            dossier.applicant_name,
            organisations.name_on(dossier.receiving_id, day_of(at)),
            "Lưu: VT, hồ sơ",
        ],
        signer=replace(signatory(by, at, collective=_collective(issuer)), signed_at=at),
    )
