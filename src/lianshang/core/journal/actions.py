"""Writing in the journal."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.journal.models import JournalNote
from lianshang.core.references import visible_references


@action("journal.write", gettext_lazy("写手记"))
def write_note(*, actor: User, subject: tuple[str, int], text: str) -> JournalNote:
    """A note about a thing that the writer may see."""
    if subject not in visible_references(actor, [subject]):
        raise PermissionDenied(_("您看不到这个对象，不能为它写手记。"))
    if not text.strip():
        raise ValidationError({"text": _("手记是空的：请写下要记住的内容。")})
    label, pk = subject
    return JournalNote.objects.create(
        label=label, object_pk=pk, text=text.strip(), written_by=actor
    )
