"""A place and a month for a review meeting: what is in it, how it reads, and the files made of it."""
