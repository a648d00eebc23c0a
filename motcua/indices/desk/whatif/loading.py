"""The round and the unit a page is about: what the person may see of it, or a page that is not found."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from motcua.base.text import whole_number
from motcua.indices.desk.loading import the_round
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries.seeing import Sight, sight, units_read
from motcua.indices.queries.standing import Standing, hides_judgements, standing
from motcua.indices.rules.definition import IndexSet
from motcua.people.http import PersonRequest


@dataclass(frozen=True)
class Place:
    """What a page stands on: the round, how far the person sees, the unit chosen among those seen."""

    round: Round
    seen: Sight
    unit: JudgedUnit
    units: tuple[JudgedUnit, ...]

    @property
    def standing(self) -> Standing:
        """Where the unit stands, by what the person may read."""
        return standing(self.round, self.unit, as_said=hides_judgements(self.round, self.seen))


def the_place(request: PersonRequest, pk: int, unit_of: int | None = None) -> Place:
    """The round of the address and the unit asked for, or the one an answer belongs to; the first one seen where none is."""
    round_ = the_round(request, pk)
    seen = sight(round_, request.actor, request.now)
    units = tuple(units_read(round_, seen))
    wanted = whole_number(request.GET.get("dv") or request.POST.get("dv") or "")
    if unit_of is not None:
        wanted = Answer.objects.filter(pk=unit_of, round=round_).values_list("unit", flat=True).first() or 0
    own = next((one for one in units if one.agency_id in seen.own), None)
    unit = (
        next((one for one in units if one.pk == wanted), None) if wanted is not None else own or next(iter(units), None)
    )
    if unit is None:
        raise Http404(_("Không thấy đơn vị này trong phần việc của cơ quan bạn."))
    return Place(round_, seen, unit, units)


def digits_of(definition: IndexSet) -> int:
    """How many decimals a score is shown with: four on a scale of one (DTI, ICT INDEX), else two."""
    top = definition.top
    if top.digits is not None:
        return top.digits
    return 4 if top.most is not None and top.most <= 1 else 2
