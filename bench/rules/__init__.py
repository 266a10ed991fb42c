"""How fast policies are answered: against OpenFisca, DuckDB and rule-engine, and in the program.

`python -m bench.rules`; docs/bench.md says what is measured and what came out.
"""
