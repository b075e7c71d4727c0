"""The application as a WSGI server finds it."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenderwell.settings")
django.setup()

from tenderwell import start  # noqa: E402 - Django first

start.prepare()
application = WSGIHandler()
