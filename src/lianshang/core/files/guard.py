"""The gate of every uploaded table: size, true kind and zip bombs, before anything parses it."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings

from lianshang.core.files.archives import check_archive
from lianshang.core.files.kinds import TableKind, table_kind
from lianshang.core.files.refusals import FileRefused, bytes_in_words


@dataclass(frozen=True)
class TableFile:
    """A table file that may be opened."""

    name: str
    kind: TableKind
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_misnamed(self) -> bool:
        """Whether the name's extension says another kind than the content."""
        extension = PurePath(self.name).suffix.lower().removeprefix(".")
        return extension not in {self.kind.value, *_ALSO_NAMED.get(self.kind, ())}


_ALSO_NAMED = {
    TableKind.XLSX: ("xlsm", "xltx"),
    TableKind.CSV: ("txt", "tsv"),
    TableKind.XLS: ("et",),
}


def check_table(handle: BinaryIO, name: str) -> TableFile:
    """The file, if it may be opened; raises FileRefused.

    Limits are IMPORT_LARGEST_FILE (bytes) and IMPORT_LARGEST_UNPACKED (bytes).
    """
    largest = settings.IMPORT_LARGEST_FILE
    size = handle.seek(0, 2)
    if size > largest:
        raise FileRefused("file_too_large", bytes_in_words(size), largest=bytes_in_words(largest))
    kind = table_kind(handle)
    if kind in {TableKind.XLSX, TableKind.ODS}:
        check_archive(handle, largest_unpacked=settings.IMPORT_LARGEST_UNPACKED)
    handle.seek(0)
    return TableFile(PurePath(name.replace("\\", "/")).name, kind, handle.read())
