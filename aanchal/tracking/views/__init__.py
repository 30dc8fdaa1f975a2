"""The pages of keeping touch."""
