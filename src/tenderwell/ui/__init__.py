"""Base templates, field templates, components, charts, themes, letters and their assets."""
