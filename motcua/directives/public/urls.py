"""What was promised, by whom, by when, done or not: for everybody."""

from django.urls import path

from motcua.directives.public import views

app_name = "directives"
urlpatterns = [
    path("", views.promises, name="promises"),
    path("<str:code>/", views.promise, name="promise"),
]
