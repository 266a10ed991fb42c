"""What the first page asks."""

from django.http import HttpRequest

from lianshang.core.workflow.queries.workbench import Workbench, workbench


def bench_of(request: HttpRequest) -> Workbench:
    """Read once per request: the head line and the panel show the same rows."""
    kept: Workbench | None = request.__dict__.get("_workbench")
    if kept is None:
        kept = request.__dict__["_workbench"] = workbench(request.user)  # type: ignore[arg-type]  # signed in
    return kept
