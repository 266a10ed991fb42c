"""The daily look into subscribed lists."""

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from lianshang.core import clock
from lianshang.core.notices.kinds import register_kind
from lianshang.core.saved.actions import tell_news
from lianshang.core.saved.models import SavedList

register_kind("saved.news", _("订阅的列表有新内容"))
HOUR = 8  # of the zone's day, from which the day's look is due


@app.periodic(cron="*/15 * * * *")
@app.task(name="saved.tell", queueing_lock="saved.tell")
def tell_subscribers(timestamp: int = 0) -> None:
    """Once a day, in the morning, each list in its own transaction."""
    now = clock.now().astimezone(clock.zone_time())
    morning = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if now < morning:
        return
    rows = SavedList.objects.filter(is_subscribed=True, looked_at__lt=morning, user__is_active=True)
    for saved in rows.select_related("user").order_by("pk"):
        tell_news(actor=None, saved=saved)
