"""Files to start from: a small case with all that goes with it, which nobody's case is."""
