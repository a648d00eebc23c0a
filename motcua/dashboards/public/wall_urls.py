"""The wall screen."""

from django.urls import path

from motcua.dashboards.public import wall

app_name = "wall"

urlpatterns = [path("", wall.wall, name="screen")]
