"""/dau-tu-cong/: how public investment is paid out, for everybody."""

from django.urls import path

from motcua.investments.public import views

app_name = "investments"
urlpatterns = [
    path("", views.home, name="home"),
    path("ca-tinh/", views.totals, name="totals"),
    path("du-an/", views.projects, name="projects"),
]
