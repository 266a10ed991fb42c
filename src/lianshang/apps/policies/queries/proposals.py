"""Asking a language model, if the zone has set one, to propose a policy's text from pasted words.

Off unless `LIANSHANG_DRAFTING_ENDPOINT` is set. The answer is laid beside a draft and nothing more:
it is checked like any text, and a person takes it over or not.
"""

from __future__ import annotations

import re
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue

LONGEST_PASTED = 30_000  # characters
FENCE = re.compile(r"```(?:ya?ml)?\s*\n(.*?)```", re.DOTALL)
TASK = """\
You turn the text of a Chinese policy into one YAML document. Answer with YAML only, no comments.
Never invent numbers, documents or articles: leave out what the text does not say; `confirm: true`.
Every number with a unit is a parameter {label: {zh}, unit, source, values: [{from, value}]}.
Clauses stand under require.all: {id, label: {zh}, source, change, when};
change: firm | document | fixed | expert.
`when` and `benefit.amount` may use only parameters, these facts (annual ones end in _y0, the last
completed year, or _y1), AND OR NOT = <> < <= > >= + - * smaller(a, b) larger(a, b):
"""


class NoProposal(Exception):
    """There is none; the text says why and what to do."""


def is_on() -> bool:
    """Whether the zone has set an endpoint."""
    return bool(settings.DRAFTING["endpoint"])


def proposal(pasted: str, *, code: str, outline: str) -> str:
    """A proposed text for a draft that so far reads `outline`; raises NoProposal."""
    if not is_on():
        raise NoProposal(_("起草助手没有启用。"))
    if len(pasted) > LONGEST_PASTED:
        raise NoProposal(_("粘贴的文字太长：请分段，每次不超过 3 万字。"))
    answer = _asked(_messages(pasted, code, outline))
    try:
        text = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        text = None
    if not isinstance(text, str) or not text.strip():
        raise NoProposal(_("起草助手的答复里没有文本，请稍后再试或自行起草。"))
    fenced = FENCE.search(text)
    return (fenced[1] if fenced else text).strip() + "\n"


def _messages(pasted: str, code: str, outline: str) -> list[dict[str, str]]:
    facts = "\n".join(
        f"{name}: {one.label['zh']} ({one.type}, {one.dimension}, {one.period})"
        for name, one in catalogue().quantities.items()
    )
    asked = f"id: {code}\nOutline to fill in:\n{outline}\n\nPolicy text:\n{pasted}"
    return [{"role": "system", "content": TASK + facts}, {"role": "user", "content": asked}]


def _asked(messages: list[dict[str, str]]) -> Any:
    chosen: dict[str, Any] = settings.DRAFTING
    address = f"{chosen['endpoint'].rstrip('/')}/chat/completions"
    headers = {"Authorization": f"Bearer {chosen['key']}"} if chosen["key"] else {}
    body = {"model": chosen["model"], "messages": messages, "temperature": 0}
    try:
        response = httpx.post(address, json=body, headers=headers, timeout=chosen["timeout"])
    except httpx.TimeoutException:
        told = _("起草助手在 %(n)s 秒内没有答复。草稿没有改动，请稍后再试或自行起草。")
        raise NoProposal(told % {"n": chosen["timeout"]}) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        told = _("连不上起草助手（%(why)s）。请系统管理员核对地址。")
        raise NoProposal(told % {"why": type(error).__name__}) from None
    if response.status_code >= 400:
        told = _("起草助手拒绝了请求（HTTP %(status)d）。请系统管理员核对密钥、模型和额度。")
        raise NoProposal(told % {"status": response.status_code})
    try:
        return response.json()
    except ValueError:
        raise NoProposal(_("看不懂起草助手的答复，请系统管理员核对地址。")) from None
