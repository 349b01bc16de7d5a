"""The smallest changes that would end the restrictions of a decision, and whose hands they are in."""
