"""The journal: what should be remembered about a thing, for whoever comes next."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import Client
from tests import factories

from lianshang.core.accounts.choices import Role
from lianshang.core.journal.actions import write_note
from lianshang.core.journal.models import JournalNote
from lianshang.core.references import reference

pytestmark = pytest.mark.django_db


def test_an_officer_writes_and_the_next_one_reads(client: Client) -> None:
    firm, first, second = factories.firm("示例光芯有限公司"), factories.office(), factories.office()
    client.force_login(first)
    page = client.post(
        f"/journal/enterprises.enterprise/{firm.pk}/new/", {"text": "找财务王（虚构）上午最方便。"}
    )
    assert page["Location"] == firm.get_absolute_url()
    client.force_login(second)
    shown = client.get(firm.get_absolute_url()).content.decode()
    assert "找财务王（虚构）上午最方便。" in shown
    assert first.name in shown
    every = client.get(f"/journal/enterprises.enterprise/{firm.pk}/").content.decode()
    assert "共" in every
    assert "找财务王（虚构）上午最方便。" in every


def test_an_empty_note_is_refused_at_its_field(client: Client) -> None:
    firm = factories.firm()
    client.force_login(factories.office())
    page = client.post(f"/journal/enterprises.enterprise/{firm.pk}/new/", {"text": "  "})
    assert page.status_code == 422
    assert not JournalNote.objects.exists()


def test_nobody_writes_about_what_they_cannot_see(client: Client) -> None:
    firm = factories.firm()
    bank = factories.user(Role.BANK)
    with pytest.raises(PermissionDenied, match="看不到这个对象"):
        write_note(actor=bank, subject=reference(firm), text="看一看")
    client.force_login(bank)
    assert client.get(f"/journal/enterprises.enterprise/{firm.pk}/").status_code == 403
    client.force_login(factories.office())
    assert client.get("/journal/enterprises.enterprise/999999/new/").status_code == 404
    assert client.get(f"/journal/no.such/{firm.pk}/new/").status_code == 404


def test_a_note_never_changes() -> None:
    firm, officer = factories.firm(), factories.office()
    note = write_note(actor=officer, subject=reference(firm), text="原话")
    note.text = "改过"
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        note.save()
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        note.delete()
    assert JournalNote.objects.get().text == "原话"
