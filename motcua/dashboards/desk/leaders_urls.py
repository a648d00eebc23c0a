"""What those who lead see besides the board; and everybody's own work."""

from django.urls import path

from motcua.dashboards.desk import leaders, mine

app_name = "leaders"

urlpatterns = [
    path("so-sanh/", leaders.compare, name="compare"),
    path("theo-mua/", leaders.by_seasons, name="seasons"),
    path("ban-tin/", leaders.brief, name="brief"),
    path("viec-cua-toi/", mine.mine, name="mine"),
]
