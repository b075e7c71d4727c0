"""Write the generated reference and procedures.lock from the program: reviewed by their diff, then committed."""

import json
import os


def main() -> None:
    """Write all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenderwell.settings")
    import django

    django.setup()
    from tenderwell.workroom.api.routes import api
    from tenderwell.workroom.api.urls import urlpatterns
    from tests.conventions.reference import PAGES
    from tests.conventions.test_machinery import LOCK, OPENAPI, digests

    assert urlpatterns
    OPENAPI.write_text(json.dumps(api.get_openapi_schema(), indent=1, default=str) + "\n", "utf-8")
    for name, page in PAGES.items():
        (OPENAPI.parent / name).write_text(page(), "utf-8")
    LOCK.write_text(json.dumps(digests(), indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
