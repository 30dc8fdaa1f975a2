"""Documentation written from the code."""
