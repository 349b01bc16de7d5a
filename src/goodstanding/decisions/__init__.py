"""Policy × facts × owner → decision: findings, grounds, holds, entry requirements, exemptions.

Goals: pure, deterministic, replayable (P11); no wider than its grounds (P2). Non-goals: what is said about it
(`reasons`) and whether it is carried out (`app`).
"""
