"""Addresses of the user interface: `urlpatterns` without a language in front, `localised` with one."""

from django.urls import path

from tenderwell.ui import views

urlpatterns = [path("theme/<slug:version>.css", views.theme, name="theme")]
localised = [path("gallery/", views.gallery, name="gallery")]
