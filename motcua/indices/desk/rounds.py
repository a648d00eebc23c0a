"""All rounds at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.indices.desk.loading import OFFICIALS, my_rounds
from motcua.people.http import PersonRequest, desk_view


@require_safe
@desk_view(*OFFICIALS)
def rounds(request: PersonRequest) -> HttpResponse:
    """The rounds the person has to do with."""
    return render(request, "indices/desk/rounds.html", {"rounds": list(my_rounds(request))})
