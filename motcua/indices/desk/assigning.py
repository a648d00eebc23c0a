"""Who answers for which criteria and who appraises them: choose rows, choose an agency, many at once."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from motcua.base.errors import Refused
from motcua.base.text import squeeze, whole_number
from motcua.indices import actions, queries
from motcua.indices.desk.forms import AssignForm
from motcua.indices.desk.loading import OFFICIALS, the_round, today, units_of_kind
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.rules.rounds import PATHS
from motcua.indices.terms import Move, Stage, UnitKind
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest, desk_view

APPRAISING = "tham-dinh"
NARROW: Final = "loc"
"""The button that shows other rows or other agencies: what is ticked stays ticked."""
_FILTER: Final = ("don-vi", "phu-trach", "tim")
_FORM: Final = ("agency", "everywhere")


@desk_view(*OFFICIALS)
def assign(request: PersonRequest, pk: int) -> HttpResponse:
    """The criteria of one unit with who answers for and who appraises each; the chosen ones go to one agency."""
    found = the_round(request, pk)
    seen = queries.sight(found, request.actor, request.now)
    if not seen.whole:
        raise Http404
    appraising = request.GET.get("viec") == APPRAISING
    if NARROW in request.POST:
        return redirect(_address(request, request.POST, _ticked(request.POST), _FILTER + _FORM))
    move = Move.ASSIGN_JUDGE if appraising else Move.ASSIGN
    words = squeeze(request.GET.get("tim", ""))[:80]
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        agencies=_offered(request, found, words),
        appraising=appraising,
        initial={"agency": request.GET.get("agency", ""), "everywhere": bool(request.GET.get("everywhere"))},
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            changed = _assign(request, found, form.cleaned_data, appraising=appraising)
        except Refused as refused:
            problems = refused.objections
        else:
            told = ngettext("Đã giao %(n)d tiêu chí.", "Đã giao %(n)d tiêu chí.", changed) % {"n": changed}
            messages.success(request, told)
            return redirect(_address(request, request.GET, ()))
    context = _page(request, found, seen) | {
        "form": form,
        "problems": problems,
        "appraising": appraising,
        "words": words,
        "nothing_found": bool(words) and not _matching(request, words),
        "move": move,
        "open": Stage(found.stage) in PATHS[move].sources,
    }
    return render(request, "indices/desk/assign.html", context, status=422 if request.method == "POST" else 200)


def _ticked(sent: QueryDict) -> set[int]:
    return {key for one in sent.getlist("chon") if (key := whole_number(one)) is not None}


def _address(request: PersonRequest, told: QueryDict, chosen: Collection[int], names: Sequence[str] = _FILTER) -> str:
    """This page as it is filtered, with what is ticked on whatever part of it."""
    work = [("viec", APPRAISING)] if request.GET.get("viec") == APPRAISING else []
    kept = [(name, told[name]) for name in names if told.get(name)]
    ticked = [("chon", one) for one in sorted(chosen)]
    return f"{request.path}?{urlencode([*work, *kept, *ticked])}"


def _page(request: PersonRequest, found: Round, seen: queries.Sight) -> dict[str, Any]:
    """The unit that is looked at, its rows, and whose rows only."""
    day = today(request)
    units = queries.units_read(found, seen)
    unit = next((one for one in units if str(one.pk) == request.GET.get("don-vi", "")), units[0] if units else None)
    sheet = queries.sheet(unit, found, request.actor, request.now, day=day) if unit else None
    narrow = queries.Filter(owner=whole_number(request.GET.get("phu-trach", "")))
    lines = queries.narrowed(sheet.lines, narrow) if sheet and narrow.owner else sheet.lines if sheet else []
    judges = {one.answer.appraiser_id for one in lines if one.answer and one.answer.appraiser_id}
    chosen = _ticked(request.POST if request.method == "POST" else request.GET)
    shown = {one.answer.pk for one in lines if one.answer}
    hidden = Answer.objects.filter(round=found, pk__in=chosen - shown).order_by("pk").values_list("pk", flat=True)
    return {
        "chosen": chosen,
        "elsewhere": list(hidden),
        "only_here": _address(request, request.GET, chosen & shown),
        "round": found,
        "units": units,
        "unit": unit,
        "lines": lines,
        "judges": organisations.names_on(judges, day, short=True),
        "owners": queries.by_owner(found, seen, day=day),
        "owner": request.GET.get("phu-trach", ""),
    }


def _assign(request: PersonRequest, found: Round, said: dict[str, Any], *, appraising: bool) -> int:
    """The chosen rows, of all units of the round where that was ticked, to the chosen agency."""
    answers = Answer.objects.filter(round=found, pk__in=_ticked(request.POST))
    if said["everywhere"]:
        answers = Answer.objects.filter(round=found, criterion__in=answers.values("criterion"))
    who: dict[str, Any] = {"by": request.actor, "at": request.now}
    if appraising:
        return actions.assign_appraiser(list(answers), appraiser=said["agency"], **who)
    return actions.assign(list(answers), owner=said["agency"], **who)


def _offered(request: PersonRequest, found: Round, words: str) -> list[tuple[int, str]]:
    """What was looked for first; else whoever runs the round, the departments, the units and who has criteria already."""
    if words and (matching := _matching(request, words)):
        return matching
    day = today(request)
    root = organisations.root_of(found.organiser_id) or found.organiser_id
    there: Sequence[tuple[int | None, int | None]] = list(
        Answer.objects.filter(round=found).order_by().values_list("owner", "appraiser").distinct()
    )
    used = {one for pair in there for one in pair if one}
    named = organisations.full_names_on({found.organiser_id, *used}, day)
    units = list(JudgedUnit.objects.filter(round=found).order_by("sort_key").values_list("agency", "name"))
    offered = [(found.organiser_id, named[found.organiser_id]), *units_of_kind(UnitKind.DEPARTMENT, day, root), *units]
    return list(dict([*offered, *named.items()]).items())


def _matching(request: PersonRequest, words: str) -> list[tuple[int, str]]:
    """Agencies of today by their names, without marks too; a name of the past leads to who stands in its place."""
    day = today(request)
    keys = [one for each in organisations.find(words, day, limit=20) for one in each.now]
    return list(organisations.full_names_on(dict.fromkeys(keys), day).items())
