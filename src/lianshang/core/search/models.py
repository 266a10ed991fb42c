"""The search index: one entry per thing that can be found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """A thing that can be found: its title, what else describes it, and the pieces of both."""

    label = models.CharField(_("对象类型"), max_length=60)
    object_pk = models.BigIntegerField(_("对象编号"))
    title = models.CharField(_("标题"), max_length=200)
    subtitle = models.CharField(_("说明"), max_length=300, blank=True)
    url = models.CharField(_("地址"), max_length=200)
    # Single characters and pairs of neighbours of title and keywords (database function
    # search_pieces).
    pieces = ArrayField(models.CharField(max_length=2), verbose_name=_("字片"))

    class Meta:
        verbose_name = _("搜索条目")
        constraints = [
            models.UniqueConstraint(fields=["label", "object_pk"], name="one_search_entry")
        ]
        indexes = [GinIndex(fields=["pieces"], name="search_pieces_gin")]

    def __str__(self) -> str:
        return self.title
