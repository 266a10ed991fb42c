"""From files to a pack that may be installed, or to every fault with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import version as installed_version
from pathlib import PurePosixPath
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError
from pydantic_core import ErrorDetails

from lianshang.apps.practices.choices import SourceKind
from lianshang.apps.practices.queries.files import MANIFEST, PackFiles
from lianshang.apps.practices.queries.policy_texts import read_policy, written_out
from lianshang.apps.practices.queries.problems import PackProblem, PackRefused
from lianshang.apps.practices.queries.schema import NOT_YET, Definition, Rows, numbers
from lianshang.apps.practices.queries.sections import SECTIONS, Section
from lianshang.apps.practices.queries.yaml_lines import Document, Path, read_document
from lianshang.core.formalism import Refusal, check
from lianshang.core.formalism.refusals import in_words, line_of, only_refused, shortened

EXPECTED: dict[str, str | Promise] = {
    "missing": _("这里缺少必填项"),
    "extra_forbidden": _("没有这个名称"),
    "string_type": _("应为文字（数字和日期请加引号）"),
    "bool_type": _("应为 true 或 false"),
    "bool_parsing": _("应为 true 或 false"),
    "int_type": _("应为整数"),
    "int_parsing": _("应为整数"),
    "list_type": _("应为列表，每项以“- ”开头"),
    "tuple_type": _("应为列表，每项以“- ”开头"),
    "model_type": _("应为“名称: 值”"),
    "dict_type": _("应为“名称: 值”"),
    "string_too_short": _("不能为空"),
    "string_too_long": _("文字太长"),
    "greater_than_equal": _("数太小"),
    "less_than_equal": _("数太大"),
}


@dataclass(frozen=True)
class Pack:
    """A pack whose every fault has been looked for and none found; warnings may remain."""

    files: PackFiles
    definition: Definition
    digest: str
    warnings: tuple[Refusal, ...] = ()

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def guide(self) -> str:
        name = self.definition.guide
        return self.files.contents[name].decode("utf-8", "replace") if name else ""

    def rows(self, *, with_scenery: bool) -> Iterator[tuple[Section, Any, bool]]:
        """Section, row, whether it is scenery; in the order of installing."""
        for section in SECTIONS.values():
            for row in self.definition.of(section.name):
                yield section, row, False
            for row in self.definition.scenery.of(section.name) if with_scenery else ():
                yield section, row, True


def checked(files: PackFiles) -> Pack:
    """The pack in these files; raises PackRefused with every finding."""
    document = read_document(files.contents[MANIFEST], files.manifest)
    guarded = check(document.value, files.manifest, lines=document.lines)
    faults = _Faults(document, files)
    definition = faults.definition()
    if definition:
        faults.look_at(definition)
    problems: list[PackProblem | Refusal] = [*only_refused(guarded), *faults.found]
    if problems:
        raise PackRefused(problems)
    assert definition is not None  # without problems there is one
    return Pack(files, definition, files.digest, guarded)


class _Faults:
    """The faults of one document."""

    def __init__(self, document: Document, files: PackFiles) -> None:
        self.document, self.files = document, files
        self.found: list[PackProblem] = []

    def add(
        self,
        code: str,
        path: Path,
        expected: str | Promise,
        advice: str | Promise = "",
        read: object = "",
    ) -> None:
        line = line_of(path, self.document.lines) or 1
        where = f"{self.files.manifest}:{line}"
        words = in_words(path)
        self.found.append(PackProblem(code, where, expected, advice, shortened(read), words))

    def definition(self) -> Definition | None:
        value = written_out(self.document.value, self.files)
        for name in sorted(NOT_YET & value.keys()):
            expected = _("本版本的程序还不支持这一部分")
            self.add("not_yet", (name,), expected, _("请先删去，升级程序后再加。"), name)
            del value[name]
        try:
            return Definition.model_validate(value)
        except SchemaError as error:
            for one in error.errors(include_url=False):
                self._schema(one)
            return None

    def _schema(self, error: ErrorDetails) -> None:
        path, kind = error["loc"], error["type"]
        context = error.get("ctx", {})
        read: object = "" if kind == "missing" else error["input"]
        if isinstance(read, Mapping | list):
            read = ""
        expected: str | Promise = EXPECTED.get(kind, "")
        advice: str | Promise = _("见 docs/packs.md。")
        if kind == "missing":
            advice = _("请补上，或参照 lianshang pack new 写出的样例。")
        elif kind == "extra_forbidden":
            read, advice = path[-1], self._close(path) or advice
        elif kind in {"literal_error", "enum"}:
            expected = _one_of(str(context.get("expected", "")))
        elif kind == "string_pattern_mismatch":
            expected = PATTERNS.get(str(path[-1]), error["msg"])
        self.add(kind, path, expected or error["msg"], advice, read)

    def _close(self, path: Path) -> str:
        """A hint that names the closest known name."""
        known = {*Definition.model_fields, *Rows.model_fields}
        if len(path) > 1:
            sections = [section for name, section in SECTIONS.items() if name in path]
            known = {name for section in sections for name in section.schema.model_fields}
        close = get_close_matches(str(path[-1]), sorted(known), n=2)
        return str(_("是否想写 %(close)s？") % {"close": " / ".join(close)}) if close else ""

    # What the schema cannot see

    def look_at(self, definition: Definition) -> None:
        self._program(definition)
        self._guide(definition.guide)
        self._policies(definition)
        name = PurePosixPath(self.files.source).name
        if self.files.kind == SourceKind.BUILTIN and definition.id != name:
            advice = _("请让文件夹与编号同名。")
            self.add("id", ("id",), _("应与文件夹同名：%s") % name, advice, definition.id)
        for section in SECTIONS.values():
            rows: list[tuple[Path, Any]] = []
            for above, part in (((), definition), (("scenery",), definition.scenery)):
                found = enumerate(part.of(section.name))
                rows += [((*above, section.name, number), row) for number, row in found]
            self._keys(section, rows)

    def _program(self, definition: Definition) -> None:
        least, own = definition.requires.lianshang, installed_version("lianshang")
        if least and numbers(least) > numbers(own):
            expected = _("需要更高版本的程序（现为 %s）") % own
            self.add("program", ("requires", "lianshang"), expected, _("请先升级程序。"), least)
        if definition.id in definition.requires.packs:
            self.add("requires", ("requires", "packs"), _("实践包不能依赖自己"))

    def _guide(self, guide: str) -> None:
        if not guide:
            return
        parts = PurePosixPath(guide).parts
        if ".." in parts or guide.startswith("/") or "\\" in guide or ":" in guide:
            expected = _("路径不得离开实践包")
            self.add("path", ("guide",), expected, _("请写包内的相对路径，例如 guide.md。"), guide)
        elif guide not in self.files.contents:
            self.add("file", ("guide",), _("包内没有这个文件"), _("请放入，或删去此行。"), guide)

    def _policies(self, definition: Definition) -> None:
        """The texts behind the rows; their faults have lines of their own files."""
        for above, part in (((), definition), (("scenery",), definition.scenery)):
            for number, row in enumerate(part.policies):
                if row.file in self.files.contents:
                    self.found += read_policy(row, self.files)
                else:
                    path = (*above, "policies", number, "file")
                    advice = _("请放入，或删去此行。")
                    self.add("file", path, _("包内没有这个文件"), advice, row.file)

    def _keys(self, section: Section, rows: list[tuple[Path, Any]]) -> None:
        before: set[str] = set()
        for path, row in rows:
            key = section.key(row)
            if key in before:
                self.add("twice", path, _("同一部分的键只能用一次"), _("请改名。"), key)
            for named in section.refers_to(row):
                if named not in before:
                    expected = _("前面没有这个键")
                    self.add("reference", path, expected, _("请先写被引用的一项。"), named)
            before.add(key)


def _one_of(words: str) -> str:
    return str(_("应为其中之一：%s") % words.replace(" or ", ", ").replace("'", ""))


PATTERNS: dict[str, str | Promise] = {
    "id": _("编号应为小写字母、数字和连字符，例如 my-practice"),
    "key": _("键应为小写字母、数字和连字符"),
    "version": _('版本应为数字和点，并加引号，例如 "1.0.0"'),
    "lianshang": _('版本应为数字和点，并加引号，例如 "1.0.0"'),
    "code": _("应为 模块:函数（包）或 字母.字母（事项类别代码）"),
}
