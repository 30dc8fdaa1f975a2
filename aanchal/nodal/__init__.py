"""The Nodal Cell: returns of the States, problem areas, and what became of its advisories. Counts only, never a name."""
