"""The catalogue for everybody."""

from django.urls import path

from motcua.procedures.public import views

app_name = "procedures"

urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<str:code>/", views.procedure, name="detail"),
]
