"""Figures for everybody."""

from django.urls import path

from motcua.dashboards.public import index, late, procedures, published, views

app_name = "dashboards"

urlpatterns = [
    path("", views.glance, name="glance"),
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.rows, name="procedure_rows"),
    path("766/", index.set766, name="set766"),
    path("766/<slug:code>/", index.rows, name="set766_rows"),
    path("cach-dem/", views.definitions, name="definitions"),
    path("du-lieu-mo/", views.open_data, name="open_data"),
    path("du-lieu-mo/<slug:name>.<str:kind>", views.dataset, name="dataset"),
    path("dang-tre/", late.late, name="late"),
    path("den-han/", late.ahead, name="ahead"),
    path("nhiem-vu/", late.tasks, name="tasks"),
    path("xin-loi/", late.apologies, name="apologies"),
    path("so/<slug:code>/", late.rows, name="rows"),
    path("da-cong-bo/", published.periods, name="published"),
    path("da-cong-bo/<str:text>/", published.period, name="published_period"),
    path("da-cong-bo/<str:text>/<int:revision>/", published.period, name="published_revision"),
    path("da-cong-bo/<str:text>/<int:revision>/don-vi/<str:code>/", published.unit, name="published_unit"),
    path("da-cong-bo/<str:text>/<int:revision>/khoa.pem", published.key, name="published_key"),
    path("da-cong-bo/<str:text>/<int:revision>.<str:kind>", published.file, name="published_file"),
]
