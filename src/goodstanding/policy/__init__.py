"""The literate policy document: read, check, show.

Goals: one Markdown file that people read and machines apply; every problem of a file at once, at its place. Non-goals:
whether a clause is met (`clause`, `decisions`), what is known (`evidence`), and what a platform's rules should be.
"""
