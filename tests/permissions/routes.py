"""Every route of the house, found by walking the resolver; and what the matrix fills into each address and form.

A new route fails until it has an address here (when it has parameters) and its sentences in expected.txt.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.dossiers.terms import Move
from tests import make
from tests.permissions.figures import seen_of
from tests.permissions.world import ENDED, PROJECT, PUBLISHED, World, a_pdf


class Route(NamedTuple):
    """One line of the table of routes."""

    name: str
    pattern: URLPattern
    path: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """What must be known to make an address."""
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.path))


def routes(resolver: URLResolver | None = None, path: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Route]:
    """All routes under their full names; a nameless one under its path."""
    for each in (resolver or get_resolver()).url_patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, here, (*spaces, each.namespace) if each.namespace else spaces)
        else:
            yield Route(":".join((*spaces, each.name or f"/{here}")), each, here)


Filled = Callable[[World], dict[str, Any]]


def _dossier(name: str, **more: Any) -> Filled:
    return lambda world: {"reference": world.dossiers[name].reference, **more}


def _link(name: str, **more: Any) -> Filled:
    return lambda world: {"token": world.tokens[name], **more}


def _procedure(**more: Any) -> Filled:
    return lambda world: {"code": make.BUSINESS, **more}


def _official(world: World) -> dict[str, Any]:
    return {"pk": world.people["the records officer of the commune"].pk}


ADDRESSES: dict[str, Filled] = {
    "procedures:detail": _procedure(),
    "dossiers:apply": _procedure(),
    "dossiers:question": lambda world: {"reference": world.draft.reference, "page": 1},
    "dossiers:check": lambda world: {"reference": world.draft.reference},
    "dossiers:discard": lambda world: {"reference": world.draft.reference},
    "dossiers:draft_file": lambda world: {"reference": world.draft.reference, "number": world.draft.files["1"][0]},
    "dossiers:submitted": _dossier("submitted"),
    "dossiers:tracked": _link("received"),
    "dossiers:slip": lambda world: {"token": world.tokens["received"], "number": world.slip.pk},
    "dossiers:result": _link("done"),
    "dossiers:answer": _link("asked"),
    "dossiers:withdraw": _link("received"),
    "dossiers:rate": _link("done"),
    "documents:verify_document": lambda world: {"token": world.document.verify_token},
    "documents:true_copy": lambda world: {"token": world.document.verify_token},
    "people:enter_code": lambda world: {"ident": world.code.pk},
    "people:invitation": lambda world: {"token": "khong-co"},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "khong-co"},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
    "mfa_edit_webauthn": lambda world: {"pk": 1},
    "openid_connect_login": lambda world: {"provider_id": "vneid"},
    "openid_connect_callback": lambda world: {"provider_id": "vneid"},
    "desk:sign_one": _dossier("signing"),
    "dossiers_desk:received": _dossier("received"),
    "dossiers_desk:detail": _dossier("processing"),
    "dossiers_desk:answer": _dossier("asked"),
    "dossiers_desk:payment": _dossier("received"),
    "dossiers_desk:attach": _dossier("processing", no=1),
    "dossiers_desk:slip": lambda world: {"reference": world.dossiers["received"].reference, "number": world.slip.pk},
    "dossiers_desk:control": _dossier("processing"),
    "dossiers_desk:scan": lambda world: {"reference": world.dossiers["received"].reference, "number": world.scan.pk},
    "dossiers_desk:result": _dossier("done"),
    "procedures_desk:detail": _procedure(),
    "procedures_desk:draft": _procedure(),
    "procedures_desk:publish": _procedure(number=1),
    "procedures_desk:withdraw": _procedure(number=1),
    "procedures_desk:edit": _procedure(number=2),
    "procedures_desk:words": _procedure(number=2),
    "procedures_desk:papers": _procedure(number=2),
    "procedures_desk:questions": _procedure(number=2),
    "procedures_desk:question_group": _procedure(number=2, key="nhom-moi"),
    "procedures_desk:route": _procedure(number=1),
    "procedures_desk:filing": _procedure(),
    "directives:promise": lambda world: {"code": world.task.code},
    "directives_desk:task": lambda world: {"code": world.task.code},
    "directives_desk:move": lambda world: {"code": world.task.code, "verb": "confirm"},
    "directives_desk:evidence": lambda world: {"code": world.task.code, "pk": world.evidence.pk},
    "directives_desk:acknowledge": lambda world: {"code": world.task.code, "pk": world.urging.pk},
    "directives_desk:end_series": lambda world: {"pk": world.series.pk},
    "directives_desk:directive": lambda world: {"pk": world.directive.pk},
    "directives_desk:original": lambda world: {"pk": world.directive.pk},
    "directives_desk:header": lambda world: {"pk": world.directive.pk},
    "directives_desk:add": lambda world: {"pk": world.directive.pk},
    "directives_desk:decide": lambda world: {"pk": world.proposal.pk, "verb": "bo"},
    "directives_desk:take_back": lambda world: {"pk": world.proposal.pk},
    "people_desk:revoke": lambda world: {"pk": world.delegation.pk},
    "people_desk:end_post": lambda world: {"pk": world.post.pk},
    "people_desk:person": _official,
    "people_desk:appoint": _official,
    "people_desk:invite": _official,
    "people_desk:switch_account": _official,
}

ADDRESSES |= {
    "desk:calendar_day": lambda world: {"day": "2026-09-02"},
    "desk:calendar_remove_day": lambda world: {"day": "2026-09-02"},
    "desk:agency": lambda world: {"pk": world.province.ba_to.authority},
    "desk:agency_correct": lambda world: {"pk": world.province.ba_to.authority},
    "desk:agency_deed": lambda world: {"pk": world.province.ba_to.authority, "slug": "doi-ten"},
    "dashboards:dataset": lambda world: {"name": "don-vi", "kind": "csv"},
    "dashboards:rows": lambda world: {"code": "received"},
    "dashboards:procedure_rows": lambda world: {"code": "1.001612"},
    "dashboards:set766_rows": lambda world: {"code": "ON_TIME"},
    "dashboards_desk:set766_rows": lambda world: {"code": "ON_TIME"},
    **{
        f"dashboards:{name}": lambda world, more=more: {"text": PUBLISHED, **more}
        for name, more in {
            "published_period": {},
            "published_revision": {"revision": 1},
            "published_unit": {"revision": 1, "code": "H48.115"},
            "published_key": {"revision": 1},
            "published_file": {"revision": 1, "kind": "json"},
        }.items()
    },
    "dashboards_desk:rows": lambda world: {"code": "open"},
    "dashboards_desk:units_file": lambda world: {"kind": "csv"},
    "dashboards_desk:rows_file": lambda world: {"code": "open", "kind": "csv"},
    "dashboards_desk:publish": lambda world: {"text": ENDED},
    "api:get_dossier": _dossier("processing"),
    **{
        f"api:{name}": lambda world: {"code": "received"}
        for name in ("get_figure", "figure_dossiers", "figure_procedures")
    },
    "api:published_period": lambda world: {"period": PUBLISHED},
    "api:dossier_options": _dossier("processing"),
    "api:get_procedure": _procedure(),
    "api:get_offer": _procedure(),
    "api:get_agency": lambda world: {"code": "H48.115"},
    "api:/api/v1/<path:rest>": lambda world: {},
}
ADDRESSES |= {
    "investments_desk:breakdown": lambda world: {"slug": "chu-dau-tu"},
    **{f"investments_desk:{name}": lambda world: {"code": PROJECT} for name in ("project", "amend", "plan", "record")},
}
ADDRESSES |= {
    **{
        f"indices:{name}": lambda world: {"pk": world.round.pk}
        for name in ("round", "propose", "assign", "ranking", "report")
    },
    **{
        f"standing:{name}": lambda world: {"pk": world.closed_round.pk}
        for name in ("round", "round_csv", "round_report")
    },
    "standing:unit": lambda world: {"pk": world.closed_round.pk, "unit": world.closed_round.units.first().pk},
    **{f"standing:{name}": lambda world: {"index": "pci"} for name in ("index", "table", "csv", "index_report")},
    "indices:step": lambda world: {"pk": world.round.pk, "verb": "extend"},
    **{
        f"indices:{name}": lambda world: {"pk": world.round.pk, "unit": world.answer.unit_id}
        for name in ("sheet", "confirm", "print", "export", "take_in")
    },
    **{f"indices:{name}": lambda world: {"pk": world.answer.pk} for name in ("answer", "reckon")},
    "indices:act": lambda world: {"pk": world.answer.pk, "verb": "self_score"},
    "indices:file": lambda world: {"pk": world.answer.pk, "evidence": world.proof.pk},
    "indices:proof": lambda world: {"pk": world.answer.pk, "evidence": world.cited.pk},
    **{f"indices:{name}": lambda world: {"pk": world.round.pk} for name in ("try_points", "lost", "road", "years")},
    "indices:point_tasks": lambda world: {"pk": world.answer.pk},
    "indices:propose_task": lambda world: {"pk": world.round.pk, "answer": world.answer.pk},
    "indices:target": lambda world: {"target": world.target.pk},
    **{
        f"indices:{name}": lambda world: {"key": world.round.set_version_id}
        for name in ("set", "set_difference", "set_sign")
    },
    "indices:set_export": lambda world: {"key": "qd766-province", "kind": "yaml"},
    "indices:set_use": lambda world: {"key": "qd766-province"},
}
ADDRESSES |= {
    **{f"alerts:{name}": lambda world: {"pk": world.alert.pk} for name in ("acknowledge", "propose")},
    "alerts:threshold": lambda world: {"code": "tre-han"},
}
ASKED_WITH = {
    "api:figure_dossiers": {"agency": "H48.115"},
    "api:figure_procedures": {"agency": "H48.115", "period": PUBLISHED},
    "api:find_agencies": {"q": "ba to"},
    "api:search_dossiers": {"q": "H48"},
    "api:search_procedures": {"q": "ho"},
}
"""What stands behind the question mark."""

NAMELESS = {"api:/api/v1/<path:rest>": "/api/v1/khong-co"}
"""The one route without a name: the API's answer for everything that is not there."""

SENT: dict[str, Filled] = {
    "desk:sign_many": lambda world: {"chon": [world.dossiers["signing"].reference]},
    "people:choose_place": lambda world: {"place": f"d{world.delegation.pk}"},
    "people:preferences": lambda world: {"language": "vi"},
    "people:contact": lambda world: {"phone": "0905123457"},
    "dossiers:discard": lambda world: {"yes": "1"},
    "dossiers:withdraw": lambda world: {"reason": "Không cần nữa"},
    "dossiers:rate": lambda world: {"score": "5"},
    "dossiers_desk:attach": lambda world: {"files": SimpleUploadedFile("a.pdf", a_pdf())},
    "dossiers_desk:payment": lambda world: {"way": "cash"},
    "procedures_desk:publish": lambda world: {"since": "2026-12-01", "decision": "QĐ 3"},
    "people_desk:end_post": lambda world: {"last_day": f"{world.when:%d/%m/%Y}"},
    "dashboards_desk:publish": lambda world: {"seen": seen_of(world, ENDED), "looked": "on"},
    "account_login": lambda world: {"login": "ai-do", "password": "sai"},
}

# The page of moves is one route with many meanings: each move is decided on a dossier that waits for just that.
_REASON = {"reason": "Lý do rõ ràng"}
MOVES: dict[Move, tuple[str, Filled]] = {
    Move.RECEIVE: ("submitted", lambda world: {"go": "1"}),
    Move.ASK_BEFORE: ("submitted", lambda world: {**_REASON, "other": "Bản vẽ"}),
    Move.REFUSE: ("submitted", lambda world: _REASON),
    Move.ANSWER_AT_ONCE: ("at once", lambda world: {"handed_to": "Người nhận", "title": "Bản sao"}),
    Move.CORRECT: (
        "received",
        lambda world: {**_REASON, "applicant_name": "Võ Thị Yến", "phone": "0935777888", "delivery": "counter"},
    ),
    Move.HAND_OVER: ("received", lambda world: {"unit": world.province.ba_to.division}),
    Move.ASSIGN: ("processing", lambda world: {"to": world.people["the specialist of the commune"].pk}),
    Move.ADVANCE: ("signed", lambda world: {"go": "1"}),
    Move.SEND_BACK: ("second step", lambda world: _REASON),
    Move.DRAFT_SUPPLEMENT: ("processing", lambda world: {**_REASON, "other": "Bản vẽ"}),
    Move.SIGN_SUPPLEMENT: ("drafted", lambda world: {"go": "1"}),
    Move.DROP_SUPPLEMENT: ("drafted", lambda world: _REASON),
    Move.SUBMIT_RESULT: ("processing", lambda world: {"favourable": "yes", "title": "Giấy", "body": "Chứng nhận."}),
    Move.GIVE_BACK: ("signing", lambda world: _REASON),
    Move.SIGN: ("signing", lambda world: {"go": "1"}),
    Move.EXTEND: (
        "processing",
        lambda world: {**_REASON, "new_due_at": f"{next_monday(world):%Y-%m-%d}T10:00"},
    ),
    Move.WITHDRAW: ("received", lambda world: _REASON),
    Move.STOP: ("processing", lambda world: {**_REASON, "legal_basis": "Nghị định 118"}),
    Move.RETURN_RESULT: ("done", lambda world: {"way": "counter", "handed_to": "Nguyễn Văn Mẫu"}),
}


def next_monday(world: World) -> Any:
    """A working day far enough ahead for a new date."""
    day = world.when + timedelta(days=35)
    return day - timedelta(days=day.weekday())


NOWHERE = {
    "reference": "KHONGCOHOSONAYCA",
    "token": "khong-co",
    "code": "9.999999",
    "text": "2025-01",
    "ident": uuid.UUID(int=7),
}
"""Names of things that do not exist, of the same shape as those that do."""
