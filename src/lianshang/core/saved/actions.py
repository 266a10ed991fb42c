"""Keeping lists, and telling what is new in them."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.saved.models import SavedList
from lianshang.core.saved.queries import list_page, rows_now

PASSING = ("page", "export")  # parameters of an address that are not part of the list


@action("saved.save", gettext_lazy("保存列表"))
def save_list(
    *, actor: User, name: str, path: str, query: str, is_subscribed: bool = False
) -> SavedList:
    """Keep a list; a list of the same name is replaced."""
    if list_page(path) is None:
        raise ValidationError(_("这个页面不是列表，不能保存。"))
    asked = QueryDict(query, mutable=True)
    for gone in PASSING:
        asked.pop(gone, None)
    saved, _made = SavedList.objects.update_or_create(
        user=actor,
        name=name.strip(),
        defaults={"path": path, "query": asked.urlencode(), "is_subscribed": is_subscribed},
    )
    if is_subscribed:
        saved.seen = rows_now(saved) or []
        saved.looked_at = clock.now()
        saved.save(update_fields=["seen", "looked_at"])
    return saved


@action("saved.drop", gettext_lazy("删除保存的列表"))
def drop_list(*, actor: User, saved: SavedList) -> None:
    """Forget a list; the rows in it are not touched."""
    saved.delete()


@action("saved.tell", gettext_lazy("通知列表里的新内容"))
def tell_news(*, actor: User | None, saved: SavedList) -> int:
    """Tell the subscriber what came into the list since the last look; how many rows."""
    locked = SavedList.objects.select_for_update(of=("self",)).get(pk=saved.pk)
    now_there = rows_now(locked)
    if now_there is None:
        return 0
    news = set(now_there) - set(locked.seen)
    looked_at = clock.now()
    locked.seen, locked.looked_at = now_there, looked_at
    locked.save(update_fields=["seen", "looked_at"])
    if news:
        names = {"name": locked.name, "count": len(news)}
        notify(
            actor=actor,
            recipients=[locked.user],
            kind="saved.news",
            subject=_("“%(name)s”有 %(count)s 条新内容") % names,
            text=_("您保存并订阅了这个列表。"),
            url=locked.get_absolute_url(),
            key=f"saved:{locked.pk}:{looked_at.date().isoformat()}",
        )
    return len(news)
