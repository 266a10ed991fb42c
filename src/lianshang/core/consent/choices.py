"""What a consent may be given for, and what a fact may be used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Use(models.TextChoices):
    """A lawful use of a fact, from the narrowest to the widest."""

    STATISTICS = "statistics", _("仅限统计")
    DEPARTMENT = "department", _("本部门使用")
    SERVICE = "service", _("服务企业")
    CREDIT = "credit", _("经同意用于授信")
    PUBLIC = "public", _("公开")
