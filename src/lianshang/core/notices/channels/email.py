"""E-mail over SMTP; not idempotent: a server need not notice that it has a Message-ID already."""

import contextlib
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from lianshang.core.notices.channels.base import Message, Receipt, Refused, Transient, Uncertain

FINAL = 500  # RFC 5321, 4.2.1: 4yz may work later, 5yz will not


class Email:
    """One mail per notice, with the notice's own Message-ID."""

    remembers = timedelta()

    def is_configured(self) -> bool:
        return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)

    def send(self, message: Message) -> Receipt:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        message_id = f"<{message.reference}@{domain}>"
        body = f"{message.text}\n\n{_('打开')}：{message.url}\n"
        mail = EmailMessage(
            message.subject,
            body,
            to=[message.to],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        )
        _hand_over(mail)
        return Receipt(message_id)


def _hand_over(mail: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:  # nothing was said about this mail yet
        raise Transient(_("连不上邮件服务器：%(error)s") % {"error": error}) from None
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise _refusal(code, text) from None
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from None
    except (OSError, smtplib.SMTPException) as error:
        said = _("邮件服务器中断，不知道是否已收下：%(error)s")
        raise Uncertain(said % {"error": error}) from None
    finally:
        _close(connection)


def _refusal(code: int, text: bytes | str) -> Refused | Transient:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return (Refused if code >= FINAL else Transient)(f"{code} {said}")


def _close(connection: object) -> None:
    """Hang up; that this fails says nothing about the mail."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.close()  # type: ignore[attr-defined]  # every backend has it
