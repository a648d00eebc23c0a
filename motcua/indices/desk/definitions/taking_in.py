"""A definition comes in: looked at first, every fault with its place; confirmed, all of it; else nothing."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base import files
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.uploads import demand_room
from motcua.indices import actions
from motcua.indices.desk.definitions.forms import FileForm
from motcua.indices.desk.definitions.loading import IMPORTERS
from motcua.indices.desk.loading import sent
from motcua.indices.queries.sets import owner_faults, tree_of, version_before
from motcua.indices.rules.comparing import compare
from motcua.indices.rules.definition import IndexSet
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view

_SALT: Final = "indices.taking_in"
_FOR: Final = 24 * 60 * 60
_MOST_DIFFERENCES: Final = 200


@desk_view(*IMPORTERS)
def look(request: PersonRequest) -> HttpResponse:
    """The file is read and nothing is kept of it: faults with their places, or what would come in."""
    form = FileForm(*sent(request))
    context: dict[str, Any] = {"form": form, "faults": []}
    if request.method == "POST" and form.is_valid():
        content, name = form.cleaned_data["file"].read(), str(form.cleaned_data["file"].name)
        try:
            demand_room(f"person:{request.actor.id}", len(content), at=request.now)
            definition = actions.read_set(content, name=name, head=form.head())
        except Refused as refused:
            context |= {"faults": refused.objections, "file_name": name}
        else:
            return _looked_at(request, definition, content, name, form.head())
    status = 422 if request.method == "POST" else 200
    return render(request, "indices/desk/set_look.html", context, status=status)


def _looked_at(
    request: PersonRequest, definition: IndexSet, content: bytes, name: str, head: dict[str, str]
) -> HttpResponse:
    """The report of the look: what would come in, what a person should see first, and the button."""
    kept = files.keep(content, name=name, media_type="application/octet-stream", at=request.now)
    token = signing.dumps({"file": kept.pk, "head": head, "by": request.actor.id}, salt=_SALT, compress=True)
    actor = request.actor
    root = organisations.root_of(actor.agency) if actor.agency is not None else None
    before = version_before(definition, None)
    context = {
        "set": definition,
        "file_name": name,
        "token": token,
        "objections": actions.keeping_objections(definition),
        "warnings": owner_faults(definition, root, request.now),
        "rows": len(tree_of(definition)),
        "before": before,
        "differences": compare(before.definition, definition)[:_MOST_DIFFERENCES] if before is not None else [],
    }
    return render(request, "indices/desk/set_report.html", context)


@require_POST
@desk_view(*IMPORTERS)
def take_in(request: PersonRequest) -> HttpResponse:
    """What was looked at comes in, whole; the file is read once more, so that nothing else can."""
    try:
        told = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        raise Refused(_("Bản xem thử đã quá một ngày hoặc không đúng. Chọn lại tệp.")) from None
    if told["by"] != request.actor.id:
        raise Refused(_("Bản xem thử này của người khác. Chọn lại tệp."))
    file = StoredFile.objects.filter(pk=told["file"]).first()
    if file is None:
        raise Refused(_("Tệp xem thử không còn. Chọn lại tệp."))
    kept = actions.import_set(
        files.read_stored(file), name=file.name, head=told["head"], by=request.actor, at=request.now
    )
    messages.success(request, _("Đã nhập bộ %(code)s, bản %(version)s.") % {"code": kept.code, "version": kept.version})
    return redirect("indices:set", kept.pk)
