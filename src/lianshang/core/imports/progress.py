"""Where a batch stands, written so that a page sees it at once; and its file, once it is not
needed.
"""

from django.db import transaction

from lianshang.core import clock
from lianshang.core.imports.models import ImportBatch


def report(batch: ImportBatch, done_rows: int) -> None:
    """Tell how many rows are done; not a change worth a history row."""
    batch.done_rows = done_rows
    batch.touched_at = clock.now()
    batch.save(update_fields=["done_rows", "touched_at"])


def forget_file(batch: ImportBatch) -> None:
    """Remove the stored file once this transaction is sure; the digest stays. The row is not
    saved.
    """
    name, storage = batch.file.name, batch.file.storage
    batch.file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))
