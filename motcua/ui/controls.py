"""Form fields as the design wants them: what each kind of control needs, and which mistakes there are."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _


class Choice(NamedTuple):
    """One radio or checkbox with its consequence as small text."""

    id: str
    name: str
    value: str
    type: str
    label: str
    small: str
    on: bool
    described: str


class Mistake(NamedTuple):
    """One place to mend."""

    anchor: str
    text: str


def kind(bound: BoundField) -> str:
    """Which drawing the control gets."""
    widget = bound.field.widget
    match widget:
        case _ if widget.is_hidden:
            return "hidden"
        case forms.CheckboxSelectMultiple() | forms.RadioSelect():
            return "choices"
        case forms.CheckboxInput():
            return "check"
        case forms.FileInput():
            return "file"
        case _:
            return "plain"


def shown(
    bound: BoundField, *, hint: str = "", affix: str = "", rows: int = 0, label: str = "", placeholder: str = ""
) -> dict[str, Any]:
    """Everything the template of a field needs."""
    drawing = kind(bound)
    hint = hint or str(bound.help_text or "")
    ident = bound.auto_id or bound.html_name
    described = " ".join(
        part for part in (f"{ident}_hint" if hint else "", f"{ident}_error" if bound.errors else "") if part
    )
    widget = bound.field.widget
    affix = affix or str(widget.attrs.get("data-affix", ""))
    return {
        "bound": bound,
        "drawing": drawing,
        "ident": ident,
        "label": label or bound.label,
        "hint": hint,
        "errors": list(bound.errors),
        "affix": affix,
        "optional": not bound.field.required,
        "choices": _choices(bound, described) if drawing == "choices" else [],
        "checked": drawing == "check" and bool(bound.value()),
        "described": described,
        "control": _control(bound, drawing, described, rows, placeholder),
    }


def _control(bound: BoundField, drawing: str, described: str, rows: int, placeholder: str) -> str:
    """The control itself, with its class and what describes it."""
    if drawing == "choices":
        return ""
    widget = bound.field.widget
    attrs: dict[str, Any] = {"aria-describedby": described or None, "aria-invalid": "true" if bound.errors else None}
    if drawing == "plain":
        attrs["class"] = f"in {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.DateInput):
        attrs |= {"inputmode": "numeric", "placeholder": _("ngày/tháng/năm"), "autocomplete": "off"}
        attrs["class"] += " in--day"
    if isinstance(widget, forms.NumberInput):
        attrs["inputmode"] = "decimal" if isinstance(bound.field, forms.DecimalField) else "numeric"
    if rows and isinstance(widget, forms.Textarea):
        attrs["rows"] = rows
    if placeholder:
        attrs["placeholder"] = placeholder
    return str(bound.as_widget(attrs={name: value for name, value in attrs.items() if value is not None}))


def _choices(bound: BoundField, described: str) -> list[Choice]:
    """Rows to choose from; what follows a line break in a label is its consequence."""
    found = []
    for sub in bound.subwidgets:
        data = sub.data
        label, _cut, small = str(data["label"]).partition("\n")
        found.append(
            Choice(
                id=str(data["attrs"].get("id", "")),
                name=data["name"],
                value=str(data["value"] if data["value"] is not None else ""),
                type=data["type"],
                label=label,
                small=small,
                on=bool(data["selected"]),
                described=described,
            )
        )
    return found


def errors(many: Iterable[Any]) -> list[Mistake]:
    """All mistakes of these forms (or sentences), in the order of the fields."""
    found: list[Mistake] = []
    for one in many:
        if isinstance(one, forms.BaseForm):
            found += _of_form(one)
        elif isinstance(one, forms.BaseFormSet):
            found += [Mistake("", str(text)) for text in one.non_form_errors()] if one.is_bound else []
            found += [mistake for form in one.forms for mistake in _of_form(form)]
        elif one:
            found += [Mistake("", str(text)) for text in ([one] if isinstance(one, str) else one)]
    return found


def _of_form(form: forms.BaseForm) -> list[Mistake]:
    if not form.is_bound:
        return []
    found = [Mistake("", str(text)) for text in form.non_field_errors()]
    for bound in form:
        anchor = f"{bound.auto_id}_0" if kind(bound) == "choices" else bound.auto_id
        found += [Mistake(anchor or "", _in_summary(str(bound.label), str(text))) for text in bound.errors]
    return found


def _in_summary(label: str, text: str) -> str:
    """The words beside the field, with its name before them unless they name it themselves."""
    if label.casefold() in text.casefold():
        return text
    first = text.split(" ", 1)[0]
    return f"{label}: {text[:1].lower() + text[1:] if first[1:].islower() else text}"
