"""How we stand in the indices, what was lost, what is done about it: for everybody."""

from django.urls import path

from motcua.indices.public import official, rounds

app_name = "standing"
urlpatterns = [
    path("", official.home, name="home"),
    path("dot/<int:pk>/", rounds.round_page, name="round"),
    path("dot/<int:pk>/bang.csv", rounds.table, name="round_csv"),
    path("dot/<int:pk>/bao-cao.pdf", rounds.report, name="round_report"),
    path("dot/<int:pk>/<int:unit>/", rounds.unit_page, name="unit"),
    path("<slug:index>/", official.index_page, name="index"),
    path("<slug:index>/bang/", official.table, name="table"),
    path("<slug:index>/bang.csv", official.csv_file, name="csv"),
    path("<slug:index>/bao-cao.pdf", official.report, name="index_report"),
]
