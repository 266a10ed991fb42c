"""The kinds of office papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KindName(models.TextChoices):
    """What sort of paper it is."""

    HANDLING_SLIP = "handling_slip", _("承办单")
    SUPERVISION_LETTER = "supervision_letter", _("督办函")
    MINUTES = "minutes", _("会议纪要")
    BULLETIN = "bulletin", _("简报")
