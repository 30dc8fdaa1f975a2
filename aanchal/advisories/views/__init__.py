"""The pages of advisories."""
