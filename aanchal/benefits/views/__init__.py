"""Pages of the schemes, the plans of families, the board, and the funds."""
