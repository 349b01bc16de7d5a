"""Use cases: one plain function a command, `(state, now, ids) → drafts | refusal`.

Goals: every rule on who may do what, and when, in one place, above every room and below every adapter. Non-goals: what
the rooms decide themselves; files, sockets and clocks, which come in through `ports`.
"""
