"""Everything people read exists in English too, and says the same."""

import re
from pathlib import Path

import polib
import pytest

from lianshang.core.ui import translations

BLANKS = re.compile(r"%\(\w+\)[sd]|%s|\{\w*\}")
ENTRIES = polib.pofile(str(translations.CATALOGUE))


def test_every_message_is_translated() -> None:
    missing = translations.untranslated()
    assert not missing, "Run script/messages, then translate:\n" + "\n".join(missing)


def test_a_translation_fills_the_same_blanks() -> None:
    wrong = [
        entry.msgid
        for entry in ENTRIES
        if not entry.msgid_plural
        and "month" not in entry.msgid  # a date is written another way in English
        and sorted(BLANKS.findall(entry.msgid)) != sorted(BLANKS.findall(entry.msgstr))
    ]
    assert wrong == []


def test_no_translation_is_left_in_chinese() -> None:
    """But for words that must be written so into a table, in quotes."""
    quoted = re.compile(r"“[^”]*”|/[^/]*/")
    wrong = [
        entry.msgstr
        for entry in ENTRIES
        if translations.CHINESE.search(quoted.sub("", entry.msgstr))
    ]
    assert wrong == []


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with a catalogue of its own."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate '企业' %}"
        "{% blocktranslate count n=total %}找到 {{ n }} 条{% plural %}找到 {{ n }} 条"
        "{% endblocktranslate %}"
    )
    (tmp_path / "views.py").write_text('title = _("政策")\nother = log("不译")\n')
    (tmp_path / "words.py").write_text(
        'from django.utils.translation import gettext as _now\nsaid = _now("已办：%s。")\n'
    )
    catalogue = tmp_path / "django.po"
    polib.POFile().save(str(catalogue))
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", catalogue)
    return tmp_path


def test_messages_are_found_in_templates_and_modules(package: Path) -> None:
    assert translations.wanted() == {
        "企业": ("", "templates/page.html"),
        "找到 %(n)s 条": ("找到 %(n)s 条", "templates/page.html"),
        "政策": ("", "views.py"),
        "已办：%s。": ("", "words.py"),
    }


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(package: Path) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="政策", msgstr="Policy"))
    catalogue.append(polib.POEntry(msgid="旧词", msgstr="Old word"))
    catalogue.save(str(translations.CATALOGUE))
    translations.update()
    after = {entry.msgid: entry.msgstr for entry in polib.pofile(str(translations.CATALOGUE))}
    assert after["政策"] == "Policy"
    assert "旧词" not in after
    assert len(translations.untranslated()) == 3


def test_the_catalogue_is_compiled_when_it_is_newer(package: Path) -> None:
    translations.update()
    translations.compile_catalogue()
    compiled = translations.CATALOGUE.with_suffix(".mo")
    first = compiled.stat().st_mtime_ns
    translations.compile_catalogue()
    assert compiled.stat().st_mtime_ns == first
