"""Indexing in the background."""

from procrastinate.contrib.django import app

from lianshang.core.search.actions import index


@app.task(name="search.index")
def index_in_background(label: str, pks: list[int] | None = None) -> None:
    """Index some (or all) things of a kind."""
    index(actor=None, label=label, pks=pks)
