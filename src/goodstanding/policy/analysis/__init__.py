"""What can be proven of a policy before it applies: faults of clauses, and what a new version catches or releases."""
