"""The catalogue for the controller of administrative procedures."""

from django.urls import path

from motcua.procedures.desk import editing, pricing, views

app_name = "procedures_desk"

urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<str:code>/", views.procedure, name="detail"),
    path("<str:code>/ban-moi/", views.draft, name="draft"),
    path("<str:code>/<int:number>/cong-bo/", views.publish, name="publish"),
    path("<str:code>/<int:number>/bai-bo/", views.withdraw, name="withdraw"),
    path("<str:code>/<int:number>/sua/", pricing.edit, name="edit"),
    path("<str:code>/<int:number>/noi-dung/", editing.words, name="words"),
    path("<str:code>/<int:number>/giay-to/", editing.papers, name="papers"),
    path("<str:code>/<int:number>/to-khai/", editing.questions, name="questions"),
    path("<str:code>/<int:number>/to-khai/<str:key>/", editing.question_group, name="question_group"),
    path("<str:code>/<int:number>/quy-trinh/", views.route, name="route"),
    path("<str:code>/nop-truc-tuyen/", views.filing, name="filing"),
]
