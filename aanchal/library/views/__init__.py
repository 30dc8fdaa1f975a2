"""The pages of the library and of the compendium."""
