from django.urls import path

from motcua.dossiers.desk import heirs, reception, views

app_name = "dossiers_desk"
urlpatterns = [
    path("tiep-nhan/", reception.reception, name="reception"),
    path("ke-thua/", heirs.heirs, name="heirs"),
    path("<str:reference>/da-nhan/", reception.received, name="received"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/viec/<str:verb>/", views.move, name="move"),
    path("<str:reference>/bo-sung/", views.answer, name="answer"),
    path("<str:reference>/le-phi/", views.payment, name="payment"),
    path("<str:reference>/giay-to/<int:no>/", views.attach, name="attach"),
    path("<str:reference>/phieu/<int:number>/", views.slip, name="slip"),
    path("<str:reference>/phieu-kiem-soat/", views.control, name="control"),
    path("<str:reference>/tep/<int:number>/", views.scan, name="scan"),
    path("<str:reference>/ket-qua/", views.result, name="result"),
]
