"""Addresses of organisations' own pages, below a language."""

from django.urls import path

from tenderwell.workroom.parties import views

app_name = "parties"
urlpatterns = [path("desk/organisations/<str:key>/parties/issue_token/", views.new_token, name="new-token")]
