"""Pages of the families: their list, one family's card, the register on paper, the measures of a place."""
