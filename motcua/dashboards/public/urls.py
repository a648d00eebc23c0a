"""Figures for everybody."""

from django.urls import path

from motcua.dashboards.public import views

app_name = "dashboards"

urlpatterns = [
    path("", views.glance, name="glance"),
    path("thu-tuc/", views.procedures, name="procedures"),
    path("766/", views.set766, name="set766"),
    path("cach-dem/", views.definitions, name="definitions"),
    path("du-lieu-mo/", views.open_data, name="open_data"),
    path("du-lieu-mo/<slug:name>.<str:kind>", views.dataset, name="dataset"),
]
