from django.urls import path

from motcua.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("phan-tai-sau/", views.fragment, name="fragment"),
    path("ngon-ngu/", views.change_language, name="language"),
]
