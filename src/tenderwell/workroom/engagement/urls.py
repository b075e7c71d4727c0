"""Addresses of engagement, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.engagement import views

app_name = "engagement"
PLACE = "desk/<str:ocid>/engagement/"
urlpatterns = [
    path(f"{PLACE}comment/", views.comment, name="comment"),
    path(f"{PLACE}answer_comment/", views.answer_comment, name="answer-comment"),
]
