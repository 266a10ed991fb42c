"""Pages of the journal."""

from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.journal import actions
from lianshang.core.journal.forms import NoteForm
from lianshang.core.journal.models import JournalNote
from lianshang.core.references import visible_references
from lianshang.core.ui.columns import Column
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink


class OfSubject(Page):
    """A page about the notes of one thing, which the address names."""

    kwargs: dict[str, Any]

    def reference(self) -> tuple[str, int]:
        """The thing, if the reader may see it."""
        subject = (self.kwargs["label"], self.kwargs["pk"])
        if subject not in visible_references(self.user, [subject]):
            raise Http404
        return subject

    def subject(self) -> Model:
        label, pk = self.reference()
        found: Model = apps.get_model(label)._default_manager.get(pk=pk)
        return found

    def crumbs(self) -> tuple[Crumb, ...]:
        subject = self.subject()
        return (Crumb(str(subject), subject.get_absolute_url()),)  # type: ignore[attr-defined]  # what can be referred to has a page


class Journal(OfSubject, RegisterList):
    """Every note about a thing."""

    permission = "journal.use"
    title = _("手记")
    counter = _("条手记")
    columns = (
        Column("written_at", _("时间"), sort="written_at"),
        Column("written_by", _("记录人"), value=lambda note: note.written_by.name),
        Column("text", _("内容")),
    )
    search_fields = ("text",)
    default_sort = "-written_at"
    export_permission = "journal.use"
    empty_title = _("还没有手记")

    def get_queryset(self) -> QuerySet[JournalNote]:
        label, pk = self.reference()
        notes = JournalNote.objects.filter(label=label, object_pk=pk)
        return notes.select_related("written_by")

    def links(self) -> tuple[PageLink, ...]:
        url = reverse("journal:new", kwargs=self.kwargs)
        return (PageLink(_("写手记"), url, "journal.use", primary=True),)


class NewNote(OfSubject, FormPage):
    """A new note about a thing."""

    permission = "journal.use"
    title = _("写手记")
    form_class = NoteForm
    done = _("手记已记下。")

    def prepare(self) -> None:
        self.back = self.subject().get_absolute_url()  # type: ignore[attr-defined]  # as above

    def act(self, form: NoteForm) -> str:
        actions.write_note(actor=self.user, subject=self.reference(), **form.cleaned_data)
        return self.back
