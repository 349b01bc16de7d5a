"""Who controls which account, and on what basis.

Goals: an owner's reach follows from confirmed links alone. Non-goals: finding links (they come in with their basis).
"""
