"""More papers: asked once, signed by the leader, and the clock stands still until the applicant answers (M02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import nfc, squeeze
from motcua.dossiers import rules
from motcua.dossiers.actions.making import begin, finish, need_words, to_step
from motcua.dossiers.actions.papers import count_papers
from motcua.dossiers.actions.receiving import need_items
from motcua.dossiers.actions.slips import issue
from motcua.dossiers.actions.telling import tell_answered, tell_applicant
from motcua.dossiers.events import SupplementAnswered, SupplementAsked, SupplementDrafted, SupplementDropped
from motcua.dossiers.models import Dossier, Paper, Scan, Supplement
from motcua.dossiers.queries.clocks import due_of, due_while_asked, last_day_to_answer
from motcua.dossiers.queries.offices import offices_of
from motcua.dossiers.queries.situations import papers_read, place, step_role
from motcua.dossiers.terms import Channel, Move, Slip, Status, Turn
from motcua.organisations import queries as organisations
from motcua.people.terms import Role


@transaction.atomic
def draft_supplement(
    dossier: Dossier, *, reason: str, items: list[dict[str, Any]], by: Actor, at: datetime, seen: int | None = None
) -> Supplement:
    """Ask the leader to sign a request for more papers; the clock runs on until it is signed."""
    begin(Move.DRAFT_SUPPLEMENT, dossier, by=by, at=at, seen=seen)
    drafted = Supplement.objects.create(
        dossier=dossier,
        before_receipt=False,
        reason=need_words(reason, _("lý do cần bổ sung")),
        items=need_items(items, [one.no for one in papers_read(dossier)]),
        drafted_by_id=by.id,
        drafted_at=at,
    )
    changes = {
        "supplement_drafted": True,
        "turn": Turn.LEADER,
        "holding_id": place(dossier, Turn.LEADER),
        "assignee_id": None,
        "held_since": at,
    }
    finish(dossier, SupplementDrafted, by=by, at=at, changes=changes, supplement=drafted.pk)
    return drafted


@transaction.atomic
def sign_supplement(dossier: Dossier, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The leader signs the request: it goes to the applicant, and from this moment the clock stands still."""
    target = begin(Move.SIGN_SUPPLEMENT, dossier, by=by, at=at, seen=seen)
    asked = _drafted(dossier)
    asked.signed_by_id, asked.signed_at = by.id, at
    asked.answer_by = last_day_to_answer(dossier, day_of(at))
    slip = issue(dossier, Slip.M02, by=by, at=at, supplement=asked)
    asked.number = slip.number
    asked.save(update_fields=["signed_by", "signed_at", "answer_by", "number"])
    changes = {
        "status": target,
        "due_at": due_while_asked(dossier, at),
        "supplements": dossier.supplements + 1,
        "supplement_drafted": False,
        "turn": Turn.APPLICANT,
        "holding_id": dossier.unit_id,
        "assignee_id": asked.drafted_by_id,
        "held_since": at,
    }
    finish(
        dossier,
        SupplementAsked,
        by=by,
        at=at,
        changes=changes,
        supplement=asked.pk,
        slip=slip.number,
        before_receipt=False,
    )
    tell_applicant(dossier, "supplement", at=at, reason=asked.reason)


@transaction.atomic
def drop_supplement(dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The leader does not sign and says why; the specialist goes on."""
    target = begin(Move.DROP_SUPPLEMENT, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("ý kiến trả lại"))
    asked = _drafted(dossier)
    asked.dropped_at, asked.dropped_reason = at, reason
    asked.save(update_fields=["dropped_at", "dropped_reason"])
    changes = {
        "status": target,
        "supplement_drafted": False,
        **to_step(dossier, dossier.step, at=at),
        "assignee_id": asked.drafted_by_id,
    }
    finish(dossier, SupplementDropped, by=by, at=at, changes=changes, note=reason, supplement=asked.pk)


def _drafted(dossier: Dossier) -> Supplement:
    return Supplement.objects.select_for_update(of=("self",)).get(
        dossier=dossier, signed_at__isnull=True, dropped_at__isnull=True
    )


@transaction.atomic
def answer_supplement(
    dossier: Dossier,
    *,
    by: Actor,
    at: datetime,
    channel: Channel,
    files: Mapping[int, list[int]] | None = None,
    on_paper: Mapping[int, tuple[int, int]] | None = None,
    words: Mapping[int, str] | None = None,
    note: str = "",
    seen: int | None = None,
) -> None:
    """The applicant brings what was missing: from the track page, or at any counter.

    By number of paper: `files` stored files, `on_paper` originals and copies handed in at the counter, `words` what is said
    instead. Each paper asked for needs one of them; at the counter the clerk's note may say why one did not come. Before
    receipt the dossier waits for the one-stop again; in processing the clock goes on, or begins anew where the procedure
    says so.
    """
    begin(Move.ANSWER_SUPPLEMENT, dossier, by=by, at=at, seen=seen)
    asked = Supplement.objects.select_for_update(of=("self",)).get(
        dossier=dossier, signed_at__isnull=False, answered_at__isnull=True
    )
    brought = _Brought(files or {}, on_paper or {}, _tidy(words or {}))
    lacking = rules.unanswered(asked.items, brought.papers)
    if lacking and not (channel == Channel.COUNTER and note.strip()):
        told = _("Chưa có gì cho: %(papers)s. Mỗi giấy cần tệp, bản giấy, hoặc lời trả lời vì sao không có.")
        raise Refused(told % {"papers": ", ".join(lacking)})
    asked.answered_at, asked.answered_note = at, _in_words(asked, brought.words, note)
    asked.save(update_fields=["answered_at", "answered_note"])
    _take_papers(dossier, asked, brought, by=by, at=at)
    finish(
        dossier,
        SupplementAnswered,
        by=by,
        at=at,
        changes=_back_in_hand(dossier, asked, at=at),
        supplement=asked.pk,
        before_receipt=asked.before_receipt,
        answer_channel=str(channel),
        note=_where(dossier, by, at=at),
        public=True,
    )
    tell_answered(dossier, asked, at=at)


class _Brought(NamedTuple):
    """What came, by number of paper: files, sheets (originals and copies), or words instead."""

    files: Mapping[int, list[int]]
    sheets: Mapping[int, tuple[int, int]]
    words: Mapping[int, str]

    @property
    def papers(self) -> set[int]:
        """The numbers for which anything came at all."""
        came = {*self.words, *(number for number, ids in self.files.items() if ids)}
        return came | {number for number, sheets in self.sheets.items() if any(sheets)}


def _tidy(words: Mapping[int, str]) -> dict[int, str]:
    return {number: squeeze(nfc(text)) for number, text in words.items() if squeeze(text)}


def _in_words(asked: Supplement, words: Mapping[int, str], note: str) -> str:
    """What was said instead of papers, a line each, and the clerk's note."""
    lines = [f"{one['name'] or one['what']}: {words[one['paper']]}" for one in asked.items if one["paper"] in words]
    return "\n".join([*lines, nfc(note).strip()]).strip()[:5000]


def _back_in_hand(dossier: Dossier, asked: Supplement, *, at: datetime) -> dict[str, Any]:
    """Before receipt it waits for the one-stop again; in processing the clock goes on where the request was drafted."""
    if asked.before_receipt:
        return {
            "status": Status.SUBMITTED,
            "turn": Turn.CLERK,
            "holding_id": dossier.receiving_id,
            "held_since": at,
        }
    role = step_role(dossier, dossier.step) or Turn.SPECIALIST
    return {
        "status": Status.PROCESSING,
        "due_at": due_of(dossier, dossier.application).due,
        "turn": role,
        "holding_id": place(dossier, role),
        "assignee_id": asked.drafted_by_id,
        "held_since": at,
    }


def _where(dossier: Dossier, by: Actor, *, at: datetime) -> str:
    """Which counter took the papers, where it is none of those that have to do with the dossier."""
    offices = {dossier.receiving_id, dossier.deciding_id, dossier.holding_id}
    if Role.CLERK not in by.roles or by.agency is None or offices & offices_of(by, day_of(at)):
        return ""
    return f"Nộp tại {organisations.full_names_on([by.agency], day_of(at))[by.agency]}."


def _take_papers(dossier: Dossier, asked: Supplement, brought: _Brought, *, by: Actor, at: datetime) -> None:
    rows = {one.no: one for one in Paper.objects.filter(dossier=dossier).order_by("no", "pk")}
    for number, ids in brought.files.items():
        row = rows.get(number) or _new_paper(dossier, asked, number)
        rows[number] = row
        Scan.objects.bulk_create(
            Scan(paper=row, file_id=one, added_at=at, added_by_id=by.id, supplement=asked) for one in ids
        )
    for number, (originals, copies) in brought.sheets.items():
        if originals + copies:
            row = rows.get(number) or _new_paper(dossier, asked, number)
            row.originals, row.copies, row.handed_in = row.originals + originals, row.copies + copies, True
            row.save(update_fields=["originals", "copies", "handed_in"])
    count_papers(dossier)


def _new_paper(dossier: Dossier, asked: Supplement, number: int) -> Paper:
    """A paper that was not on the list of the procedure bears the name under which it was asked for."""
    name = next((one["name"] or one["what"] for one in asked.items if one["paper"] == number), None)
    if name is None:
        raise Refused(_("Phiếu yêu cầu không có giấy tờ số %(number)s.") % {"number": number})
    return Paper.objects.create(dossier=dossier, no=number, name=name, required=False, handed_in=False)
