"""The engine: people of two registers as numbers, an inverted index over keys, exact scores of the best."""
