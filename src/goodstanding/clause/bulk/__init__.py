"""The bulk reading: a condition as SQL over a table of accounts, one tree for every engine; NULL is unknown."""
