"""Tenderwell: public procurement in the open, from need to final account."""

__version__ = "0.1.0"
