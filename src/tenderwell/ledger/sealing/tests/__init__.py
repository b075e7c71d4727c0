"""Tests of the sealed-bid package: every subset of members, every kind of tampering."""
