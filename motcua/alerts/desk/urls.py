"""The officials' door of alerts."""

from django.urls import path

from motcua.alerts.desk import views

app_name = "alerts"
urlpatterns = [
    path("", views.home, name="home"),
    path("nguong/", views.thresholds, name="thresholds"),
    path("nguong/<slug:code>/", views.threshold, name="threshold"),
    path("thu-hai/", views.letters, name="letters"),
    path("<int:pk>/da-xem/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/giao-viec/", views.propose, name="propose"),
]
