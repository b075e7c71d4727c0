"""Addresses for the tests of the write API."""

from django.urls import path

from tenderwell.workroom.api.routes import connect

urlpatterns = [path("api/v1/", connect().urls)]
