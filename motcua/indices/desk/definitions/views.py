"""Pages of definitions: what judges us, by which rules, how sure each fact is, who answers for it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.base import downloads
from motcua.base.clock import day_of
from motcua.base.filetypes import FileKind
from motcua.indices import actions
from motcua.indices.desk.definitions.loading import IMPORTERS, LEADERS, READERS, may_import, the_set
from motcua.indices.desk.definitions.page import groups_of, set_page
from motcua.indices.queries.sets import SetRow, list_of_sets, signing_objections, version_before
from motcua.indices.rules.annex import to_annex
from motcua.indices.rules.comparing import compare
from motcua.indices.rules.shipped import to_yaml
from motcua.people.http import PersonRequest, desk_view

EXPORTS: Final = {"xlsx": (to_annex, FileKind.XLSX.value), "yaml": (to_yaml, "application/yaml; charset=utf-8")}


@require_safe
@desk_view(*READERS)
def sets(request: PersonRequest) -> HttpResponse:
    """All definitions, by index."""
    rows = list_of_sets()
    context = {
        "groups": groups_of(rows, day_of(request.now)),
        "signed": sum(1 for row in rows if row.kept is not None and row.kept.signed_at is not None),
        "count": len(rows),
        "may_import": may_import(request),
    }
    return render(request, "indices/desk/sets.html", context)


@require_safe
@desk_view(*READERS)
def one_set(request: PersonRequest, key: str) -> HttpResponse:
    """One definition as a tree, with what it says outside its table and what may be done with it."""
    return render(request, "indices/desk/set.html", set_page(request, the_set(key)))


@require_safe
@desk_view(*READERS)
def difference(request: PersonRequest, key: str) -> HttpResponse:
    """What changed against the version before, or against another one."""
    row = the_set(key)
    wanted = request.GET.get("voi", "")
    before = the_set(wanted) if wanted else version_before(row.definition, row.kept)
    context = {
        "row": row,
        "before": before,
        "differences": compare(before.definition, row.definition) if before is not None else [],
        "others": [one for one in list_of_sets() if one.definition.index == row.definition.index and one.key != key],
    }
    return render(request, "indices/desk/set_difference.html", context)


@require_safe
@desk_view(*READERS)
def export(request: PersonRequest, key: str, kind: str) -> HttpResponse:
    """The annex as Excel, or the definition as YAML: the same content both ways."""
    if kind not in EXPORTS:
        raise Http404
    write, media_type = EXPORTS[kind]
    definition = the_set(key).definition
    name = f"{definition.code}-{definition.version}.{kind}"
    return downloads.saved(write(definition), name, kind=media_type)


@require_POST
@desk_view(*IMPORTERS)
def use_shipped(request: PersonRequest, key: str) -> HttpResponse:
    """Take a definition of the product into the register."""
    row = the_set(key)
    kept = actions.import_shipped(row.definition.code, by=request.actor, at=request.now)
    messages.success(request, _("Đã đưa bộ %s vào sổ.") % kept.code)
    return redirect("indices:set", kept.pk)


@desk_view(*LEADERS)
def sign(request: PersonRequest, key: str) -> HttpResponse:
    """Say that this version is the one in force for its years: asked once more, with every reason against it."""
    row = the_set(key)
    if row.kept is None:
        raise Http404
    if request.method == "POST":
        actions.sign_off(row.kept, by=request.actor, at=request.now)
        messages.success(request, _("Đã ký. Bộ này dùng để đánh giá từ nay."))
        return redirect("indices:set", row.kept.pk)
    context = {"row": row, "objections": signing_objections(row.kept, request.actor), "back": address_of(row)}
    return render(request, "indices/desk/set_sign.html", context)


def address_of(row: SetRow) -> str:
    """Where a definition stands."""
    return reverse("indices:set", args=[row.key])
