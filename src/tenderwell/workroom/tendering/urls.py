"""Addresses of tendering, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.tendering import views

app_name = "tendering"
PLACE = "desk/<str:ocid>/tendering/"
urlpatterns = [
    path(f"{PLACE}preview/", views.read_notice, name="preview"),
    path(f"{PLACE}set_dates/", views.set_dates, name="set-dates"),
    path(f"{PLACE}answer_question/", views.answer_question, name="answer-question"),
]
