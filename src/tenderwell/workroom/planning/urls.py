"""Addresses of planning, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.planning import views

app_name = "planning"
urlpatterns = [path("desk/<str:ocid>/planning/overview/", views.read_plan, name="overview")]
