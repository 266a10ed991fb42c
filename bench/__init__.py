"""Benchmarks, run as `python -m bench.NAME`: each prints a table, and one JSON object with --json.

Everything is measured on one thread. The libraries read that wish when they are loaded, so it is
written here, before any of them is; a variable that is set already stays as it is.
"""

import os

for _name in (
    "POLARS_MAX_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMEXPR_MAX_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
):
    os.environ.setdefault(_name, "1")
