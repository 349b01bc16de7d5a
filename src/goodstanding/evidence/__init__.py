"""Sources, quotations, and the facts that rest on them.

Goals: a fact is never more than what some evidence says, of the grade it has, for the time it speaks of.
Non-goals: what follows from a fact; that is for `decisions`.
"""
