"""Pages of the Nodal Cell."""
