"""Addresses of awarding, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.awarding import views

app_name = "awarding"
PLACE = "desk/<str:ocid>/awarding/letters/"
urlpatterns = [
    path(PLACE, views.all_letters, name="letters"),
    path(f"{PLACE}<str:code>/", views.letter, name="letter"),
    path(f"{PLACE}<str:code>/letter.pdf", views.letter_pdf, name="letter-pdf"),
]
