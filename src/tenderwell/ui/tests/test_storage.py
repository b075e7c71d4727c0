"""Static files get names with a hash, also the module that our own script imports."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import HashedFilesMixin, staticfiles_storage
from django.core.management import call_command
from pytest_django.fixtures import Settings

from tenderwell.ui import build


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    if not (build.STATIC / "css" / "app.css").exists():
        pytest.skip("the static files are not built: python -m tenderwell.ui.build")
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "tenderwell.ui.storage.Storage"}}
    ui_only = [str(Path(build.__file__).parent.parent / "static"), str(build.STATIC)]
    settings.STATICFILES_DIRS, settings.INSTALLED_APPS = ui_only, ["django.contrib.staticfiles", "django_htmx"]
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path


def test_names_carry_a_hash_also_inside_our_script(collected: Path) -> None:
    assert isinstance(staticfiles_storage, HashedFilesMixin)
    script = (collected / staticfiles_storage.stored_name("js/app.js")).read_text()
    imported = staticfiles_storage.stored_name("js/govuk-frontend.min.js").removeprefix("js/")
    assert imported != "govuk-frontend.min.js"
    assert f'from "./{imported}"' in script
    assert (collected / f"{staticfiles_storage.stored_name('css/base.css')}.br").exists()
