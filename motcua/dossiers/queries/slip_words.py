"""Words on slips that follow from a dossier and from who signs."""

import re
from datetime import datetime
from typing import Final

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.documents import slips
from motcua.dossiers.models import Application, Supplement
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.workdays.terms import AfterPause

_TAIL: Final = re.compile(r"\s+(Ủy ban nhân dân|UBND|Sở)\b.*$", re.IGNORECASE)
"""The office is named in the head of the paper: the signature says the title alone."""


def signatory(by: Actor, at: datetime, *, collective: str = "") -> slips.Signatory:
    """Who signs, as NĐ 30/2020/NĐ-CP (Phụ lục I, mục 7) writes it: a deputy signs KT. the head; `collective` is signed for (TM.).

    Without a title in the post, or by delegation, the name of the office stands in its place.
    """
    places = people.places_of(by.id, day=day_of(at)) if by.id is not None else []
    title = next((one.title for one in places if (one.agency, one.acting_for) == (by.agency, by.acting_for)), "")
    position = _TAIL.sub("", title).strip()
    if not position:
        return slips.Signatory(name=by.name, position=office_of_signer(by, at))
    above = [f"TM. {collective}"] if collective else []
    if position.casefold().startswith("phó "):
        head = position[4:].strip()
        above.append(f"KT. {head[:1].upper()}{head[1:]}")
    return slips.Signatory(name=by.name, position=position, authority="\n".join(above))


def office_of_signer(by: Actor, at: datetime) -> str:
    """The office in whose name an official acts."""
    return organisations.name_on(by.agency, day_of(at)) if by.agency else ""


def speaker_of(application: Application) -> str:
    """Who stands for the organisation; with a tax code on the slip the personal number goes beside the name."""
    number = application.identity_number if application.tax_code else ""
    return (
        f"{application.representative}, số định danh {number}"
        if application.representative and number
        else application.representative
    )


def clock_meanwhile(application: Application, supplement: Supplement) -> str:
    """What the clock does while the applicant is asked for more."""
    if supplement.before_receipt:
        return "Thời hạn giải quyết tính từ lúc hồ sơ được tiếp nhận."
    if application.after_supplement == AfterPause.RESTART:
        return "Trong lúc chờ, thời hạn giải quyết dừng lại; khi nhận đủ, thời hạn tính lại từ đầu."
    return "Trong lúc chờ, thời hạn giải quyết dừng lại và không tính vào hạn trả kết quả."
