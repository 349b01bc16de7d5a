"""The prose reading: a condition, a case's values and a remedy as sentences, in every language of the catalogue."""
