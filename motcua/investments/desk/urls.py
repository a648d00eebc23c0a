"""/ban-lam-viec/dau-tu-cong/: public investment at the desk."""

from django.urls import path

from motcua.investments.desk import practice, views

app_name = "investments_desk"
urlpatterns = [
    path("", views.projects, name="projects"),
    path("theo/<slug:slug>/", views.breakdown, name="breakdown"),
    path("danh-sach-do/", views.red, name="red"),
    path("xuat-excel/", views.export, name="export"),
    path("nhap-excel/", practice.import_sheet, name="import"),
    path("nhap-excel/ghi/", practice.import_kept, name="import_kept"),
    path("nhap-excel/bang-mau/", practice.template, name="template"),
    path("ke-hoach-tinh/", views.province_plan, name="province_plan"),
    path("quy-uoc/", practice.practice, name="practice"),
    path("quy-uoc/co-quan-tong-hop/", practice.steward, name="steward"),
    path("them/", views.add, name="add"),
    path("du-an/<str:code>/", views.project, name="project"),
    path("du-an/<str:code>/sua/", views.amend, name="amend"),
    path("du-an/<str:code>/ke-hoach/", views.plan, name="plan"),
    path("du-an/<str:code>/giai-ngan/", views.record, name="record"),
]
