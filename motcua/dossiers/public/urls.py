"""/ho-so/: the citizens' door to dossiers."""

from django.urls import path

from motcua.dossiers.public import applying, views

app_name = "dossiers"

urlpatterns = [
    path("cua-toi/", applying.mine, name="mine"),
    path("nop/<str:code>/", applying.apply, name="apply"),
    path("nhap/<str:reference>/<int:page>/", applying.question, name="question"),
    path("nhap/<str:reference>/xem-lai/", applying.check, name="check"),
    path("nhap/<str:reference>/bo/", applying.discard, name="discard"),
    path("nhap/<str:reference>/tep/<int:number>/", applying.draft_file, name="draft_file"),
    path("da-nop/<str:reference>/", applying.submitted, name="submitted"),
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/<str:token>/", views.tracked, name="tracked"),
    path("tra-cuu/<str:token>/phieu/<int:number>/", views.slip, name="slip"),
    path("tra-cuu/<str:token>/ket-qua/", views.result, name="result"),
    path("tra-cuu/<str:token>/bo-sung/", views.answer, name="answer"),
    path("tra-cuu/<str:token>/rut/", views.withdraw, name="withdraw"),
    path("tra-cuu/<str:token>/danh-gia/", views.rate, name="rate"),
]
