"""The paper that a signed result becomes (NĐ 30/2020/NĐ-CP)."""

from datetime import datetime

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.documents import slips
from motcua.dossiers.models import Application, Dossier, Result
from motcua.dossiers.queries.slips import letterhead
from motcua.organisations import queries as organisations


def result_paper(dossier: Dossier, result: Result, *, by: Actor, at: datetime) -> slips.ResultPaper:
    """The decision, certificate or written refusal, filled from the draft; its number is given when it is issued."""
    application = Application.objects.get(pk=dossier.pk)
    issuer = organisations.name_on(dossier.deciding_id, day_of(at))
    facts = [
        slips.Fact(label="Người đề nghị", value=dossier.applicant_name),
        slips.Fact(label="Địa chỉ", value=application.address or "–"),
        slips.Fact(label="Mã hồ sơ", value=dossier.label),
        slips.Fact(label="Nội dung", value=application.subject),
    ]
    return slips.ResultPaper(
        head=letterhead(dossier.deciding_id, day_of(at), number=""),
        qr_text=dossier.label,
        type_name="THÔNG BÁO" if not result.favourable else "QUYẾT ĐỊNH",
        subject=result.title,
        dossier_code=dossier.label,
        issuer=issuer.upper(),
        facts=facts,
        articles=[slips.Article(text=line) for line in result.body.splitlines() if line.strip()],
        recipients=[
            dossier.applicant_name,
            organisations.name_on(dossier.receiving_id, day_of(at)),
            "Lưu: VT, hồ sơ",
        ],
        signer=slips.Signatory(name=by.name, position=issuer, signed_at=at),
    )
