"""The life of an appeal: questions and answers, who may review, clocks, outcome, and what the public may hear.

Goals: every rule of a second look as a named check that returns its objections as data. Non-goals: deciding the merits
(a person does), recording anything (`app` does), what an account may do now (`gate` says).
"""
