"""Sending in the background."""

from procrastinate.contrib.django import app

from lianshang.core.notices import sending
from lianshang.core.notices.actions import forget_phones


@app.periodic(cron="* * * * *")
@app.task(name="notices.send_due", queueing_lock="notices.send_due")
def send_due(timestamp: int | None = None) -> None:
    """Send what is due; every minute, and at once where a notice may go out at once."""
    sending.send_due()


@app.periodic(cron="23 3 * * *")
@app.task(name="notices.forget_phones", queueing_lock="notices.forget_phones")
def forget(timestamp: int) -> None:
    """Keep what the phone field promises: no numbers of people who are gone."""
    forget_phones(actor=None)
