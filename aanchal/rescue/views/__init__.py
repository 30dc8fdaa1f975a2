"""The pages of rescue."""
