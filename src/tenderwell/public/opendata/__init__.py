"""The record for machines: OCDS packages with a gap-free cursor, bulk files, a feed, a table, calendars. No sign-in."""
