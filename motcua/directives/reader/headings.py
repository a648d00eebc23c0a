"""Which paragraphs only open what follows them, and which unnumbered ones give an order."""

from __future__ import annotations

from motcua.directives.reader.leads import lead_of, lead_of_heading
from motcua.directives.reader.outline import Unit
from motcua.directives.reader.segments import sentences


def short(text: str) -> bool:
    """Whether a paragraph is short enough to be a heading."""
    return len(text) < 220


def orders(text: str, recipients: tuple[str, ...] = ()) -> bool:
    """Whether an unnumbered paragraph gives an order ("Chủ tịch UBND tỉnh giao Sở X …"), or says what a recipient does."""
    known = {name.casefold() for name in recipients}
    return any(
        lead is not None and (lead.triggered or (lead.proper and lead.names[0].casefold() in known))
        for lead in (lead_of(sentence) for sentence in sentences(text))
    )


def is_heading(unit: Unit, following: Unit | None) -> bool:
    """Whether a paragraph only opens what follows it."""
    if unit.text.endswith(":"):
        return following is not None and (
            not unit.marked or len(following.frames) > len(unit.frames) or not following.marked
        )
    if following is None or (following.table is not None and not unit.marked):
        return False
    if not unit.marked:
        return (
            bool(unit.frames and unit.frames[-1].kind == "plain" and unit.frames[-1].key)
            and short(unit.text)
            and unit.text[-1] not in ".;"
        )
    deeper = len(following.frames) > len(unit.frames) and following.marked
    below = not following.marked and following.frames[: len(unit.frames)] == unit.frames
    if unit.text[-1] in ".;," and not (
        deeper and unit.kind in ("roman", "number0", "number1", "upper", "part") and len(unit.text) < 200
    ):
        return False
    if unit.text[-1] in ".;,":
        return lead_of(unit.text) is None
    if deeper and (short(unit.text) or lead_of_heading(unit.text) is not None):
        return True
    return below and len(unit.text) < 200
