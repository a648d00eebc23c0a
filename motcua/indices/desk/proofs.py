"""Where a proof or a live figure leads, for this person: an address they may open, or none."""

from datetime import date, datetime
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.directives import queries as directives
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries.offices import offices_of
from motcua.indices.models import Answer, Evidence
from motcua.indices.queries import name_of_proof
from motcua.indices.terms import Proof
from motcua.measures.rules.declared import MEASURES

ICONS: Final = {
    Proof.FILE: "paperclip",
    Proof.TASK: "list-checks",
    Proof.DOSSIER: "file-text",
    Proof.DOCUMENT: "file-text",
    Proof.FIGURE: "link",
    Proof.LINK: "external-link",
}
FIGURE: Final = "measures.figure:"


class Shown(NamedTuple):
    """One proof as a line of the page."""

    proof: Evidence
    name: str
    url: str
    icon: str
    outside: bool


def shown(proof: Evidence, answer: Answer, by: Actor, at: datetime) -> Shown:
    """A proof with the address behind it."""
    kind = Proof(proof.kind)
    name, url = name_of_proof(proof), ""
    match kind:
        case Proof.FILE:
            url = reverse("indices:file", args=[answer.pk, proof.pk])
        case Proof.FIGURE:
            url = rows_of(proof.target, by, at)
        case Proof.LINK:
            url = proof.target if is_web(proof.target) else ""
        case Proof.TASK | Proof.DOSSIER:
            url = address_of(kind, proof.target, by, at)
        case _:
            pass
    return Shown(proof, name, url, ICONS[kind], kind is Proof.LINK)


def is_web(text: str) -> bool:
    """Only pages of the web are linked; nothing that could run."""
    return text.startswith(("https://", "http://"))


def address_of(kind: Proof, code: str, by: Actor, at: datetime) -> str:
    """The page of a task or a dossier that the person may see; empty for any other."""
    if kind is Proof.TASK:
        task = directives.task_for(code.strip().upper(), by=by, at=at)
        return task.get_absolute_url() if task else ""
    dossier = dossiers.dossier_for(code.strip(), by=by, at=at)
    return dossier.get_absolute_url() if dossier else ""


def rows_of(place: str, by: Actor, at: datetime) -> str:
    """The page with the rows behind a figure, where the person may open it."""
    parts = place.removeprefix(FIGURE).split(":")
    if not place.startswith(FIGURE) or len(parts) != 4 or not parts[1].isdecimal():
        return place if place.startswith("/") and not place.startswith("//") else ""
    code, agency, _first, last = parts
    if int(agency) not in offices_of(by, day_of(at)):
        return ""
    name, words = ("dashboards_desk:rows", [code]) if code in MEASURES else ("dashboards_desk:set766", [])
    try:
        url = reverse(name, args=words)
    except NoReverseMatch:
        return ""
    allowed = getattr(resolve(url).func, "allowed_roles", None)
    if allowed is not None and frozenset(allowed).isdisjoint(by.roles):
        return ""
    return f"{url}?{urlencode({'don-vi': agency, 'ky': last[:4]})}"


def why_not(kind: Proof, target: str, as_of: date | None, by: Actor, at: datetime) -> str:
    """What is wrong with the place of a proof; empty where nothing is."""
    target = target.strip()
    if not target:
        return _("Ghi mã, số ký hiệu hoặc đường dẫn của tài liệu.")
    if kind is Proof.LINK and not is_web(target):
        return _("Đường dẫn phải bắt đầu bằng https:// hoặc http://")
    if kind is Proof.FIGURE and as_of is None:
        return _("Ghi ngày của số liệu vào ô “Tính đến ngày”.")
    if kind in (Proof.TASK, Proof.DOSSIER) and not address_of(kind, target, by, at):
        return _("Không thấy %(kind)s mang mã “%(code)s” trong phần việc của cơ quan bạn.") % {
            "kind": kind.label,
            "code": target[:40],
        }
    return ""
