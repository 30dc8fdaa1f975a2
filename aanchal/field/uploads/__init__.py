"""A state's own workbook: whether it may be opened at all, and what it becomes. Nothing here knows Django."""
