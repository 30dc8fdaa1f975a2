"""A fictional pilot: one state that does not exist, its households, and what their phones would send."""
