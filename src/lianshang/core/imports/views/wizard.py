"""The first two steps: a file comes in, and somebody says which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.files.guard import check_table
from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.actions.batches import choose_sheet, open_batch, start_check
from lianshang.core.imports.forms import MappingForm, UploadForm
from lianshang.core.imports.headers import Header
from lianshang.core.imports.opening import restored
from lianshang.core.imports.problems import from_json
from lianshang.core.imports.refusals import ImportRefused
from lianshang.core.imports.views.access import (
    PERMISSION,
    STEPS,
    OfBatch,
    all_imports,
    as_form_error,
    batch_url,
    register_named,
    require,
)
from lianshang.core.ui.form_pages import WizardStep
from lianshang.core.ui.pages import Crumb


class NewImport(WizardStep):
    """Upload a file for a register."""

    permission = PERMISSION
    step_labels = STEPS
    step = 0
    form_class = UploadForm

    def prepare(self) -> None:
        self.register = register_named(self.kwargs["register"])
        require(self.user, self.register.import_permission)
        self.title = _("导入%s") % self.register.label
        self.intro = self.register.purpose
        self.back = reverse("imports:batches")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_imports(),)

    def form_arguments(self) -> dict[str, Any]:
        return {"register": self.register}

    def act(self, form: UploadForm) -> str:
        upload = form.cleaned_data["file"]
        try:
            file = check_table(upload, upload.name)
            batch = open_batch(
                actor=self.user, register=self.register.name, file=file, **form.settings
            )
        except FileRefused as refusal:
            raise ValidationError({"file": str(refusal)}) from refusal
        return reverse("imports:columns", args=[batch.pk])


class MapColumns(WizardStep, OfBatch):
    """Say which column is which, then have the rows checked."""

    step_labels = STEPS
    step = 1
    form_class = MappingForm
    submit = _("开始校验")
    template_name = "imports/columns.html"

    def prepare(self) -> None:
        self.find()
        self.back = reverse("imports:discard", args=[self.batch.pk])

    def form_arguments(self) -> dict[str, Any]:
        batch = self.batch
        options = {"source": batch.source, "on_duplicate": batch.on_duplicate}
        return {
            "register": self.register,
            "headers": [Header.from_json(one) for one in batch.headers],
            "mapping": restored(batch.mapping),
            "sheets": batch.sheets,
            "sample": batch.sample,
            "initial": {**batch.options, **options, "sheet": batch.sheet},
        }

    def context(self) -> dict[str, Any]:
        batch = self.batch
        problems = [one.told(batch.sheet) for one in from_json(batch.problems)]
        return {**super().context(), "batch": batch, "file_problems": problems}

    def act(self, form: MappingForm) -> str:
        batch = self.batch
        try:
            sheet = form.cleaned_data.get("sheet", batch.sheet)
            if sheet != batch.sheet:
                choose_sheet(actor=self.user, batch=batch, sheet=sheet)
                return reverse("imports:columns", args=[batch.pk])
            start_check(actor=self.user, batch=batch, mapping=form.mapping, **form.settings)
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        except ImportRefused as refusal:
            raise as_form_error(refusal) from refusal
        return batch_url(batch)
