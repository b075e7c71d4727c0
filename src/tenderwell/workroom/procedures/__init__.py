"""Procedures and jurisdictions, one file each; `load()` registers whatever is in these folders. Pure."""

import importlib
import pkgutil

from tenderwell.workroom.procedures import jurisdictions


def load() -> None:
    for folder in (jurisdictions, None):
        path, prefix = (folder.__path__, folder.__name__) if folder else (__path__, __name__)
        for module in pkgutil.iter_modules(path):
            if not module.ispkg:
                importlib.import_module(f"{prefix}.{module.name}")
