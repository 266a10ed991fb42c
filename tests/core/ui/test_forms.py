"""A form says what is held, what is optional, and what to do when it is refused."""

from django.core.exceptions import ValidationError
from django.forms import BooleanField, CharField, ChoiceField, RadioSelect, Select
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from lianshang.core.ui.filters import LongSelect
from lianshang.core.ui.forms import DayField, Form, take_over


class VisitForm(Form):
    """A made-up form with every sort of control."""

    topic = CharField(label="主题", help_text="一句话")
    day = DayField(label="日期", required=False)
    kind = ChoiceField(label="方式", choices=[("a", "上门"), ("b", "电话")], widget=RadioSelect)
    is_urgent = BooleanField(label="紧急", required=False)


def drawn(form: Form) -> str:
    return Template("{% fields form %}").render(Context({"form": form}))


def test_every_control_has_its_label_and_help() -> None:
    html = drawn(VisitForm())
    assert '<label for="id_topic">主题</label>' in html
    assert 'aria-describedby="id_topic_helptext"' in html
    assert 'id="id_topic_helptext">一句话<' in html
    assert 'type="date"' in html
    assert "<legend>方式</legend>" in html


def test_what_need_not_be_filled_is_marked() -> None:
    assert drawn(VisitForm()).count("选填") == 1  # a box to tick needs no such mark


def test_what_is_held_is_shown_and_not_asked_again() -> None:
    html = drawn(VisitForm(held={"topic": "设备租赁 · 上次走访 2026-11-03"}))
    assert "已有：设备租赁 · 上次走访 2026-11-03" in html


def test_errors_stand_above_the_form_and_at_the_field() -> None:
    html = drawn(VisitForm({"topic": "", "kind": "a"}))
    assert '<a href="#id_topic">主题</a>：请填写主题。' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_topic_error"' in html


def test_an_action_s_refusal_goes_to_the_field_it_names() -> None:
    form = VisitForm({"topic": "示例", "kind": "a"})
    assert form.is_valid()
    take_over(form, ValidationError({"topic": "已有同题走访。", "other": "不在此表。"}))
    assert form.errors["topic"] == ["已有同题走访。"]
    assert form.non_field_errors() == ["不在此表。"]
    again = VisitForm({"topic": "示例", "kind": "a"})
    assert again.is_valid()
    take_over(again, ValidationError("企业谢绝走访。"))
    assert again.non_field_errors() == ["企业谢绝走访。"]


def test_a_long_list_to_choose_from_is_written_as_django_writes_it() -> None:
    choices = [("", "全部"), ("a&b", "示例<一>"), ("c", "示例二")]
    ours, theirs = LongSelect(choices=choices), Select(choices=choices)
    for chosen in (None, "", "a&b"):
        written = [one.render("policy", chosen, {"class": "control"}) for one in (ours, theirs)]
        assertHTMLEqual(*written)
