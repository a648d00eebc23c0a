"""Questions about dossiers. Nothing here writes."""

from motcua.dossiers.queries.clocks import due_of, extensions_of, last_day_to_answer, pauses_of
from motcua.dossiers.queries.control import control_sheet, hours_in
from motcua.dossiers.queries.history import Line, Stay, history, public_history, stays
from motcua.dossiers.queries.lists import (
    CAP,
    PAGE,
    Count,
    Slice,
    book,
    counted,
    dossier_for,
    due_today,
    elsewhere,
    for_signing,
    given_back,
    late,
    mine,
    of_team,
    page_by_due,
    page_newest,
    search,
    seen_by,
    unanswered,
    waiting_for_applicant,
    with_names,
    worklist,
)
from motcua.dossiers.queries.offices import authority_of, code_of, offices_of
from motcua.dossiers.queries.situations import (
    Option,
    missing_papers,
    options,
    place,
    relevant_options,
    situation,
    step_role,
    words_of_case,
    words_of_version,
)
from motcua.dossiers.queries.small import cases_of, loads_of, objections_to, result_pdf
from motcua.dossiers.queries.slips import reference_of_token, track_token, track_url

__all__ = [
    "CAP", "PAGE", "Count", "Line", "Option", "Slice", "Stay", "authority_of", "book", "cases_of", "code_of", "control_sheet", "counted",
    "dossier_for", "due_of", "due_today", "elsewhere", "extensions_of", "for_signing", "given_back", "history", "hours_in",
    "last_day_to_answer", "late", "loads_of", "mine", "missing_papers", "of_team", "objections_to", "offices_of", "options", "page_by_due", "page_newest",
    "pauses_of", "place", "public_history", "reference_of_token", "result_pdf", "relevant_options", "search", "seen_by", "situation", "stays",
    "step_role", "track_token", "track_url", "unanswered", "waiting_for_applicant", "with_names", "words_of_case",
    "words_of_version", "worklist",
]  # fmt: skip
