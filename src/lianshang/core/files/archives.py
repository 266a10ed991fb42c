"""Zip bombs: an archive is measured, entry by entry, before any library opens it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused, bytes_in_words

MOST_PARTS = 10_000
LARGEST_RATIO = 200  # a sheet of one repeated row stays below 120
RATIO_MATTERS_FROM = (
    20 * 1024 * 1024
)  # bytes unpacked; small files may be packed as tightly as they like
_BLOCK = 1024 * 1024
_LOCAL_HEADER = 30  # bytes before name and extra field
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".xlsx", ".ods")
_MAY_HOLD_WORKBOOKS = ("xl/embeddings/",)  # objects that Excel embeds; nothing here opens them


def check_archive(handle: BinaryIO, *, largest_unpacked: int) -> None:
    """Raise FileRefused unless the archive is honest about its sizes and unpacks within the
    limit.
    """
    try:
        with zipfile.ZipFile(handle) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused("corrupt", _("打不开的压缩结构")) from error
    packed = handle.seek(0, 2)
    _check_declared(entries, packed, largest_unpacked)
    unpacked = 0
    for entry in entries:
        size = 0
        for block in _unpack(handle, entry):
            size += block
            if unpacked + size > largest_unpacked:
                raise _too_large(unpacked + size, largest_unpacked)
        if size != entry.file_size:
            raise FileRefused("parts_overlap", entry.filename)
        unpacked += size


def _check_declared(entries: list[zipfile.ZipInfo], packed: int, largest_unpacked: int) -> None:
    if len(entries) > MOST_PARTS:
        raise FileRefused("too_many_parts", str(len(entries)), largest=MOST_PARTS)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > largest_unpacked:
        raise _too_large(unpacked, largest_unpacked)
    if unpacked > RATIO_MATTERS_FROM and unpacked > packed * LARGEST_RATIO:
        raise FileRefused("packed_too_tightly", f"{unpacked // packed}", largest=LARGEST_RATIO)
    if sum(entry.compress_size for entry in entries) > packed:
        raise FileRefused("parts_overlap", _("内部文件重叠"))
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileRefused("password", entry.filename)
        inside = entry.filename.lower().endswith(_ARCHIVES)
        if inside and not entry.filename.startswith(_MAY_HOLD_WORKBOOKS):
            raise FileRefused("archive_inside", entry.filename)


def _too_large(size: int, largest: int) -> FileRefused:
    return FileRefused("unpacked_too_large", bytes_in_words(size), largest=bytes_in_words(largest))


def _unpack(handle: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[int]:
    """Sizes of the blocks an entry really unpacks to, whatever its header declares."""
    handle.seek(entry.header_offset)
    header = handle.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise FileRefused("corrupt", entry.filename)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    handle.seek(name_length + extra_length, 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield entry.compress_size
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflate(handle, entry)
    else:
        raise FileRefused("corrupt", entry.filename)


def _inflate(handle: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[int]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left = entry.compress_size
    try:
        while left > 0 and not inflater.eof:
            block = handle.read(min(_BLOCK, left))
            if not block:
                raise FileRefused("corrupt", entry.filename)
            left -= len(block)
            while block and not inflater.eof:
                yield len(inflater.decompress(block, _BLOCK))
                block = inflater.unconsumed_tail
        yield len(inflater.flush())
    except zlib.error as error:
        raise FileRefused("corrupt", entry.filename) from error
