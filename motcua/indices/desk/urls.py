"""The officials' door of the index workbench."""

from django.urls import path

from motcua.indices.desk import rounds

app_name = "indices"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
]
