"""One file per jurisdiction and version: the law's numbers, each with its source. Pure."""
