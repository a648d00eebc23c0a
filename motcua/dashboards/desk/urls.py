"""Figures for those who lead and control."""

from django.urls import path

from motcua.dashboards.desk import due, exports, index, publishing, views

app_name = "dashboards_desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("766/", index.set766, name="set766"),
    path("766/<slug:code>/", index.rows, name="set766_rows"),
    path("cong-bo/", publishing.published_periods, name="published"),
    path("cong-bo/<str:text>/", publishing.publish, name="publish"),
    path("den-han/", due.ahead, name="ahead"),
    path("bang.<str:kind>", exports.units, name="units_file"),
    path("<slug:code>/ho-so.<str:kind>", exports.rows, name="rows_file"),
    path("<slug:code>/", views.rows, name="rows"),
]
