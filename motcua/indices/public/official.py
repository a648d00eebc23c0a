"""The province among all provinces: every index that is published about it, all places, the years beside each other."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.text import unaccented, whole_number
from motcua.indices import papers
from motcua.indices.public.saying import as_file, kept_paper, say, say_rank
from motcua.indices.queries import official as queries
from motcua.indices.queries import published
from motcua.indices.queries.official import Series, YearOf
from motcua.indices.rules.meaning import change_words, measures_what, place_words, weakest_words
from motcua.indices.rules.official import MERGED_FROM
from motcua.indices.terms import UnitKind


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every index with our latest place, and the years our own rounds were published."""
    indices = [_card(queries.official_series(index)) for index in queries.official_indices()]
    made_up = any(one["made_up"] for one in indices)
    rounds: dict[tuple[str, str], list[Any]] = {}
    for one in published.published_rounds():
        rounds.setdefault((one.set_version.index, one.kind), []).append(one)
    groups = [
        {"index": index, "kind": UnitKind(kind).label, "what": measures_what(index), "rounds": ones, "top": ones[0]}
        for (index, kind), ones in rounds.items()
    ]
    context = {"indices": indices, "groups": groups, "made_up": made_up}
    return render(request, "indices/public/home.html", context)


def _card(series: Series) -> dict[str, Any]:
    ours = series.ours
    last = ours[-1] if ours else None
    return {
        "index": series.index,
        "slug": queries.index_slug(series.index),
        "what": measures_what(series.index),
        "last": last,
        "score": say(last.score) if last else "",
        "counted": series.counted,
        "made_up": bool(series.made_up),
        "sentence": _sentence(series),
        "years": (series.years[0], series.years[-1]),
    }


def _sentence(series: Series) -> str:
    """Our latest place in words, and how it moved since the year before where the two can be compared."""
    ours = [step for step in series.ours if step.rank is not None]
    if not ours:
        return _("Chưa có kết quả của tỉnh.")
    last = ours[-1]
    assert last.rank is not None
    told = place_words(last.rank, last.among)
    before = ours[-2] if len(ours) > 1 else None
    if before is not None and before.rank is not None and not _broken(series, before.year, last.year):
        told += "; " + change_words(last.rank, before.rank, before.year)
    return told[:1].upper() + told[1:] + "."


def _broken(series: Series, before: int, year: int) -> bool:
    return any(before < each <= year for each in series.breaks)


def _index_of(slug: str) -> tuple[str, list[int]]:
    found = next(
        ((index, years) for index, years in queries.official_indices().items() if queries.index_slug(index) == slug),
        None,
    )
    if found is None:
        raise Http404
    return found


def _year_of(request: HttpRequest, years: list[int]) -> int:
    """The year in the address; any other text means the newest year in which we have a place."""
    asked = whole_number(request.GET.get("nam", ""))
    return asked if asked in years else years[0]


@login_not_required
@require_safe
def index_page(request: HttpRequest, index: str) -> HttpResponse:
    """One index: how we stand, over the years, among all, part by part."""
    name, years = _index_of(index)
    shown, series = queries.official_year(name, _year_of(request, years)), queries.official_series(name)
    context = {**_frame(name, index, years, shown), **_drawings(name, shown, series), "invented": series.made_up}
    context["tasks"] = published.tasks_about(name)
    targets = published.targets_about(name)
    context["targets"] = [{"year": one.year, "words": papers.target_words(one), "basis": one.basis} for one in targets]
    return render(request, "indices/public/index.html", context)


def _frame(name: str, slug: str, years: list[int], shown: YearOf) -> dict[str, Any]:
    return {"index": name, "slug": slug, "what": measures_what(name), "years": years, "shown": shown}


def _drawings(name: str, shown: YearOf, series: Series) -> dict[str, Any]:
    ours, middle = shown.ours, shown.middle()
    scores = [one.score for one in shown.places if one.score is not None]
    merged = queries.official_year(name, shown.year, merged=True) if shown.year < MERGED_FROM else None
    placed = ours if ours is not None and ours.score is not None else None
    return {
        "placed": placed,
        "score": say(placed.score) if placed else "–",
        "rank": say_rank(placed.rank) if placed else "–",
        "among": shown.among,
        "middle": say(papers.middle_of(scores)),
        "where": _where(placed, shown),
        "weak": weakest_words(placed.parts, middle, shown.names) if placed else "",
        "values": [float(score) for score in scores],
        "own": None if placed is None or placed.score is None else float(placed.score),
        "dots": _dots(shown) if placed else [],
        "paths": _paths(series),
        "breaks": [(year, _break_words(why)) for year, why in series.breaks.items()],
        "guess": merged.ours if merged is not None and merged.ours is not None and merged.ours.made_of else None,
        "guess_score": say(merged.ours.score) if merged is not None and merged.ours is not None else "",
        "guess_from_memory": merged is not None and merged.rests_on_memory,
    }


def _where(placed: Any, shown: YearOf) -> str:
    if placed is None or placed.rank is None:
        return ""
    told = place_words(placed.rank, shown.among)
    return told[:1].upper() + told[1:]


def _dots(shown: YearOf) -> list[tuple[str, Any, Any, Any, Any]]:
    assert shown.ours is not None
    middle, rows = shown.middle(), []
    for code, name in shown.names.items():
        values = [one.parts[code] for one in shown.places if code in one.parts]
        if values and code in shown.ours.parts:
            own = shown.ours.parts[code]
            rows.append((name, float(own), float(min(values)), float(middle[code]), float(max(values))))
    return rows


def _paths(series: Series) -> dict[str, Any]:
    lines = [(name, [step.rank if step else None for step in steps], own) for name, steps, own in series.lines]
    return {"years": series.years, "lines": lines, "among": series.among, "breaks": set(series.breaks)}


def _break_words(why: str) -> str:
    return {
        "definition": _("đổi cách tính, không so với năm trước"),
        "merged": _("cả nước còn 34 tỉnh, tỉnh ta hợp nhất với tỉnh khác"),
        "provinces": _("cả nước còn 34 tỉnh"),
    }[why]


@login_not_required
@require_safe
def table(request: HttpRequest, index: str) -> HttpResponse:
    """Every province of a year, ours marked; found by name without accents; as 34 provinces on request."""
    name, years = _index_of(index)
    year, merged = _year_of(request, years), request.GET.get("theo") == "34"
    shown, asked = queries.official_year(name, year, merged=merged), request.GET.get("tim", "").strip()[:60]
    found = [one for one in shown.places if unaccented(asked).lower() in unaccented(one.name).lower()]
    rows = [
        {
            "place": one,
            "score": say(one.score),
            "rank": say_rank(one.rank),
            "parts": [say(one.parts.get(code)) for code in shown.names],
        }
        for one in found
    ]
    context = {**_frame(name, index, years, shown), "rows": rows, "asked": asked, "merged_from": MERGED_FROM}
    return render(request, "indices/public/table.html", context)


@login_not_required
@require_safe
def csv_file(request: HttpRequest, index: str) -> HttpResponse:
    """The same table to take along."""
    name, years = _index_of(index)
    year, merged = _year_of(request, years), request.GET.get("theo") == "34"
    shown = queries.official_year(name, year, merged=merged)
    heads, source = ["unit", "score", "rank", *shown.names, "estimated_from", "source"], _source(shown)
    rows = [
        [
            one.name,
            one.score,
            one.rank,
            *(one.parts.get(code) for code in shown.names),
            " + ".join(one.made_of),
            source,
        ]
        for one in shown.places
    ]
    return as_file(heads, rows, f"{index}-{year}{'-34' if shown.merged else ''}{'-hu-cau' if shown.made_up else ''}")


def _source(shown: YearOf) -> str:
    """Where the figures of a table are from; an estimate says so, and how sure its weights are."""
    if not shown.merged:
        return shown.source
    told = _("%s; ước tính, gộp theo số dân ngày 1/4/2019") % shown.source
    return told + _(" (số dân ghi theo trí nhớ)") if shown.rests_on_memory else told


@login_not_required
@require_safe
def report(request: HttpRequest, index: str) -> HttpResponse:
    """The paper for the yearly analysis conference about one index."""
    name, years = _index_of(index)
    year = _year_of(request, years)
    pdf = kept_paper(f"index.{index}.{year}", lambda: _paper(name, year, request.now))  # type: ignore[attr-defined]
    return downloads.shown(pdf, f"bao-cao-{index}-{year}.pdf")


def _paper(name: str, year: int, at: datetime) -> bytes:
    shown, series = queries.official_year(name, year), queries.official_series(name)
    drawn = _drawings(name, shown, series)
    told = papers.Official(
        shown=shown,
        series=series,
        words={"what": measures_what(name), "where": drawn["where"], "weak": drawn["weak"]},
        breaks=drawn["breaks"],
        guess=drawn["guess"],
        guess_from_memory=drawn["guess_from_memory"],
        tasks=published.tasks_about(name),
        targets=published.targets_about(name),
    )
    return papers.official_report(told, at=at)
