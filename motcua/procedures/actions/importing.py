"""Reading the national list: files become versions, in batches; a file is imported wholly or not at all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Field, JSONField, Max, Model
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import sort_key, unaccented
from motcua.procedures.events import CatalogueImported, ProcedurePublished
from motcua.procedures.models import Case, Fee, LegalBasis, Paper, Procedure, ProcedureVersion, Term
from motcua.procedures.rules.crawl import CrawledProcedure, Unreadable, crawled
from motcua.procedures.terms import VersionState

BATCH: Final = 200
LARGEST: Final = 5 * 1024 * 1024
_ROWS: Final = 1000
_OURS: Final = (
    "plain_name", "summary", "matter", "deciding_level", "form_schema", "rule_set", "answered_at_once",
    "non_territorial",
)  # fmt: skip


@dataclass(slots=True)
class ImportReport:
    """What became of the files; `unread` lists the limits, fees and papers that stayed text."""

    files: int = 0
    imported: int = 0
    unchanged: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    unread: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    procedure: CrawledProcedure


def import_files(paths: Sequence[Path], *, by: Actor, at: datetime) -> ImportReport:
    """Read files and folders of the crawled format.

    New codes are published from today, as the ministries published them; changed text of a known code becomes a
    concept of its next version, for the controller to compare and publish.
    """
    report, seen = ImportReport(), {}  # type: ImportReport, dict[str, _File]
    files = _files(paths)
    while batch := list(islice(files, BATCH)):
        report.files += len(batch)
        readable = _readable(batch, seen, report)
        _save(readable, report, by=by, at=at)
    report.warnings.extend(_same_texts(seen.values()))
    event = CatalogueImported(
        files=report.files, imported=report.imported, unchanged=report.unchanged, refused=len(report.refused)
    )
    if report.imported:
        journal.record(event, stream="procedures.catalogue", by=by, at=at)
    return report


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(one for one in path.rglob("*.json") if one.is_file()) if path.is_dir() else [path]


def _readable(batch: Iterable[Path], seen: dict[str, _File], report: ImportReport) -> list[_File]:
    found = []
    for path in batch:
        try:
            procedure = crawled(_content(path))
        except Unreadable as reason:
            report.refused.append({"file": str(path), "why": str(reason)})
            continue
        before = seen.get(procedure.code)
        if before is None:
            seen[procedure.code] = one = _File(str(path), procedure)
            found.append(one)
            report.unread.extend(_unread(procedure))
            report.warnings.extend({"code": procedure.code, "why": doubt} for doubt in procedure.doubts)
        elif before.procedure.source_hash == procedure.source_hash:
            report.unchanged += 1
        else:
            why = _("Mã %(code)s đã có trong tệp %(file)s với nội dung khác.")
            report.refused.append({"file": str(path), "why": why % {"code": procedure.code, "file": before.name}})
    return found


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(_("Tệp lớn quá 5 MB, không phải một thủ tục."))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(_("Không thấy tệp này.")) from None
    except OSError:
        raise Unreadable(_("Không mở được tệp này.")) from None


def _unread(procedure: CrawledProcedure) -> list[dict[str, str]]:
    return [
        {"code": procedure.code, "field": one.field, "channel": one.channel, "text": one.text, "at": one.at}
        for one in procedure.unread
    ]


def _save(files: list[_File], report: ImportReport, *, by: Actor, at: datetime) -> None:
    """The batch in one transaction; if the database refuses it, file by file, so that one bad file stops no other."""
    try:
        with transaction.atomic():
            imported = _save_together(files, by=by, at=at)
    except (DatabaseError, ValueError):
        if len(files) > 1:
            for one in files:
                _save([one], report, by=by, at=at)
            return
        why = _("Cơ sở dữ liệu không nhận nội dung của tệp này.")
        report.refused.append({"file": files[0].name, "why": why})
        report.unread = [one for one in report.unread if one["code"] != files[0].procedure.code]
        return
    report.imported += imported
    report.unchanged += len(files) - imported


def _save_together(files: list[_File], *, by: Actor, at: datetime) -> int:
    latest, known, numbers = _stored([one.procedure.code for one in files])
    changed = [one.procedure for one in files if latest.get(one.procedure.code) != one.procedure.source_hash]
    new = [one for one in changed if one.code not in known]
    for procedure in Procedure.objects.bulk_create([Procedure(code=one.code) for one in new], batch_size=_ROWS):
        known[procedure.code] = procedure.pk
    own = _own_words([one.code for one in changed if one not in new])
    versions = ProcedureVersion.objects.bulk_create(
        [_version(one, known[one.code], numbers.get(one.code, 0) + 1, own.get(one.code, {})) for one in changed],
        batch_size=_ROWS,
    )
    _save_parts(list(zip(changed, versions, strict=True)))
    _publish_first(new, {version.procedure_id: version for version in versions}, known, by=by, at=at)
    return len(changed)


def _stored(codes: list[str]) -> tuple[dict[str, str], dict[str, int], dict[str, int]]:
    """By code: the text last imported, the procedure, the highest version number."""
    known = dict(Procedure.objects.filter(code__in=codes).values_list("code", "pk"))
    rows = ProcedureVersion.objects.filter(procedure__code__in=codes)
    latest = dict(rows.exclude(source_hash="").order_by("number").values_list("procedure__code", "source_hash"))
    return latest, known, dict(rows.values_list("procedure__code").annotate(last=Max("number")))


def _own_words(codes: list[str]) -> dict[str, dict[str, Any]]:
    """What this province has added to a procedure and the national text does not know: kept in the next version."""
    rows = ProcedureVersion.objects.filter(procedure__code__in=codes).order_by("number")
    return {row.pop("procedure__code"): row for row in rows.values("procedure__code", *_OURS)}


def _version(one: CrawledProcedure, procedure_id: int, number: int, own: dict[str, Any]) -> ProcedureVersion:
    """A concept from the published text; what the province had added stays."""
    name, code = one.results[0] if one.results else ("", "")
    ours = {"plain_name": one.plain_name, "deciding_level": one.deciding_level, **own}
    summary = unaccented(f"{ours['plain_name']} {own.get('summary', '')}")
    return ProcedureVersion(
        **ours,
        procedure_id=procedure_id,
        number=number,
        state=VersionState.CONCEPT,
        name=one.name,
        field=one.fields["linh_vuc"][:500],
        levels=list(one.levels),
        applicants=one.fields["doi_tuong_thuc_hien"],
        kind=one.fields["loai_thu_tuc"],
        decision=one.fields["so_quyet_dinh"],
        conditions=one.fields["yeu_cau_dieu_kien"],
        steps_text=one.fields["trinh_tu_thuc_hien"],
        competent_authority=one.fields["co_quan_co_tham_quyen"],
        executing_authority=one.fields["co_quan_thuc_hien"],
        authorised_authority=one.fields["co_quan_duoc_uy_quyen"],
        coordinating_authority=one.fields["co_quan_phoi_hop"],
        reception_address=one.fields["dia_chi_tiep_nhan"],
        result_name=name,
        result_code=code[:60],
        results=[{"name": name, "code": code} for name, code in one.results],
        source=dict(one.source),
        source_hash=one.source_hash,
        content_hash=one.content_hash,
        unread=_unread(one),
        sort_key=sort_key(ours["plain_name"]),
        search_text=f"{one.code} {summary} {one.search_text}",
    )


def _save_parts(pairs: list[tuple[CrawledProcedure, ProcedureVersion]]) -> None:
    cases: list[Case] = []
    papers: list[tuple[Case, Any]] = []
    terms: list[Term] = []
    fees: list[Fee] = []
    bases: list[LegalBasis] = []
    for one, version in pairs:
        for no, listed in enumerate(one.papers.cases, start=1):
            case = Case(version=version, no=no, code=f"TH{no}", name=listed.name)
            cases.append(case)
            papers.extend((case, Paper(no=index, **_paper(line))) for index, line in enumerate(listed.papers, start=1))
        terms.extend(_terms(one, version))
        lines = [(entry.channel, fee) for entry in one.channels.entries for fee in entry.fees]
        fees.extend(_fee(version, no, channel, fee) for no, (channel, fee) in enumerate(lines, start=1))
        bases.extend(
            LegalBasis(version=version, no=no, number=number[:200], title=title)
            for no, (number, title) in enumerate(one.bases, start=1)
        )
    Case.objects.bulk_create(cases, batch_size=_ROWS)
    for case, paper in papers:
        paper.case_id = case.pk
    _copy(Paper, [paper for _case, paper in papers])
    _copy(Term, terms)
    _copy(Fee, fees)
    _copy(LegalBasis, bases)


def _copy(model: type[Model], rows: Sequence[Model]) -> None:
    """Rows whose numbers nobody asks for go by COPY: half the time of INSERT for a list of this size."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_copied(one, getattr(row, one.attname)) for one in fields])


def _copied(field: "Field[Any, Any]", value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(field, JSONField) else value


def _paper(line: Any) -> dict[str, Any]:
    names = ("name", "originals", "copies", "required", "form", "condition", "text")
    return {name: getattr(line, name) for name in names}


def _terms(one: CrawledProcedure, version: ProcedureVersion) -> list[Term]:
    """One line per entry; where the description gives each of several cases its own limit, one line per case."""
    found: list[Term] = []
    for entry in one.channels.entries:
        lines = [(str(other.span), other.clause) for other in entry.alternatives] or [(entry.limit, entry.description)]
        stages = [{"limit": str(stage.span), "text": stage.clause, "at": stage.at} for stage in entry.stages]
        for limit, condition in lines:
            found.append(
                Term(
                    version=version,
                    no=len(found) + 1,
                    channel=entry.channel,
                    limit=limit,
                    stages=stages,
                    condition=condition.strip(),
                    text=entry.source,
                )
            )
    return found


def _fee(version: ProcedureVersion, no: int, channel: str, line: Any) -> Fee:
    dated = line.since or line.until
    return Fee(
        version=version,
        no=no,
        channel=channel,
        kind=line.kind,
        amount=line.amount,
        amount_vnd=line.amount_vnd,
        currency=line.currency,
        unit=line.unit[:300],
        note=line.note,
        valid_during=DateRange(line.since, line.until, "[]") if dated else None,
        text=line.text,
    )


def _publish_first(
    new: list[CrawledProcedure],
    versions: dict[int, ProcedureVersion],
    known: dict[str, int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The first text of a code is in force from the day it is read in: its ministry has published it already."""
    day: date = day_of(at)
    firsts = [(one, versions[known[one.code]]) for one in new]
    ProcedureVersion.objects.filter(pk__in=[version.pk for _one, version in firsts]).update(
        state=VersionState.PUBLISHED, in_force_during=DateRange(day, None), published_by=str(by), published_at=at
    )
    journal.record_new_streams(
        journal.Line(
            f"procedures.procedure:{version.procedure_id}",
            ProcedurePublished(
                procedure=version.procedure_id, version=version.pk, number=1, decision=version.decision, since=day
            ),
            by,
            at,
        )
        for _one, version in firsts
    )


def _same_texts(files: Iterable[_File]) -> list[dict[str, str]]:
    """Identical content under different codes: told for each code, never corrected."""
    hashes = {one.procedure.content_hash for one in files}
    by_hash: dict[str, list[str]] = {}
    rows = ProcedureVersion.objects.filter(content_hash__in=hashes).exclude(content_hash="")
    for content_hash, code in (
        rows.values_list("content_hash", "procedure__code").distinct().order_by("procedure__code")
    ):
        by_hash.setdefault(content_hash, []).append(code)
    why = _("Nội dung giống hệt thủ tục %(codes)s.")
    return [
        {"code": code, "why": why % {"codes": ", ".join(other for other in codes if other != code)}}
        for codes in by_hash.values()
        if len(codes) > 1
        for code in codes
    ]
