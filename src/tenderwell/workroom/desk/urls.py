"""Addresses of the desk, and of every command that has no page of its own."""

from django.urls import path

from tenderwell.core.web import any_command
from tenderwell.workroom.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/choose/", views.choose, name="choose"),
    path("desk/organisations/<str:identifier>/", views.organisation_page, name="organisation"),
    path("desk/organisations/<str:identifier>/process/begin_process/", views.begin, name="begin"),
    path("desk/organisations/<str:key>/<slug:stage>/<slug:verb>/", any_command, name="organisation-command"),
    path("desk/installations/<str:key>/<slug:stage>/<slug:verb>/", any_command, name="installation-command"),
    path("desk/<str:ocid>/", views.process_page, name="process"),
    path("desk/<str:ocid>/journal/", views.journal, name="journal"),
    path("desk/<str:ocid>/steps/<str:number>/", views.step_page, name="step"),
    path("desk/<str:key>/<slug:stage>/<slug:verb>/", views.act, name="command"),
]
