"""Addresses of messages, below a language."""

from django.urls import path

from tenderwell.workroom.messages import views

app_name = "messages"
urlpatterns = [
    path("desk/messages/", views.inbox, name="inbox"),
    path("desk/messages/read/", views.read_all, name="read"),
    path("desk/<str:ocid>/follow/", views.follow, name="follow"),
]
