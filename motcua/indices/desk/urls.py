"""The officials' door of the index workbench."""

from django.urls import include, path

from motcua.indices.desk import answer, assigning, official, proofs, ranking, rounds, running, sheet

app_name = "indices"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("viec-cua-toi/", rounds.mine, name="mine"),
    path("lap-dot/", rounds.prepare, name="prepare"),
    path("dot/<int:pk>/", running.round_page, name="round"),
    path("dot/<int:pk>/buoc/<str:verb>/", running.step, name="step"),
    path("dot/<int:pk>/so-lieu/", running.propose, name="propose"),
    path("dot/<int:pk>/giao/", assigning.assign, name="assign"),
    path("ca-nuoc/", official.results, name="results"),
    path("dot/<int:pk>/bao-cao/", official.report, name="report"),
    path("dot/<int:pk>/xep-hang/", ranking.ranking, name="ranking"),
    path("dot/<int:pk>/phieu/<int:unit>/", sheet.sheet, name="sheet"),
    path("dot/<int:pk>/phieu/<int:unit>/xac-nhan/", sheet.confirm, name="confirm"),
    path("dot/<int:pk>/phieu/<int:unit>/in/", sheet.print_page, name="print"),
    path("dot/<int:pk>/phieu/<int:unit>/excel/", sheet.export, name="export"),
    path("dot/<int:pk>/phieu/<int:unit>/nhap/", sheet.take_in, name="take_in"),
    path("tieu-chi/<int:pk>/", answer.answer, name="answer"),
    path("tieu-chi/<int:pk>/viec/<str:verb>/", answer.act, name="act"),
    path("tieu-chi/<int:pk>/tinh/", answer.reckon, name="reckon"),
    path("tieu-chi/<int:pk>/tep/<int:evidence>/", proofs.file, name="file"),
    path("tieu-chi/<int:pk>/minh-chung/<int:evidence>/", proofs.proof, name="proof"),
    path("bo/", include("motcua.indices.desk.definitions.urls")),
    path("", include("motcua.indices.desk.whatif.urls")),
]
