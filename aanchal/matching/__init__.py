"""Finding her: missing people against found people, across scripts; people decide."""
