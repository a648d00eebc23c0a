"""Figures for those who lead and control."""

from django.urls import path

from motcua.dashboards.desk import exports, publishing, views

app_name = "dashboards_desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("766/", views.set766, name="set766"),
    path("cong-bo/", publishing.published_periods, name="published"),
    path("cong-bo/<str:text>/", publishing.publish, name="publish"),
    path("bang.<str:kind>", exports.units, name="units_file"),
    path("<slug:code>/ho-so.<str:kind>", exports.rows, name="rows_file"),
    path("<slug:code>/", views.rows, name="rows"),
]
