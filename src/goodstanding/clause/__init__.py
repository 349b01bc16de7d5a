"""Conditions: the vocabulary they speak of, the language (a part of CEL) and its readings.

Nothing is imported here, so that loading one reading stays light. What other packages use:

- `values`: `Value`, `ValueType`, `EntityRef`, `ABSENT`, `to_typed`, `from_typed`
- `vocabulary`: `Vocabulary` and its records; `vocabulary_document`: `read_vocabulary`
- `marked_yaml`: `MarkedYaml`, YAML read with every problem at its place
- `parse`: `Conditions`; `tree`: `Condition` and its nodes
- `model`: `Cell`, `Facts`, `Known`, `Unknown`, `Verdict`, `Reading`
- `verdict`: `read_verdict`, `value_of`, `read_value`, `ValueReading`, `Failed`
- `prose`: `say_condition`, `say_cells`, `say_missing`, `say_remedy`, `Remedy`

Goals: one tree, several readings that agree. Non-goals: where facts come from (`evidence`), what follows (`decisions`).
"""
