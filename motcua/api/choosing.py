"""Whom a move may name: the units a dossier may be handed to, the people it may be given, as the pages offer them."""

from datetime import datetime

from motcua.api.schemas import Choice
from motcua.base.clock import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Move
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.people import queries as people
from motcua.people.terms import Role

MOST = 200


def choices_of(move: Move, dossier: Dossier, at: datetime) -> list[Choice]:
    """Units for handing over, people for assigning; nothing for moves that name nobody."""
    day = day_of(at)
    if move is Move.HAND_OVER:
        units = [one for one in organisations.children_on(dossier.deciding_id, day) if one.level is Level.UNIT]
        named = [Choice(id=one.agency, name=one.name) for one in units if one.agency != dossier.receiving_id]
        return named or [Choice(id=dossier.deciding_id, name=organisations.name_on(dossier.deciding_id, day))]
    if move is Move.ASSIGN:
        by_head = dossier.turn == Role.UNIT_HEAD
        role = Role(dossier.turn) if dossier.turn in Role.values and not by_head else Role.SPECIALIST
        holders = people.holders(agency=dossier.unit_id if by_head else dossier.holding_id, roles=[role], day=day)
        return [Choice(id=one.pk, name=one.full_name) for one in holders[:MOST]]
    return []
