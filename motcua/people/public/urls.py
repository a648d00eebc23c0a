"""/tai-khoan/: one's own account, and the ways in."""

from django.urls import include, path

from motcua.people.public import views

own = [
    path("", views.me, name="me"),
    path("bat-dau/", views.start, name="start"),
    path("chu-da-go/", views.kept, name="kept"),
    path("vi-tri/", views.choose, name="choose_place"),
    path("tuy-chon/", views.set_preferences, name="preferences"),
    path("lien-he/", views.set_contact, name="contact"),
    path("ai-da-xem/", views.reads, name="reads"),
    path("vai-tro/", views.roles, name="roles"),
    path("can-hai-buoc/", views.second_factor, name="second_factor"),
    path("ma-mot-lan/", views.ask_code, name="ask_code"),
    path("ma-mot-lan/<uuid:ident>/", views.enter_code, name="enter_code"),
    path("loi-moi/<str:token>/", views.invitation, name="invitation"),
]
urlpatterns = [path("", include((own, "people")))]
