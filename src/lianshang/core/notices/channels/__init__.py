"""The channels beside the site; one is offered where its settings are given."""

from lianshang.core.notices.channels.base import Channel
from lianshang.core.notices.channels.dingtalk import DingTalkCard, DingTalkTodo
from lianshang.core.notices.channels.email import Email
from lianshang.core.notices.channels.sms import Sms
from lianshang.core.notices.channels.webhook import Webhook
from lianshang.core.notices.channels.wecom import WeCom

CHANNELS: dict[str, Channel] = {
    "email": Email(),
    "sms": Sms(),
    "wecom": WeCom(),
    "dingtalk": DingTalkCard(),
    "dingtalk_todo": DingTalkTodo(),
    "webhook": Webhook(),
}


def offered() -> list[str]:
    """The names of channels that this installation can use."""
    return [name for name, channel in CHANNELS.items() if channel.is_configured()]
