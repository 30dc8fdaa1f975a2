"""Pages of the indicators and of releases."""
