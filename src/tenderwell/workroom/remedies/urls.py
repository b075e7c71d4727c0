"""Addresses of remedies, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.remedies import views

app_name = "remedies"
PLACE = "desk/<str:ocid>/remedies/"
urlpatterns = [
    path(f"{PLACE}complain/", views.complain, name="complain"),
    path(f"{PLACE}decide_complaint/", views.decide_complaint, name="decide"),
]
