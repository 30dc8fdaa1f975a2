"""The story of the system: what happens next when something has happened."""

FLOW = {}
