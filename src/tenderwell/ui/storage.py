"""Static files under names that carry their hash, compressed, kept by browsers for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed names, also for the import inside our own module.

    Only in ours: comments of third-party scripts look like imports to Django, and collectstatic would stop at them.
    """

    support_js_module_import_aggregation = True
    manifest_strict = False
    _js_module_import_aggregation_patterns = (
        "js/app.js",
        HashedFilesMixin._js_module_import_aggregation_patterns[1],  # type: ignore[attr-defined]  # the stubs leave it out
    )
