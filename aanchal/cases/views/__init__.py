"""Pages of survivors' cases."""
