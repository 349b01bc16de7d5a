"""Conditions: the vocabulary they speak of, the language (standard CEL) and its readings.

Nothing is imported here, so that loading one reading stays light. What other packages use:

- `values`: `Value`, `ValueType`, `EntityRef`, `ABSENT`, `to_typed`, `from_typed`
- `vocabulary`: `Vocabulary` and its records; `vocabulary_document`: `read_vocabulary`
- `marked_yaml`: `MarkedYaml`, YAML read with every problem at its place
- `parse`: `Conditions`; `tree`: `Condition` and its nodes
- `model`: `Cell`, `Facts`, `Known`, `Unknown`, `Verdict`, `Reading`
- `untyped`: `evaluate`, `Evaluation`, expressions over plain facts; `json_values`: `to_json`, `from_json`
- `language`: `refusals`, what each reading refuses of a condition; `page`, the reference page
- `verdict`: `read_verdict`, `value_of`, `read_value`, `ValueReading`, `Failed`
- `compiled.reading`: `compile_condition`, `compile_together`, the same verdict in a fraction of the time
- `bulk.reading`: `sql`, `columns`, `refusals`; `bulk.query`: whole queries; `bulk.dialects`: `written`
- `logic.reading`: `Scene`, `truth`, `refusals`
- `prose.reading`: `say_condition`, `say_cells`, `say_missing`, `say_remedy`, `Remedy`; `prose.words`: `Words`

Goals: one tree, several readings that agree. Non-goals: where facts come from (`evidence`), what follows (`decisions`).
"""
