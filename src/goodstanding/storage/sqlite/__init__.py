"""The record in SQLite: one folder, one sequencer, durable before acknowledged.

Goals: a desk needs no server, survives a crash without a hand, and can be verified while it runs. Non-goals: more than
one writing process (that is PostgreSQL's part).

A desk's folder holds `ledger.db` (entries, tree, checkpoints, projections), `keys.db` (subjects' keys, apart so that
backups of the record carry none) and `ledger.lock` (who is the sequencer).
"""
