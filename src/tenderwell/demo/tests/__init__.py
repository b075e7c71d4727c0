"""Tests of the demo's texts."""
