"""The pages of rehabilitation."""
