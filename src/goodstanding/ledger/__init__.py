"""The record as bytes: entries, the tree over them, signed checkpoints, receipts.

Goals: anyone can check what the operator recorded, with nothing but bytes and a public key. Non-goals: where the bytes
are kept and in which order commands run (`storage`), what the entries mean (`app`).
"""
