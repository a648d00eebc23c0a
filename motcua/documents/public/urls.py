"""The public check of papers; mounted at /xac-minh/."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:token>/", views.verify_document, name="verify_document"),
    path("<str:token>/ban-goc/", views.true_copy, name="true_copy"),
]
