"""The sealing client's scripts with the hashes by which browsers check them (subresource integrity)."""

from tenderwell.ui.integrity import integrity_of, url_and_integrity

__all__ = ["integrity_of", "url_and_integrity"]
