"""/ban-lam-viec/nhan-su/: officials, delegation, and the accounts of citizens at the counter."""

from django.urls import path

from motcua.people.desk import counter, views

app_name = "people_desk"
urlpatterns = [
    path("", views.officials, name="officials"),
    path("them/", views.new, name="new"),
    path("sap-xep/", views.moves, name="moves"),
    path("nhap-excel/", views.import_sheet, name="import"),
    path("nhap-excel/bang-mau/", views.sheet_template, name="template"),
    path("nguoi-dan/", counter.citizen, name="citizen"),
    path("uy-quyen/", views.delegations, name="delegations"),
    path("uy-quyen/moi/", views.delegate, name="delegate"),
    path("uy-quyen/<int:pk>/cham-dut/", views.revoke, name="revoke"),
    path("vi-tri/<int:pk>/ket-thuc/", views.end_post, name="end_post"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/giao-vi-tri/", views.appoint, name="appoint"),
    path("<int:pk>/moi/", views.invite, name="invite"),
    path("<int:pk>/khoa/", views.switch_account, name="switch_account"),
]
