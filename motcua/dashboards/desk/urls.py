"""Figures for those who lead and control."""

from django.urls import path

from motcua.dashboards.desk import views

app_name = "dashboards_desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("766/", views.set766, name="set766"),
    path("<slug:code>/", views.rows, name="rows"),
]
