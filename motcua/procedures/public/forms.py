"""What a citizen may search by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.procedures.terms import DecidingLevel, Level, Matter


class SearchForm(forms.Form):
    """Words and filters of the catalogue; a filter that does not exist is left out rather than refused."""

    q = forms.CharField(label=_("Tìm thủ tục"), required=False, max_length=1000)
    viec = forms.CharField(required=False, max_length=40)
    cap = forms.CharField(required=False, max_length=20)
    co_quan = forms.CharField(required=False, max_length=20)
    linh_vuc = forms.CharField(required=False, max_length=500)

    def clean_viec(self) -> str:
        value = str(self.cleaned_data["viec"])
        return value if value in Matter.values else ""

    def clean_cap(self) -> str:
        value = str(self.cleaned_data["cap"])
        return value if value in Level.values else ""

    def clean_co_quan(self) -> str:
        value = str(self.cleaned_data["co_quan"])
        return value if value in DecidingLevel.values else ""
