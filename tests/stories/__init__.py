"""Whole journeys, as people and programs make them: by API, by page, in a browser; with the wrong person trying too."""
