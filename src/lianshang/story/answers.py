"""What stands before a person after a step: a page, an API's answer, a file."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from lianshang.story.grammar import ApiCall
from lianshang.story.page import Page, squeezed
from lianshang.story.problems import StepFailed


@dataclass(frozen=True, slots=True)
class Download:
    """A file that came instead of a page."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer: `page` is None after a call."""

    status: int
    text: str
    page: Page | None = None
    download: Download | None = None

    def shown(self) -> list[str]:
        if self.page is not None:
            return self.page.shown()
        return [f"the answer: status {self.status}, {squeezed(self.text)[:300]}"]

    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError as error:
            raise StepFailed("an answer in JSON", *self.shown()) from error

    def at(self, path: str) -> Any:
        """The value at `items.0.id`."""
        value = self.json()
        for part in path.split("."):
            try:
                value = value[int(part)] if isinstance(value, list) else value[part]
            except (KeyError, IndexError, ValueError, TypeError) as error:
                raise StepFailed(f"a value at “{path}”", *self.shown()) from error
        return value


class Driver(Protocol):
    """Somebody who does what a story says: over HTTP, or in Chromium."""

    is_browser: bool

    def sign_in(self, user: str, password: str) -> None: ...
    def sign_out(self) -> None: ...
    def act_as(self, user: str) -> None: ...
    def open(self, place: str) -> None: ...
    def follow(self, name: str, region: str) -> None: ...
    def press(self, name: str, region: str) -> None: ...
    def fill(self, label: str, value: str | tuple[str, ...], region: str) -> None: ...
    def call(self, call: ApiCall) -> None: ...
    def told(self, answer: Answer) -> None: ...
    def go(self, *, online: bool) -> None: ...
    def answers(self) -> Iterator[Answer]: ...
    def clock_moved(self) -> None: ...
    def close(self) -> None: ...


def text_of_file(file: Download) -> str:
    """The words in a Word, Excel, PDF or text file."""
    ending = file.name.lower().rpartition(".")[2]
    if ending == "docx":
        return _words(file.content)
    if ending == "xlsx":
        return _cells(file.content)
    if ending == "pdf":
        return _pdf(file)
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StepFailed("a docx, xlsx, pdf or text file", f"it is “{file.name}”") from error


def _words(content: bytes) -> str:
    """Every paragraph, in tables and headers too; runs of one paragraph belong together."""
    import zipfile

    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                root = etree.fromstring(parts.read(name))
                lines += [
                    "".join(one.text or "" for one in paragraph.iter(f"{space}t"))
                    for paragraph in root.iter(f"{space}p")
                ]
    return "\n".join(lines)


def _cells(content: bytes) -> str:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(
        "\t".join(str(cell) for cell in row)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    )


def _pdf(file: Download) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise StepFailed(f"to read “{file.name}”", "install pdftotext (poppler-utils)")
    done = subprocess.run(
        [program, "-layout", "-", "-"], input=file.content, capture_output=True, check=True
    )
    return done.stdout.decode()
