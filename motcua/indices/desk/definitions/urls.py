"""Definitions: the list, one as a tree, in from a file, out as a file, beside the version before, signed."""

from django.urls import path

from motcua.indices.desk.definitions import taking_in, views

urlpatterns = [
    path("", views.sets, name="sets"),
    path("nhap/", taking_in.look, name="set_look"),
    path("nhap/xac-nhan/", taking_in.take_in, name="set_take_in"),
    path("<str:key>/", views.one_set, name="set"),
    path("<str:key>/so-sanh/", views.difference, name="set_difference"),
    path("<str:key>/xuat/<str:kind>/", views.export, name="set_export"),
    path("<str:key>/dua-vao-dung/", views.use_shipped, name="set_use"),
    path("<str:key>/ky/", views.sign, name="set_sign"),
]
