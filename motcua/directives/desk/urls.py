"""The officials' door of directives and tasks."""

from django.urls import path

from motcua.directives.desk import board, giving, reading, sheets, task, tasks

app_name = "directives_desk"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("giao/", task.give, name="give"),
    path("dinh-ky/", giving.series, name="series"),
    path("dinh-ky/<int:pk>/dung/", giving.end_series, name="end_series"),
    path("nhap-bang/", sheets.take_in, name="take_in"),
    path("nhap-bang/mau/", sheets.template, name="template"),
    path("bang/", board.board, name="board"),
    path("bang/danh-sach/", board.board_list, name="board_list"),
    path("bang/hop/", board.meeting, name="meeting"),
    path("bang/ban-tin/", board.brief_pdf, name="brief"),
    path("van-ban/", reading.documents, name="documents"),
    path("van-ban/doc/", reading.read_in, name="read_in"),
    path("van-ban/<int:pk>/", reading.directive, name="directive"),
    path("van-ban/<int:pk>/thong-tin/", reading.header, name="header"),
    path("van-ban/<int:pk>/tep/", reading.original, name="original"),
    path("van-ban/<int:pk>/them/", reading.add, name="add"),
    path("de-xuat/<int:pk>/lay-lai/", reading.take_back, name="take_back"),
    path("de-xuat/<int:pk>/<str:verb>/", reading.decide, name="decide"),
    path("<str:code>/", task.task, name="task"),
    path("<str:code>/viec/<str:verb>/", task.move, name="move"),
    path("<str:code>/minh-chung/<int:pk>/", task.evidence, name="evidence"),
    path("<str:code>/don-doc/<int:pk>/", task.acknowledge, name="acknowledge"),
]
