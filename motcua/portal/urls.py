"""The front door, and what a house owes to strangers: who to ask, what is kept, whether it stands."""

from django.urls import path

from motcua.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("noi-tiep-nhan/", views.places, name="places"),
    path("tin-nhan-duoc/", views.messages, name="messages"),
    path("tro-giup/", views.page, {"name": "help"}, name="help"),
    path("gioi-thieu/", views.page, {"name": "about"}, name="about"),
    path("du-lieu-ca-nhan/", views.page, {"name": "privacy"}, name="privacy"),
    path("nguoi-khuyet-tat/", views.page, {"name": "accessibility"}, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", views.health, name="health"),
]
