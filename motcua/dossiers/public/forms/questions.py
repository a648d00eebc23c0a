"""The questions of a procedure as a form: drawn from its schema, kept as typed, judged by the schema."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from motcua.base.text import nfc
from motcua.procedures.rules import forms as questions
from motcua.procedures.rules.forms import FieldSpec, Group, Kind

MOST_CHARACTERS: Final = 20_000
"""Of one answer as it is kept in a draft; what is longer was not typed by hand."""
MOST_CHOICES: Final = 7
FILE_KINDS: Final = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class AsTyped(forms.Field):
    """A field that takes whatever was typed: the schema of the procedure says what is wrong with it."""

    def clean(self, value: Any) -> Any:
        return value


class ManyFiles(forms.FileInput):
    """One choice of several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


def files_field(label: str, *, required: bool, hint: str = "") -> AsTyped:
    """The control for the scans of one paper."""
    widget = ManyFiles(attrs={"multiple": True, "accept": FILE_KINDS})
    return AsTyped(label=label, required=required, help_text=hint, widget=widget)


class GroupForm(forms.Form):
    """One question group of the application form, drawn from its schema; asked anew each time from what was typed."""

    use_required_attribute = False

    def __init__(
        self,
        group: Group,
        schema: Mapping[str, Any],
        answers: Mapping[str, Any],
        *,
        today: date,
        check: bool,
        known: Mapping[str, str],
    ) -> None:
        typed = dict(answers.get(group.key) or {})
        super().__init__(typed if check else None, initial=typed)
        self.group, self.schema, self.answers, self.today = group, schema, answers, today
        specs = {one.key: one for each in questions.groups(schema) for one in each.fields}
        self.rows: list[Any] = []
        for spec in group.fields:
            if not _may_be_asked(spec, group, answers):
                continue
            if spec.key in known:
                self.rows.append((spec.label, known[spec.key]))
                continue
            self.fields[spec.name] = _field(spec, specs)
            self.rows.append(self[spec.name])

    def clean(self) -> dict[str, Any]:
        for key, sentence in questions.objections(self.schema, self.answers, today=self.today, group=self.group.key):
            name = key.rpartition(".")[2]
            self.add_error(name if name in self.fields else None, sentence)
        return dict(self.cleaned_data)


def _may_be_asked(spec: FieldSpec, group: Group, answers: Mapping[str, Any]) -> bool:
    """A question that hangs on an answer of an earlier page is left out when that answer excludes it."""
    if spec.when is None or spec.when[0].startswith(f"{group.key}."):
        return True
    return questions.asked(spec, answers)


def _field(spec: FieldSpec, specs: Mapping[str, FieldSpec]) -> AsTyped:
    hint = spec.hint
    if spec.when is not None and spec.when[0] in specs:
        hint = f"{_condition(specs[spec.when[0]], spec.when[1])} {hint}".strip()
    elif not hint and spec.example and spec.kind in (Kind.TEXT, Kind.LONG, Kind.PHONE, Kind.IDENTITY, Kind.EMAIL):
        hint = _("Ví dụ: %(example)s") % {"example": spec.example}
    return AsTyped(label=spec.label, required=spec.required, help_text=hint, widget=_widget(spec))


def _condition(other: FieldSpec, wanted: Sequence[str]) -> str:
    labels = {"true": _("có"), "false": _("không"), **dict(other.choices)}
    words = _(" hoặc ").join(f"“{labels.get(one, one)}”" for one in wanted)
    return _("Chỉ điền khi “%(question)s” là %(answers)s.") % {"question": other.label, "answers": words}


_SIMPLE: Final[Mapping[Kind, Callable[[], forms.Widget]]] = {
    Kind.DATE: forms.DateInput,
    Kind.PHONE: lambda: forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    Kind.IDENTITY: lambda: forms.TextInput(attrs={"autocomplete": "off"}),
    Kind.EMAIL: lambda: forms.EmailInput(attrs={"autocomplete": "email"}),
    Kind.YES_NO: lambda: forms.RadioSelect(choices=[("true", _("Có")), ("false", _("Không"))]),
}


def _widget(spec: FieldSpec) -> forms.Widget:
    attrs: dict[str, Any] = {"data-affix": spec.affix} if spec.affix else {}
    match spec.kind:
        case Kind.LONG:
            return forms.Textarea(attrs={"rows": spec.rows})
        case Kind.NUMBER:
            return forms.TextInput(attrs={"inputmode": "decimal", **attrs})
        case Kind.CHOICES:
            return forms.CheckboxSelectMultiple(choices=spec.choices)
        case Kind.CHOICE if len(spec.choices) <= MOST_CHOICES:
            return forms.RadioSelect(choices=spec.choices)
        case Kind.CHOICE:
            return forms.Select(choices=[("", _("Chọn một mục") if spec.required else _("Không chọn")), *spec.choices])
        case _ if spec.kind in _SIMPLE:
            return _SIMPLE[spec.kind]()
        case _:
            return forms.TextInput(attrs=attrs)


def typed_group(group: Group, data: Any) -> dict[str, Any]:
    """What was typed into the questions of a group, as it is, but composed and without control marks."""
    found: dict[str, Any] = {}
    for spec in group.fields:
        if spec.kind is Kind.CHOICES:
            found[spec.name] = [kept_text(one) for one in data.getlist(spec.name)[:100]]
        elif spec.name in data or spec.kind is Kind.YES_NO:
            found[spec.name] = kept_text(data.get(spec.name, ""))
    return found


def kept_text(text: str) -> str:
    """As it was typed, composed, without control marks, not longer than anybody types."""
    return nfc(str(text))[:MOST_CHARACTERS]
