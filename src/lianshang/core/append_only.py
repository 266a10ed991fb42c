"""Tables that may only grow."""

import pgtrigger


class AppendOnly(pgtrigger.Protect):
    """A guard for tables that may only grow: UPDATE and DELETE fail in the database itself."""

    def __init__(self) -> None:
        super().__init__(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
