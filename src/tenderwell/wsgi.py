"""The application as a WSGI server finds it."""

import multiprocessing
import os
import threading

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenderwell.settings")
django.setup()

from tenderwell import start  # noqa: E402 - Django first


def end_with_parent() -> None:
    """A worker whose server was killed would keep the port: end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


threading.Thread(target=end_with_parent, daemon=True).start()
start.prepare()
application = WSGIHandler()
