"""Pages of the selection of districts and blocks."""
