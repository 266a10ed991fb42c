"""An office edits a template: what is wrong is said in its words, what is right counts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.core.papers.made import opened, text_of

from lianshang.core.accounts.models import User
from lianshang.core.papers.actions.issuing import issue_paper
from lianshang.core.papers.actions.templates import (
    activate_template,
    upload_template,
    use_built_in,
)
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.layout import as_bytes
from lianshang.core.papers.models import PaperTemplate
from lianshang.core.papers.queries import active_template
from lianshang.core.papers.samples import SUPERVISION_LETTER
from lianshang.core.papers.template_checks import check_template

LETTER = KINDS["supervision_letter"]


def with_paragraph(*texts: str) -> bytes:
    """The built-in letter with further paragraphs, as an office would type them."""
    document = opened(LETTER.built_in("示例高新区管委会"))
    for text in texts:
        document.add_paragraph(text)
    return as_bytes(document)


def with_part(name: str, content: bytes) -> bytes:
    """The built-in letter with another part in its package."""
    buffer = io.BytesIO(LETTER.built_in("示例高新区管委会"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        check_template(LETTER, content)
    return caught.value.messages[0]


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_the_built_in_templates_pass_their_own_check(kind: Any) -> None:
    check_template(kind, kind.built_in("示例高新区管委会"))


def test_an_unknown_placeholder_is_named_with_those_that_exist() -> None:
    said = refusal(with_paragraph("联系人：{{ contact }}"))
    assert said.startswith(
        "“联系人：{{ contact }}”：没有“contact”这一项。可用的有：title、number、"
    )
    assert "addressee" in said
    assert "decisions" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ matter.__class__ }}", "没有“matter.__class__”这一项"),
        ("{{ matter.upper }}", "没有“matter.upper”这一项"),
        ("{%p for d in demands %}\n{{ d.owner }}\n{%p endfor %}", "没有“d.owner”这一项"),
        ("{{ loop.index }}", "没有“loop.index”这一项"),
        ("{{ range(9) }}", "模板中不能用“Call”"),
        ("{{ 'a' * 999999999 }}", "模板中不能用“Mul”"),
        ("{{ matter['x'] }}", "模板中不能用“Getitem”"),
        ("{{ matter|pprint }}", "模板中不能用“|pprint”"),
        ("{% set x = 1 %}", "模板中不能用“Assign”"),
        ("{% include 'x' %}", "模板中不能用“Include”"),
        ("{{ matter title }}", "占位符写法有误（expected token 'end of print statement'"),
        ("{% if matter %}没有结尾", "占位符写法有误"),
        ("事项：{{ matter", "“事项：{{ matter”：花括号没有成对"),
        ("事项：matter }}", "“事项：matter }}”：花括号没有成对"),
    ],
)
def test_what_templates_may_not_do_is_said_with_the_paragraph(text: str, said: str) -> None:
    assert said in refusal(with_paragraph(*text.split("\n")))


def test_three_loops_inside_one_another_are_refused() -> None:
    loops = [f"{{%p for {name} in demands %}}" for name in "abc"]
    said = refusal(with_paragraph(*loops, "{{ a }}", *["{%p endfor %}"] * 3))
    assert "模板中不能用“for … for … for”" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"", "不是 .docx 文档"),
        (lambda: b"\xd0\xcf\x11\xe0 old", "旧版 .doc 请用 Word 或 WPS 另存为 .docx"),
        (lambda: b"PK\x03\x04broken", "压缩结构异常"),
        (lambda: b"PK\x03\x04" + bytes(6 * 1024 * 1024), "模板超过 5 MB"),
        (lambda: with_part("word/vbaProject.bin", b"macro"), "模板里有宏或嵌入的对象"),
        (lambda: with_part("word/embeddings/a.bin", b"object"), "模板里有宏或嵌入的对象"),
        (lambda: with_part("word/more.zip", b"PK"), "压缩结构异常（word/more.zip）"),
        (lambda: with_part("word/bomb.xml", bytes(60 * 1024 * 1024)), "压缩结构异常（60"),
        (
            lambda: with_part(
                "word/_rels/x.xml.rels", b'<Relationship TargetMode="External" Target="http://a"/>'
            ),
            "模板引用了外部文件或网址",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_honest_document_is_refused(content: Callable[[], bytes], said: str) -> None:
    assert said in refusal(content())


def test_a_workbook_is_no_template() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(buffer.getvalue()) == "不是 Word 文档：请上传 .docx。"


@pytest.mark.django_db
class TestVersions:
    """Uploading, using, going back."""

    @pytest.fixture
    def officer(self) -> User:
        return factories.office()

    def upload(self, officer: User, *texts: str) -> PaperTemplate:
        file = SimpleUploadedFile("督办函.docx", with_paragraph(*texts))
        return upload_template(actor=officer, kind=LETTER.name, file=file, note="加一行")

    def issue(self, officer: User) -> Any:
        context = SUPERVISION_LETTER
        return issue_paper(actor=officer, kind=LETTER.name, subject=None, context=context)

    def test_an_edited_template_makes_the_next_paper(self, officer: User) -> None:
        before = self.issue(officer)
        template = self.upload(officer, "抄报：{{ office }}督查室")
        after = self.issue(officer)
        assert (before.template_version, after.template_version) == (0, 1)
        assert "抄报：示例高新区管委会督查室" in text_of(after.read())
        assert "抄报" not in text_of(before.read())
        assert active_template(LETTER.name) == template

    def test_a_refused_template_changes_nothing(self, officer: User) -> None:
        first = self.upload(officer, "一稿")
        with pytest.raises(ValidationError) as caught:
            self.upload(officer, "{{ nobody }}")
        assert "没有“nobody”这一项" in caught.value.message_dict["file"][0]
        assert list(PaperTemplate.objects.all()) == [first]

    def test_one_goes_back_to_an_older_version_and_to_the_built_in(self, officer: User) -> None:
        first = self.upload(officer, "一稿")
        second = self.upload(officer, "二稿")
        assert (first.version, second.version) == (1, 2)
        assert active_template(LETTER.name) == second
        activate_template(actor=officer, template=first, reason="二稿有误")
        assert "一稿" in text_of(self.issue(officer).read())
        use_built_in(actor=officer, kind=LETTER.name, reason="恢复")
        assert active_template(LETTER.name) is None
        assert "稿" not in text_of(self.issue(officer).read())
