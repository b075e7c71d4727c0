"""Telling people: what was published of a process reaches everybody whom it concerns, on the desk and by e-mail."""
