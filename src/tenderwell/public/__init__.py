"""What anyone may read: built only from logged releases, or from another publisher's OCDS marked with its source."""
