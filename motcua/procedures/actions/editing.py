"""Writing a concept: its words, who decides, its papers, its form. A published version is never touched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import nfc, sort_key, squeeze, unaccented
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.procedures.events import ConceptChanged
from motcua.procedures.models import Case, Paper, ProcedureVersion, ResponsibleAgency
from motcua.procedures.rules.editing import QuestionRow, row_objections, with_group
from motcua.procedures.rules.forms import schema_objections
from motcua.procedures.terms import DecidingLevel, VersionState

LINES: Final = ("name", "plain_name", "summary", "field", "result_name", "executing_authority", "competent_authority")
TEXTS: Final = ("applicants", "conditions", "steps_text", "reception_address")
CHOSEN: Final = ("deciding_level", "answered_at_once")
MOST_PAPERS: Final = 100


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper as the controller writes it."""

    name: str
    originals: int = 0
    copies: int = 0
    required: bool = True
    form: str = ""
    condition: str = ""


@transaction.atomic
def change_words(version: ProcedureVersion, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Set the texts of a concept: name, who may apply, conditions, the course, the result, the level that decides."""
    lock_concept(version)
    for name in LINES:
        setattr(version, name, squeeze(str(values[name])))
    for name in TEXTS:
        setattr(version, name, nfc(str(values[name])).strip())
    for name in CHOSEN:
        setattr(version, name, values[name])
    if not version.name:
        raise Refused(_("Ghi tên thủ tục."))
    version.results = [
        {**(version.results[0] if version.results else {"code": ""}), "name": version.result_name},
        *version.results[1:],
    ]
    shown = version.plain_name or version.name
    version.sort_key = sort_key(shown)
    version.search_text = unaccented(
        f"{version.procedure.code} {version.plain_name} {version.name} {version.field} {version.summary}"
    )
    version.save(update_fields=[*LINES, *TEXTS, *CHOSEN, "results", "sort_key", "search_text"])
    tell_changed(version, "words", by=by, at=at)


@transaction.atomic
def change_responsible(version: ProcedureVersion, agencies: Collection[int], *, by: Actor, at: datetime) -> None:
    """Say which departments of this province decide; none named: any of the level may. Communes all decide."""
    lock_concept(version)
    standing = {node.version.agency: node.version.level for node in organisations.tree_on(day_of(at))}
    if version.deciding_level != DecidingLevel.DEPARTMENT and agencies:
        raise Refused(_("Chỉ chọn cơ quan giải quyết cho thủ tục của sở, ngành."))
    if any(standing.get(one) is not Level.DEPARTMENT for one in agencies):
        raise Refused(_("Chọn sở, ngành đang hoạt động của tỉnh."))
    ResponsibleAgency.objects.filter(version=version).delete()
    ResponsibleAgency.objects.bulk_create(
        ResponsibleAgency(version=version, agency_id=one) for one in sorted(set(agencies))
    )
    tell_changed(version, "responsible", by=by, at=at)


@transaction.atomic
def change_papers(
    version: ProcedureVersion, case: Case, rows: Sequence[PaperRow], *, name: str = "", by: Actor, at: datetime
) -> None:
    """Write the list of papers of one case anew, in this order."""
    lock_concept(version)
    if case.version_id != version.pk:
        raise Refused(_("Trường hợp này không thuộc bản đang sửa."))
    rows = [one for one in rows if squeeze(one.name)]
    if len(rows) > MOST_PAPERS:
        raise Refused(_("Một trường hợp có nhiều nhất %(most)s giấy tờ.") % {"most": MOST_PAPERS})
    Case.objects.filter(pk=case.pk).update(name=squeeze(name)[:500])
    Paper.objects.filter(case=case).delete()
    Paper.objects.bulk_create(
        Paper(
            case=case,
            no=no,
            name=squeeze(one.name),
            text=squeeze(one.name),
            originals=one.originals,
            copies=one.copies,
            required=one.required,
            form=squeeze(one.form),
            condition=squeeze(one.condition),
        )
        for no, one in enumerate(rows, start=1)
    )
    tell_changed(version, "papers", by=by, at=at)


@transaction.atomic
def add_case(version: ProcedureVersion, *, name: str, by: Actor, at: datetime) -> Case:
    """One more variant with papers of its own; it begins with those of the first."""
    lock_concept(version)
    if not squeeze(name):
        raise Refused(_("Ghi tên trường hợp."))
    cases = list(version.cases.order_by("no", "pk"))
    number = max((one.no for one in cases), default=0) + 1
    codes = {one.code for one in cases}
    code = next(f"TH{n}" for n in range(number, number + len(codes) + 1) if f"TH{n}" not in codes)
    made = Case.objects.create(version=version, no=number, code=code, name=squeeze(name)[:500])
    papers = list(cases[0].papers.order_by("no", "pk")) if cases else []
    for one in papers:
        one.pk, one.case_id = None, made.pk
    Paper.objects.bulk_create(papers)
    tell_changed(version, "papers", by=by, at=at)
    return made


@transaction.atomic
def change_form(
    version: ProcedureVersion, key: str, *, title: str, hint: str, rows: Sequence[QuestionRow], by: Actor, at: datetime
) -> None:
    """Write one group of questions of the application form; an empty key makes a new group, no questions removes it."""
    lock_concept(version)
    found = row_objections(rows)
    if rows and not squeeze(title):
        found.append(_("Ghi tên nhóm câu hỏi."))
    if found:
        raise Refused(found)
    schema = with_group(version.form_schema, key, title=squeeze(title), hint=squeeze(hint), rows=rows)
    if found := schema_objections(schema):
        raise Refused(found)
    version.form_schema = schema
    version.save(update_fields=["form_schema"])
    tell_changed(version, "form", by=by, at=at)


def lock_concept(version: ProcedureVersion) -> None:
    """The concept under the lock; a published version is refused."""
    version.refresh_from_db(
        from_queryset=ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure")
    )
    if version.state != VersionState.CONCEPT:
        raise Refused(_("Bản đã công bố không sửa được. Lập bản mới rồi công bố."))


def tell_changed(version: ProcedureVersion, part: str, *, by: Actor, at: datetime) -> None:
    """Write into the journal which part of the concept was written anew."""
    event = ConceptChanged(procedure=version.procedure_id, version=version.pk, number=version.number, part=part)
    journal.record(event, stream=f"procedures.procedure:{version.procedure_id}", by=by, at=at)
