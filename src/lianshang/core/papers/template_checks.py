"""Whether an edited template may be used: an honest .docx whose placeholders are all known.

The language allowed is a small part of Jinja: values, `for`, `if`, three filters. No calls, no
arithmetic, no private names; so a template can neither reach into the program nor run for ever.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from jinja2 import TemplateError, TemplateSyntaxError, nodes

from lianshang.core.files.archives import check_archive
from lianshang.core.files.refusals import FileRefused
from lianshang.core.papers.kinds import PaperKind, values_of
from lianshang.core.papers.rendering import fill_template, sandbox

LARGEST, LARGEST_UNPACKED = 5 * 1024 * 1024, 50 * 1024 * 1024
DEEPEST = 2  # loops inside one another
LOOP = frozenset({"index", "first", "last", "length"})
FILTERS = frozenset({"cn", "join", "length"})
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For),
    *(nodes.If, nodes.Filter, nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And),
    nodes.Or,
)
_TAG = re.compile(r"<[^>]+>")
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_OPENING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']')
_SAMPLE_NUMBER = "示高管办〔2026〕1号"


def check_template(kind: PaperKind, content: bytes) -> None:
    """Raise ValidationError, in words for those who edit templates, unless it may be used."""
    _check_archive(content)
    from docx import Document

    try:
        Document(io.BytesIO(content))
        texts = list(_paragraphs_by_part(content))
    except Exception as error:  # a package can be broken in any way
        raise ValidationError(
            _("打不开：不是完整的 .docx 文档，请用 Word 或 WPS 另存。")
        ) from error
    for paragraphs, _patched in texts:
        for paragraph in paragraphs:
            _check_pairs(paragraph)
    for _paragraphs, patched in texts:
        _check_tree(kind, patched)
    _try(kind, content)


def _check_archive(content: bytes) -> None:
    if len(content) > LARGEST:
        raise ValidationError(_("模板超过 5 MB：请去掉大图片后再上传。"))
    if not content.startswith(b"PK\x03\x04"):
        raise ValidationError(_("不是 .docx 文档：旧版 .doc 请用 Word 或 WPS 另存为 .docx。"))
    try:
        check_archive(io.BytesIO(content), largest_unpacked=LARGEST_UNPACKED)
    except FileRefused as refusal:
        text = _("压缩结构异常（%(read)s），没有接收：请用 Word 或 WPS 打开，另存为新的 .docx。")
        raise ValidationError(text % {"read": refusal.read or refusal.code}) from refusal
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise ValidationError(_("不是 Word 文档：请上传 .docx。"))
        if any("vbaProject" in name or "/embeddings/" in name for name in names):
            raise ValidationError(_("模板里有宏或嵌入的对象，请去掉后再上传。"))
        relations = [archive.read(name) for name in names if name.endswith(".rels")]
    if any(_EXTERNAL.search(one) for one in relations):
        raise ValidationError(_("模板引用了外部文件或网址，请去掉超链接和外部图片后再上传。"))


def _paragraphs_by_part(content: bytes) -> Iterator[tuple[list[str], str]]:
    """Of each part: the texts of its paragraphs, and its XML as Jinja will read it."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it has no types
    from lxml import etree

    document = DocxTemplate(io.BytesIO(content))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if _PARTS.fullmatch(name)]
        properties = [name for name in archive.namelist() if name == "docProps/core.xml"]
        for name in (*parts, *properties):
            root = etree.fromstring(archive.read(name), parser)
            texts = [_text(one) for one in root.iter("{*}p")] or [
                "".join(map(str, root.itertext()))
            ]
            xml = etree.tostring(root, encoding="unicode")
            yield texts, re.sub(r"<w:p([ >])", r"\n<w:p\1", document.patch_xml(xml))


def _text(paragraph: Any) -> str:
    return "".join(str(one.text or "") for one in paragraph.iter("{*}t"))


def _check_pairs(text: str) -> None:
    """Every opening mark has its closing mark in the same paragraph."""
    marks = re.findall(r"\{\{|\}\}|\{%|%\}|\{#|#\}", text)
    while marks:
        closing = _OPENING.get(marks.pop(0))
        if closing is None or not marks or marks.pop(0) != closing:
            said = _("“%(text)s”：花括号没有成对，占位符应写作 {{ 名称 }}，并在同一段内。")
            raise ValidationError(said % {"text": text[:80]})


def _check_tree(kind: PaperKind, source: str) -> None:
    try:
        tree = sandbox().parse(source)
    except TemplateSyntaxError as error:
        text = _("“%(text)s”：占位符写法有误（%(error)s）。")
        given = {"text": _paragraph_at(source, error.lineno), "error": error.message}
        raise ValidationError(text % given) from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            _refuse(source, node, type(node).__name__)
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            _refuse(source, node, f"|{node.name}")
    _check_names(kind, tree, source, {}, 0)


def _refuse(source: str, node: nodes.Node, what: str) -> None:
    text = _("“%(text)s”：模板中不能用“%(what)s”，只能用占位符、for、if 和 join、length、cn。")
    raise ValidationError(text % {"text": _paragraph_at(source, node.lineno), "what": what})


def _paragraph_at(source: str, line: int) -> str:
    """The text of the paragraph on that line."""
    lines = source.splitlines()
    return _TAG.sub("", lines[min(line, len(lines)) - 1]).strip()[:80] if lines else ""


def _check_names(
    kind: PaperKind, node: nodes.Node, source: str, loops: Mapping[str, str], depth: int
) -> None:
    """Every name is a field, or the variable of a loop; attributes are those of what is listed."""
    if isinstance(node, nodes.For):
        if depth == DEEPEST or node.recursive:
            _refuse(source, node, "for … for … for")
        _check_names(kind, node.iter, source, loops, depth)
        names = {str(getattr(node.target, "name", "")): str(getattr(node.iter, "name", ""))}
        for child in (*node.body, *node.else_):
            _check_names(kind, child, source, {**loops, **names, "loop": "loop"}, depth + 1)
        return
    if isinstance(node, nodes.Getattr):
        _check_attribute(kind, node, source, loops)
        return
    if isinstance(node, nodes.Name) and node.name not in {*kind.fields, *loops}:
        _unknown(kind, node, source, node.name)
    for child in node.iter_child_nodes():
        _check_names(kind, child, source, loops, depth)


def _check_attribute(
    kind: PaperKind, node: nodes.Getattr, source: str, loops: Mapping[str, str]
) -> None:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    listed = loops.get(owner, "")
    known = node.attr in LOOP if listed == "loop" else f"{listed}.{node.attr}" in kind.fields
    if not known:
        _unknown(kind, node, source, f"{owner}.{node.attr}")


def _unknown(kind: PaperKind, node: nodes.Node, source: str, name: str) -> None:
    given = {
        "text": _paragraph_at(source, node.lineno),
        "name": name,
        "names": "、".join(one for one in kind.fields),
    }
    text = _("“%(text)s”：没有“%(name)s”这一项。可用的有：%(names)s。")
    raise ValidationError(text % given)


def _try(kind: PaperKind, content: bytes) -> None:
    """Make the paper once, with the sample, and open it."""
    from docx import Document

    from lianshang.core.papers.samples import SAMPLE_DAY

    sample = kind.sample()
    values = values_of(kind, sample, title="", number=_SAMPLE_NUMBER, serial=1, day=SAMPLE_DAY)
    try:
        Document(io.BytesIO(fill_template(content, values)))
    except TemplateError as error:
        raise ValidationError(_("试填失败：%s") % error) from error
    except Exception as error:  # whatever breaks a trial breaks a paper
        text = _("试填后打不开：请检查 {%tr …%}、{%p …%} 是否各自单独占一行或一段。")
        raise ValidationError(text) from error
