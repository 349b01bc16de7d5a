"""The logic reading: a condition as formulas of a prover, three-valued like the verdict."""
