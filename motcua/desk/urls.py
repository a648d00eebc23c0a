from django.urls import include, path

from motcua.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("tim/", views.search, name="search"),
    path("danh-sach/", views.dossiers, name="dossiers"),
    path("cho-ky/", views.signing, name="signing"),
    path("cho-ky/ky-nhieu/", views.sign_many, name="sign_many"),
    path("cho-ky/<str:reference>/", views.sign_one, name="sign_one"),
    path("so/", views.book, name="book"),
    path("so/excel/", views.book_excel, name="book_excel"),
    path("so/m07/", views.book_pdf, name="book_pdf"),
    path("phong/", views.team, name="team"),
    path("quan-tri/", include("motcua.desk.admin.urls")),
    path("tin/", views.messages_page, name="messages"),
]
