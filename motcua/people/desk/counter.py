"""The counter: a citizen's card beside their account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.people import actions, rules
from motcua.people.desk.forms import CitizenForm
from motcua.people.http import PersonRequest, desk_view
from motcua.people.terms import Permission


@desk_view(Permission.RECEIVE)
def citizen(request: PersonRequest) -> HttpResponse:
    """A card is scanned or read off, its owner says their telephone; the account is opened, or found and checked.

    What the scanner types fills the lines and does nothing else: the official looks at the card and presses the button.
    """
    scan, wrong = request.POST.get("card", "").strip(), ""
    if scan:
        card = rules.card_from_qr(scan)
        wrong = "" if card else _("Không đọc được mã trên thẻ. Quét lại, hoặc gõ theo giấy tờ.")
        form = CitizenForm(initial={**_typed(request), **(_on_the_card(card) if card else {})})
    else:
        form = CitizenForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                facts = {name: value for name, value in form.cleaned_data.items() if name != "card"}
                person = actions.find_or_register(**facts, by=request.actor, at=request.now)
            except Refused as refused:
                refused.onto(form)
            else:
                said = _("Đã đối chiếu giấy tờ của %(name)s. Người này đăng nhập bằng mã một lần gửi tới %(phone)s.")
                messages.success(request, said % {"name": person.full_name, "phone": person.phone})
                return redirect("people_desk:citizen")
    if not form.errors:  # with mistakes the summary has the focus
        form.fields["phone" if scan and not wrong else "card"].widget.attrs["autofocus"] = True
    values = {"form": form, "wrong": wrong}
    return render(request, "people/desk/citizen.html", values, status=400 if form.errors or wrong else 200)


def _typed(request: PersonRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in CitizenForm.base_fields if name != "card"}


def _on_the_card(card: rules.Card) -> dict[str, Any]:
    return {
        "full_name": card.full_name,
        "identity_number": card.identity_number,
        "born_on": card.born_on,
        "gender": card.gender,
        "address": card.address,
    }
