"""The words that every other package is made of: ids, instants, digests, territories, scope, grades.

Goals: values that cannot be wrong once made. Non-goals: any rule of the trade; those live in the rooms above.
"""
