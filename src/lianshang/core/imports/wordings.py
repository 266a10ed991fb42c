"""What the findings of cells, rows and sheets say: what should have stood there, what to do now."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import Wording

_ONE_NUMBER = _("一个确定的数")
_DAY = _("日期，如 2024-03-01")
_WHOLE_DAY = _("请按“年-月-日”写全，如 2024-03-01。")
_CHECK_MAPPING = _("请在“列对应”页核对。")

CELLS = {
    "required": Wording(_("%(label)s，不能为空"), _("请补填此格，或作废此行。")),
    "too_long": Wording(_("不超过 %(longest)s 个字"), _("请缩短后重试。")),
    "not_a_choice": Wording(_("%(choices)s之一"), _("请改为其中一项。")),
    "full_width": Wording(_("半角的数字和字母"), _("已按“%(taken)s”读取，请核对。")),
    "formula_without_value": Wording(
        _("数值或文字"),
        _("公式没有保存结果：请在 Excel 中打开并保存一次，或把公式粘贴为数值。"),
    ),
    "formula_text": Wording(_("数值或文字，不是公式"), _("请把公式粘贴为数值后重试。")),
    "spreadsheet_error": Wording(_("公式算出的值"), _("请在原表修正公式，或直接填数值。")),
    "masked": Wording(_("完整的内容"), _("含遮盖符号“*”，已按未填处理，原值不变。")),
}
NUMBERS = {
    "not_a_number": Wording(_("数字"), _("请只填数字，单位写在表头。")),
    "grouping": Wording(_("数字，千分位逗号每三位一个"), _("请去掉逗号后重填。")),
    "range": Wording(_ONE_NUMBER, _("请填一个数，不要填区间。")),
    "bound": Wording(_ONE_NUMBER, _("请填实际数，不要写“以上”“以下”。")),
    "approximate": Wording(_ONE_NUMBER, _("请填实际数，不要写“约”“左右”。")),
    "foreign_currency": Wording(_("人民币金额"), _("请折算成人民币后填写。")),
    "unit_ambiguous": Wording(
        _("写明“元”或“万元”的金额"), _("请在“列对应”页选定此列的单位，或在格内写明单位。")
    ),
    "not_an_amount": Wording(_("金额"), _("请填金额，单位为元或万元。")),
    "unit_mismatch": Wording(_("单位为“%(unit)s”的数"), _("请换算后填写，或改正列对应。")),
    "out_of_range": Wording(_("%(low)s 至 %(high)s %(unit)s之间的数"), _("请核对数值和单位。")),
    "not_whole": Wording(_("整数"), _("请填整数。")),
    "maybe_zero": Wording(_("数字；确实为零请填 0"), _("已按未填处理。")),
    "scientific_notation": Wording(
        _("完整的数字"), _("已按 %(taken)s 读取；末尾几位可能已丢失，请核对原数。")
    ),
    "maybe_yuan": Wording(
        _("以万元为单位的数"), _("数值偏大，可能填的是元；已按万元读取，请核对。")
    ),
    "maybe_ten_thousand_yuan": Wording(
        _("以元为单位的数"), _("数值偏小，可能填的是万元；已按元读取，请核对。")
    ),
    "unit_in_cell": Wording(
        _("以%(unit)s为单位的数"), _("格内另写了单位，已按格内单位读作 %(taken)s 元，请核对。")
    ),
    "rounded": Wording(_("最多 %(scale)s 位小数"), _("已四舍五入为 %(taken)s。")),
}
DATES = {
    "not_a_date": Wording(_DAY, _WHOLE_DAY),
    "no_such_day": Wording(_("确实存在的日期"), _WHOLE_DAY),
    "implausible_year": Wording(_("1900 至 2100 年之间的日期"), _("请核对年份。")),
    "two_digit_year": Wording(_("四位数的年份"), _("可能是 %(suggestion)s，请写全年份。")),
    "day_month_order": Wording(_DAY, _("可能是 %(suggestion)s，请按“年-月-日”填写。")),
    "year_month_as_number": Wording(_DAY, _("数字分不清 1 月和 10 月，请按“年-月-日”填写。")),
    "leap_bug": Wording(_("确实存在的日期"), _("1900 年 2 月 29 日不存在，请核对。")),
    "open_ended": Wording(_("具体的日期"), _("请填具体日期，或留空。")),
    "serial_date": Wording(_DAY, _("是表格软件的日期序号，已读作 %(taken)s，请核对。")),
    "date_part": Wording(_("精确到日的日期"), _("已按 %(taken)s 读取，请核对。")),
    "future_day": Wording(_("不晚于今天的日期"), _("请核对年份。")),
}
ROWS = {
    "duplicate_same": Wording(_("每家企业一行"), _("与第 %(first)s 行相同，已合为一行。")),
    "duplicate_merged": Wording(
        _("每家企业一行"), _("与第 %(first)s 行是同一对象且互为补充，已并入第 %(first)s 行。")
    ),
    "duplicate_conflict": Wording(
        _("与第 %(first)s 行一致（该行为“%(other)s”）"),
        _("两行是同一对象但内容矛盾：请改正此格，或作废其中一行。"),
    ),
    "already_there": Wording(
        _("登记簿中还没有的对象"),
        _("“%(name)s”已在登记簿中：请改选“更新”或“跳过”后重新校验。"),
    ),
    "skipped_existing": Wording(
        _("登记簿中还没有的对象"), _("“%(name)s”已在登记簿中，按您的选择跳过。")
    ),
    "total_row": Wording(_("一行一个对象"), _("是合计行，未导入。")),
    "note_row": Wording(_("一行一个对象"), _("是说明文字，未导入。")),
    "repeated_header": Wording(_("一行一个对象"), _("是重复的表头，未导入。")),
    "changed_since": Wording(
        _("导入时写入的“%(after)s”"), _("导入后又被改动，撤销时保留现值，请人工核对。")
    ),
    "referred_to": Wording(
        _("没有其他记录引用的对象"), _("已被引用（%(what)s），撤销时保留，请人工核对。")
    ),
    "interrupted": Wording(
        _("能在后台读完的文件"), _("后台多次中断：请另存为新的 .xlsx，或拆成几个文件后再导入。")
    ),
    "broken": Wording(
        _("程序能处理的内容"), _("程序内部出错，未写入的行都还在；请把此页截图发给系统管理员。")
    ),
}
SHEETS = {
    "misnamed": Wording(_("与内容一致的扩展名"), _("内容是 %(kind)s，已按内容读取。")),
    "same_file": Wording(
        _("没有导入过的文件"), _("同一文件已于 %(when)s 导入过；内容没变就不会重复写入。")
    ),
    "other_sheets": Wording(_("一个工作表"), _("只读取了“%(sheet)s”；其余请换一个工作表再导入。")),
    "header_not_found": Wording(
        _("含有“%(label)s”等列名的表头行"), _("请下载模板对照列名，或检查是否选错了工作表。")
    ),
    "merged_header": Wording(_("单行表头"), _("是合并或分层的表头，已读作“%(taken)s”，请核对。")),
    "column_missing": Wording(
        _("有一列是“%(label)s”"), _("请在“列对应”页指定这一列，或在表中补上后重新上传。")
    ),
    "column_unknown": Wording(_("可识别的列名"), _("此列未导入；需要时请在“列对应”页指定。")),
    "column_twice": Wording(
        _("“%(label)s”只有一列"), _("与 %(other)s 列重复，只读取了 %(other)s 列。")
    ),
    "column_unnamed": Wording(_("有列名的列"), _("此列有内容但没有列名，未导入。")),
    "unit_missing": Wording(
        _("写明单位的列名，如“%(label)s（万元）”"), _("请在“列对应”页选定这一列的单位。")
    ),
    "unit_from_title": Wording(
        _("写在列名中的单位"), _("表头上方写明单位，未另写单位的金额列已按“%(unit)s”读取。")
    ),
    "year_missing": Wording(
        _("写明年度的列名，如“2025年%(label)s”"), _("请在列名中写明年度，或加一列“年度”。")
    ),
    "formulas_read": Wording(
        _("数值"), _("已读取公式最近一次保存的结果；如有疑问请在 Excel 中重新计算并保存。")
    ),
    "too_many_rows": Wording(_("不超过 %(largest)s 行"), _("请拆成几个文件，分别导入。")),
    "no_rows": Wording(_("表头下方有数据行"), _("请检查是否选错了工作表。")),
    "mapping_check": Wording(_("一一对应的列"), _CHECK_MAPPING),
}

OWN = {**CELLS, **NUMBERS, **DATES, **ROWS, **SHEETS}
