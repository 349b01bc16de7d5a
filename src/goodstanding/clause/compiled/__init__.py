"""The verdict reading, compiled to Python: the same answers in a fraction of the time."""
