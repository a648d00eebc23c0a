"""/ban-lam-viec/quan-tri/: calendars, agencies, messages that could not be sent."""

from django.urls import path

from motcua.desk.admin import agencies, calendar, deeds, messages, views

urlpatterns = [
    path("", views.admin, name="admin"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/ngay/", calendar.day, name="calendar_new_day"),
    path("lich/ngay/<str:day>/", calendar.day, name="calendar_day"),
    path("lich/ngay/<str:day>/bo/", calendar.remove_day, name="calendar_remove_day"),
    path("lich/gio/", calendar.hours, name="calendar_hours"),
    path("lich/cach-tinh/", calendar.clock, name="calendar_clock"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/<int:pk>/", agencies.agency, name="agency"),
    path("co-quan/<int:pk>/dinh-chinh/", deeds.correct, name="agency_correct"),
    path("co-quan/<int:pk>/<slug:slug>/", deeds.deed, name="agency_deed"),
    path("tin-chua-gui/", messages.parked, name="parked"),
]
