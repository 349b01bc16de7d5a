"""Commands: they read arguments and files, call a use case, and print what came of it.

Goals: help that teaches, `--json` on every verb, exit codes that scripts can rely on. Non-goals: any rule; a command
that would need one is missing a use case below.
"""
