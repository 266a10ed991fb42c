"""Files that belong to something: what is taken, who sees it, how it is given out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog
from lianshang.core.files import queries
from lianshang.core.files.actions import attach, withdraw
from lianshang.core.files.models import Attachment
from lianshang.core.files.queries import attachments_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n picture"
PDF = b"%PDF-1.7 contract"
LABEL = "enterprises.enterprise"


def packed(part: str, size: int = 1) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, bytes(size))
    return content.getvalue()


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def firm() -> Enterprise:
    return factories.firm()


@pytest.fixture
def officer() -> User:
    return factories.office()


@pytest.fixture
def _firms_take_files(monkeypatch: pytest.MonkeyPatch) -> None:
    takes = {LABEL: lambda user, pk: user.may("enterprises.change")}
    monkeypatch.setattr(queries, "_takes", takes)


def keep(firm: Enterprise, content: bytes, name: str, **rest: Any) -> Attachment:
    return attach(actor=None, subject=firm, file=upload(content, name), **rest)


@pytest.mark.parametrize(
    ("content", "name", "kept", "kind"),
    [
        (PDF, "合同.exe", "合同.pdf", "pdf"),
        (PNG, "照片.JPG", "照片.png", "png"),
        (b"\xff\xd8\xff\xe0", "IMG_1.jpeg", "IMG_1.jpeg", "jpg"),
        (packed("word/document.xml"), "说明.docx", "说明.docx", "docx"),
        (packed("xl/workbook.xml"), "台账", "台账.xlsx", "xlsx"),
        ("名称,数量\n甲,1".encode("gb18030"), "清单.csv", "清单.csv", "csv"),
        ("会议记录".encode(), "记录.md", "记录.md", "txt"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "录音.wav", "录音.wav", "wav"),
        (b"\x00\x00\x00\x20ftypM4A ", "录音.mp4", "录音.m4a", "m4a"),
        (PDF, "../../etc/pass\u202ewd\x00.pdf", "passwd.pdf", "pdf"),
        (PDF, 'C:\\桌面\\a<b>"c".pdf', "a_b__c_.pdf", "pdf"),
        (PDF, "长" * 300 + ".pdf", "长" * 120 + ".pdf", "pdf"),
    ],
)
def test_the_content_decides_and_the_name_cannot_mislead(
    firm: Enterprise, content: bytes, name: str, kept: str, kind: str
) -> None:
    file = upload(content, "x")
    file._name = name  # type: ignore[attr-defined]  # Django would clean it already
    attachment = attach(actor=None, subject=firm, file=file)
    assert (attachment.name, attachment.kind) == (kept, kind)
    assert attachment.read() == content
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    with attachment.content.open("rb") as handle:
        assert content not in handle.read()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.pdf", "文件是空的，请检查后重新选择。"),
        (b"MZ\x90\x00 program", "合同.pdf", "“合同”的内容不是可以接收的格式；可接收：PDF、JPG"),
        (b"<html><script>", "说明.txt", "“说明”的内容不是可以接收的格式"),
        (b"<svg onload='x'>", "图.png", "“图”的内容不是可以接收的格式"),
        (packed("readme.txt"), "包.docx", "“包”的内容不是可以接收的格式"),
        (packed("word/vbaProject.bin"), "宏.docx", "文件带有宏，没有接收"),
        (packed("word/more.zip"), "套.docx", "“套”的内部结构异常，没有接收"),
        (packed("word/document.xml", 40_000_000), "弹.docx", "“弹”的内部结构异常，没有接收"),
        (PDF + bytes(2048), "大.pdf", "文件有 2.017 KB，超过 2 KB。请压缩图片或拆分后再上传。"),
    ],
)
def test_what_is_not_taken_is_said(
    firm: Enterprise, settings: Settings, content: bytes, name: str, said: str
) -> None:
    if len(content) < 3000 and len(content) > 2048:
        settings.ATTACHMENT_LARGEST_FILE = 2048
    with pytest.raises(ValidationError) as caught:
        keep(firm, content, name)
    assert said in caught.value.messages[0]
    assert not Attachment.objects.exists()


def test_an_attachment_is_as_visible_as_its_subject(client: Client, officer: User) -> None:
    ours, theirs = factories.firm(), factories.firm()
    mine, other = keep(ours, PDF, "我.pdf"), keep(theirs, PDF, "他.pdf")
    client.force_login(factories.user(Role.BANK))
    assert client.get(reverse("files:download", args=[mine.pk])).status_code == 404
    client.force_login(officer)
    for one in (mine, other):
        assert client.get(reverse("files:download", args=[one.pk])).status_code == 200
    client.logout()
    assert client.get(reverse("files:download", args=[mine.pk])).status_code == 302


def test_a_download_is_kept_by_the_reader_and_logged(
    client: Client, officer: User, firm: Enterprise
) -> None:
    attachment = keep(firm, PDF, "合同 一.pdf")
    client.force_login(officer)
    answer = client.get(reverse("files:download", args=[attachment.pk]), {"show": "1"})
    assert answer.content == PDF
    disposition = "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C%20%E4%B8%80.pdf"
    assert answer["Content-Disposition"] == disposition  # a PDF is never shown inside
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    log = AccessLog.objects.get()
    assert (log.user, log.subject_text) == (officer, "合同 一.pdf")


def test_a_picture_may_be_looked_at_in_a_sandbox(
    client: Client, officer: User, firm: Enterprise
) -> None:
    attachment = keep(firm, PNG, "现场.png")
    client.force_login(officer)
    answer = client.get(reverse("files:download", args=[attachment.pk]), {"show": "1"})
    assert answer["Content-Disposition"].startswith("inline; ")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.usefixtures("_firms_take_files")
def test_a_file_is_added_from_the_page(client: Client, officer: User, firm: Enterprise) -> None:
    client.force_login(officer)
    there = reverse("files:attach", args=[LABEL, firm.pk])
    answer = client.post(
        there,
        {"file": upload(PDF, "合同.pdf"), "note": "续签", "next": "/enterprises/"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert 'id="attachments"' in text
    assert "合同.pdf" in text
    assert "续签" in text
    answer = client.post(there, {"file": upload(PNG, "图.png"), "next": "/enterprises/"})
    assert answer["Location"] == "/enterprises/"
    answer = client.post(there, {"file": upload(PNG, "图.png"), "next": "https://elsewhere.test/"})
    assert answer["Location"] == "/"
    assert [one.name for one in attachments_of(firm)] == ["图.png", "图.png", "合同.pdf"]
    answer = client.post(there, {"file": upload(b"MZ\x00", "图.png")})
    assert answer.status_code == 422
    assert "不是可以接收的格式" in answer.content.decode()


def test_what_did_not_say_so_takes_nothing(client: Client, officer: User, firm: Enterprise) -> None:
    client.force_login(officer)
    there = reverse("files:attach", args=["accounts.user", officer.pk])
    assert client.post(there, {"file": upload(PDF, "合同.pdf")}).status_code == 403


@pytest.mark.usefixtures("_firms_take_files")
def test_who_sees_but_may_not_write_adds_nothing(client: Client, firm: Enterprise) -> None:
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    there = reverse("files:attach", args=[LABEL, firm.pk])
    assert client.post(there, {"file": upload(PDF, "合同.pdf")}).status_code == 403
    assert not Attachment.objects.exists()


def test_one_takes_one_s_own_file_down_with_a_reason(
    client: Client, officer: User, firm: Enterprise
) -> None:
    mine = attach(actor=officer, subject=firm, file=upload(PDF, "误传.pdf"))
    other = keep(firm, PDF, "他人.pdf")
    client.force_login(officer)
    assert client.get(reverse("files:withdraw", args=[other.pk])).status_code == 403
    there = reverse("files:withdraw", args=[mine.pk]) + "?next=/enterprises/"
    assert client.post(there, {"reason": "传错了"})["Location"] == "/enterprises/"
    mine.refresh_from_db()
    assert (mine.is_withdrawn, mine.withdrawn_reason) == (True, "传错了")
    assert client.get(reverse("files:download", args=[mine.pk])).status_code == 404


def test_a_proof_is_never_taken_down(officer: User, firm: Enterprise) -> None:
    proof = attach(actor=officer, subject=firm, file=upload(PDF, "证.pdf"), purpose="stamped")
    with pytest.raises(ValidationError, match="是办理凭证，不能撤下"):
        withdraw(actor=officer, attachment=proof, reason="不要了")
