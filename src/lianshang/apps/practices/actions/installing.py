"""Installing a pack: all of it or nothing, and twice is once."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.practices.actions.sections import WRITERS
from lianshang.apps.practices.actions.withdrawing import Withdrawal
from lianshang.apps.practices.choices import Fate, SourceKind
from lianshang.apps.practices.models import InstalledPack, PackRow
from lianshang.apps.practices.queries.checking import Pack
from lianshang.apps.practices.queries.outcomes import Outcome
from lianshang.apps.practices.queries.problems import PackProblem, PackRefused, refused
from lianshang.apps.practices.queries.schema import numbers
from lianshang.apps.practices.queries.sections import Section
from lianshang.apps.practices.queries.sections.base import digest
from lianshang.core.accounts.models import User
from lianshang.core.action import action


@action("practices.install_pack", gettext_lazy("安装实践包"))
def install_pack(
    *,
    actor: User | None,
    pack: Pack,
    with_scenery: bool = False,
    allow_code: bool = False,
    reason: str = "",
) -> Outcome:
    """Install the pack, or bring an installed one to this version; raises PackRefused."""
    installed = InstalledPack.objects.select_for_update().filter(code=pack.id).first()
    _check(pack, installed, allow_code=allow_code)
    with_scenery = with_scenery or bool(installed and installed.with_scenery)
    outcome = Outcome(pack.id, pack.definition.version)
    if installed and (installed.digest, installed.with_scenery) == (pack.digest, with_scenery):
        for row in installed.rows.all():
            outcome.add(row.section, row.key, row.label, Fate.UNCHANGED)
        return outcome
    installed = _put_pack(actor, pack, installed, with_scenery=with_scenery)
    _Placing(actor, pack, installed, outcome, reason or f"{pack.id} {installed.version}").run()
    if pack.definition.code:
        _run_code(pack)
    return outcome


def _check(pack: Pack, installed: InstalledPack | None, *, allow_code: bool) -> None:
    place, wanted = pack.files.manifest, pack.definition
    missing = set(wanted.requires.packs) - set(InstalledPack.objects.values_list("code", flat=True))
    if missing:
        names = "、".join(sorted(missing))
        expected = _("需要先安装：%s") % names
        raise refused("requires", place, expected, _("lianshang pack install <编号>"))
    if wanted.code and not allow_code:
        expected = _("这个包要运行自己的程序代码，默认不允许")
        advice = _("核对代码来源后，由管理员用命令行加 --allow-code 安装。")
        raise refused("code", place, expected, advice, wanted.code)
    if wanted.code and pack.files.kind in {SourceKind.WHEEL, SourceKind.FOLDER}:
        expected = _("文件夹和压缩包里的代码不会被载入")
        advice = _("请先把软件包装进程序的环境，再按编号安装。")
        raise refused("code", place, expected, advice, wanted.code)
    if installed and numbers(installed.version) > numbers(wanted.version):
        expected = _("已安装的是更高版本 %s") % installed.version
        raise refused("older", place, expected, _("请先移除，再装旧版。"), wanted.version)


def _put_pack(
    actor: User | None, pack: Pack, installed: InstalledPack | None, *, with_scenery: bool
) -> InstalledPack:
    row = installed or InstalledPack(code=pack.id, installed_by=actor)
    row.version, row.digest = pack.definition.version, pack.digest
    row.definition = pack.definition.model_dump(mode="json")
    row.source_kind, row.source = pack.files.kind, pack.files.source
    row.with_scenery = with_scenery
    row.save()
    return row


def _run_code(pack: Pack) -> None:
    """Call the function that the operator allowed; what it raises undoes the installation."""
    module, _colon, function = pack.definition.code.partition(":")
    getattr(import_module(module), function)()


class _Placing:
    """The rows of one pack on their way into the zone."""

    def __init__(
        self,
        actor: User | None,
        pack: Pack,
        installed: InstalledPack,
        outcome: Outcome,
        reason: str,
    ) -> None:
        self.actor, self.pack, self.installed = actor, pack, installed
        self.outcome, self.reason = outcome, reason
        self.before = {(row.section, row.key): row for row in installed.rows.all()}
        self.known: dict[tuple[str, str], Model] = {}
        self.clashes: list[PackProblem] = []

    def run(self) -> None:
        left = dict(self.before)
        for section, row, is_scenery in self.pack.rows(with_scenery=self.installed.with_scenery):
            left.pop((section.name, section.key(row)), None)
            self._place(section, row, is_scenery=is_scenery)
        if self.clashes:
            raise PackRefused(self.clashes)
        withdrawal = Withdrawal(self.actor, self.outcome, self.reason)
        for gone in sorted(left.values(), key=lambda one: -one.pk):
            withdrawal.take(gone)

    def _place(self, section: Section, row: Any, *, is_scenery: bool) -> None:
        key = section.key(row)
        known = self.before.get((section.name, key))
        found = section.get(known.object_pk) if known else section.find(row)
        if known and found is None:
            self._tell(section, row, Fate.KEPT, _("本区已删除，不再新建"))
        elif known:
            self._renew(section, row, known, found)
        elif found is None:
            made = self._write(section, row, None)
            self._note(section, row, made, was_made_here=True, is_scenery=is_scenery)
            self._tell(section, row, Fate.MADE)
        elif section.content(found) == section.wanted(row, self.known):
            self._note(section, row, found, was_made_here=False, is_scenery=is_scenery)
            self._tell(section, row, Fate.ADOPTED)
        else:
            self._clash(section, row, found)
        if found is not None:
            self.known[section.name, key] = found

    def _renew(self, section: Section, row: Any, known: PackRow, found: Any) -> None:
        """A row that an earlier version brought."""
        today = section.content(found)
        if today == section.wanted(row, self.known):
            self._sign(known, section, found, row)
            self._tell(section, row, Fate.UNCHANGED)
        elif not known.was_made_here:
            self._tell(section, row, Fate.KEPT, _("安装前本区已有，内容不同"))
        elif digest(today) != known.digest:
            self._tell(section, row, Fate.KEPT, _("本区已修改"))
        else:
            self._sign(known, section, self._write(section, row, found), row)
            self._tell(section, row, Fate.UPDATED)

    def _write(self, section: Section, row: Any, found: Any) -> Model:
        try:
            written = WRITERS[section.name].write(
                actor=self.actor, row=row, found=found, known=self.known, reason=self.reason
            )
        except ValidationError as error:
            path = f"{section.name}.{section.key(row)}"
            said = "；".join(error.messages)
            fault = PackProblem("row", self.pack.files.manifest, said, path=path)
            raise PackRefused([fault]) from error
        self.known[section.name, section.key(row)] = written
        return written

    def _note(
        self, section: Section, row: Any, found: Any, *, was_made_here: bool, is_scenery: bool
    ) -> None:
        PackRow.objects.create(
            pack=self.installed,
            section=section.name,
            key=section.key(row),
            label=section.label(row),
            object_pk=found.pk,
            digest=digest(section.content(found)),
            was_made_here=was_made_here,
            is_scenery=is_scenery,
        )

    def _sign(self, known: PackRow, section: Section, found: Any, row: Any) -> None:
        """Remember what the row holds as of this version; untouched if it already says so."""
        now = digest(section.content(section.get(found.pk))), section.label(row)
        if (known.digest, known.label) != now:
            known.digest, known.label = now
            known.save(update_fields=["digest", "label"])

    def _tell(self, section: Section, row: Any, fate: Fate, reason: str = "") -> None:
        self.outcome.add(section.name, section.key(row), section.label(row), fate, reason)

    def _clash(self, section: Section, row: Any, found: Any) -> None:
        owners = PackRow.objects.filter(section=section.name, object_pk=found.pk)
        owner = owners.select_related("pack").first()
        names = {"section": section.title, "label": found}
        if owner:
            names["pack"] = owner.pack.code
            expected = _("实践包“%(pack)s”的%(section)s“%(label)s”已存在，内容不同") % names
        else:
            expected = _("本区自有的%(section)s“%(label)s”已存在，内容不同") % names
        advice = _("请在包里改名或改成一致，或由本区先修改。整个安装已撤回。")
        place = self.pack.files.manifest
        self.clashes.append(
            PackProblem("clash", place, expected, advice, section.key(row), section.name)
        )
