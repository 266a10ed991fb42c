"""The English catalogue: what is to be translated, and the compiled file that Django reads.

`python -m lianshang.core.ui.translations` compiles; with `--update` it first brings the catalogue
up to date with the sources. Needs neither gettext nor a database.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[2]
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"})
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What Django's templatize makes of {% translate %} and {% blocktranslate %}.
LITERAL = r"u?(?P<{0}>(?P<{0}q>['\"]).*?(?<!\\)(?P={0}q))"
TEMPLATE_CALL = re.compile(
    rf"\b(?:n?gettext|_)\({LITERAL.format('one')}(?:,\s*{LITERAL.format('many')})?", re.DOTALL
)
Message = tuple[str, str]  # the text, and its plural or ""


def wanted() -> dict[str, Message]:
    """Every Chinese message of the package: its plural (or ""), and the first file with it."""
    found: dict[str, Message] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py":
            messages = _in_python(path.read_text())
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            messages = _in_template(path.read_text())
        else:
            continue
        for one, many in messages:
            if CHINESE.search(one):
                found.setdefault(one, (many, path.relative_to(PACKAGE).as_posix()))
    return found


def untranslated() -> list[str]:
    """Messages without an English text, each with the file that names it."""
    catalogue = polib.pofile(str(CATALOGUE))
    done = {entry.msgid for entry in catalogue if entry.translated()}
    return [f"{path}: {one}" for one, (_many, path) in wanted().items() if one not in done]


def update() -> None:
    """Add new messages to the catalogue, drop those no source names any more."""
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    messages = wanted()
    kept = {entry.msgid: entry for entry in catalogue}
    catalogue.clear()
    for one, (many, path) in sorted(messages.items(), key=lambda pair: (pair[1][1], pair[0])):
        entry = kept.get(one)
        if entry is None or entry.msgid_plural != many:
            forms = {0: "", 1: ""} if many else {}
            entry = polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural=forms)
        entry.occurrences = [(path, "")]
        if re.search(r"%\(|%s", one) and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        catalogue.append(entry)
    catalogue.save()


def compile_catalogue() -> None:
    """Write the .mo beside the .po, if the .po is newer; whole or not at all."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= CATALOGUE.stat().st_mtime_ns:
        return
    draft = compiled.with_suffix(".draft")
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(draft))
    draft.replace(compiled)


def _in_python(source: str) -> Iterator[Message]:
    nodes = list(ast.walk(ast.parse(source)))
    imported = [one for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names]
    known_as = {one.asname: one.name for one in imported if one.asname}  # gettext as _text
    for node in nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        name = known_as.get(name, name)
        texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
        if name in CALLS and texts and isinstance(texts[0], str):
            many = texts[1] if name.startswith("n") and len(texts) > 1 else ""
            yield texts[0], str(many)


def _in_template(source: str) -> Iterator[Message]:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for found in TEMPLATE_CALL.finditer(templatize(source)):
        many = found["many"]
        yield ast.literal_eval(found["one"]), ast.literal_eval(many) if many else ""


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    compile_catalogue()
