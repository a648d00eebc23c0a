"""From score to action: points tried, points lost, the way up, the years, targets."""

from django.urls import path

from motcua.indices.desk.whatif import promises, tasks, views

urlpatterns = [
    path("dot/<int:pk>/thu-diem/", views.try_points, name="try_points"),
    path("dot/<int:pk>/diem-mat/", views.lost, name="lost"),
    path("dot/<int:pk>/diem-mat/<int:answer>/giao-viec/", tasks.propose, name="propose_task"),
    path("tieu-chi/<int:pk>/nhiem-vu/", tasks.of_point, name="point_tasks"),
    path("dot/<int:pk>/duong-len/", views.road, name="road"),
    path("dot/<int:pk>/cac-nam/", views.years, name="years"),
    path("muc-tieu/", promises.targets, name="targets"),
    path("muc-tieu/dat/", promises.set_target, name="set_target"),
    path("muc-tieu/<int:target>/", promises.quarter, name="target"),
]
