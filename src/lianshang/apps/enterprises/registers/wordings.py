"""What the findings of the enterprise registers say."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import Wording

_EIGHTEEN = _("18 位统一社会信用代码")
_CHECK_LICENCE = _("请对照营业执照核对。%(hint)s")

CODES = {
    "code_length": Wording(_EIGHTEEN, _("读到 %(found)s 位，请补全。%(hint)s")),
    "code_character": Wording(
        _("由数字和大写字母组成的代码（不含 I、O、S、V、Z）"),
        _("第 %(position)s 位的“%(found)s”不会出现在代码中，请对照营业执照核对。%(hint)s"),
    ),
    "code_division": Wording(_("第 3 至 8 位为数字的代码"), _CHECK_LICENCE),
    "code_category": Wording(
        _("前两位为已知登记部门和机构类别的代码"),
        _("没有以“%(found)s”开头的代码，请对照营业执照核对。%(hint)s"),
    ),
    "code_check": Wording(
        _("校验码相符的代码（第 17、18 位）"),
        _("第 %(position)s 位校验不符，可能有一位抄错，请对照营业执照核对。%(hint)s"),
    ),
    "code_old_number": Wording(
        _EIGHTEEN, _("这是 15 位旧注册号，请换成营业执照上的统一社会信用代码。")
    ),
    "code_organisation": Wording(
        _EIGHTEEN, _("这是 9 位组织机构代码，请换成营业执照上的统一社会信用代码。")
    ),
    "code_identity_card": Wording(
        _("企业的统一社会信用代码"), _("这是居民身份证号，属于个人信息，未保存；请改填企业代码。")
    ),
    "code_spreadsheet": Wording(
        _("18 位文本"), _("单元格是数字格式，末尾几位已丢失：请把该列设为“文本”后重新填写。")
    ),
}
FIELDS = {
    "name_not_text": Wording(_("企业全称"), _("请填营业执照上的名称。")),
    "kind_unknown": Wording(
        _("企业、个体工商户、科研院所、新型研发机构、社会组织之一"), _("请改为其中一项。")
    ),
    "status_unknown": Wording(_("存续、停业、迁出、吊销、注销之一"), _("请改为其中一项。")),
    "industry_unknown": Wording(
        _("GB/T 4754-2017 的行业代码"), _("没有这个代码，请核对。%(hint)s")
    ),
    "industry_section": Wording(
        _("字母与数字相符的行业代码"), _("门类字母不对，应为 %(suggestion)s。")
    ),
    "industry_lost_zero": Wording(
        _("文本格式的行业代码"), _("已读作 %(taken)s；如果前面丢了 0，应为 %(other)s，请核对。")
    ),
    "park_unknown": Wording(
        _("已登记的园区或其别名"), _("请核对名称；是新园区的，先在“园区”中登记，再重新校验。")
    ),
    "crs_missing": Wording(
        _("写明坐标系"),
        _("已按 CGCS2000/WGS-84 读取；高德、腾讯坐标请注明 GCJ-02，百度注明 BD-09。"),
    ),
    "point_incomplete": Wording(_("经度和纬度都填写"), _("只有一个，坐标未导入。")),
    "point_swapped": Wording(
        _("先经度、后纬度"), _("经纬度填反了，应为经度 %(longitude)s、纬度 %(latitude)s。")
    ),
    "point_outside": Wording(_("中国境内的经纬度"), _("请核对数值，单位为度。")),
    "code_absent": Wording(
        _("18 位统一社会信用代码"), _("没有代码，只按名称登记；有代码后请补导。")
    ),
}
MATCHING = {
    "renamed": Wording(
        _("与登记簿一致的名称“%(known)s”"), _("代码相同，名称将改为新名称，原名称记为曾用名。")
    ),
    "other_code": Wording(
        _("登记簿中该企业的代码 %(known)s"),
        _("同名企业已登记为另一代码：请核对代码；确是另一家的，请写全称以示区别。"),
    ),
    "name_ambiguous": Wording(
        _("能确定到一家企业的名称"), _("可能是：%(candidates)s。请填统一社会信用代码。")
    ),
    "firm_unknown": Wording(
        _("企业名录中的企业"), _("请核对名称和代码，或先导入企业名录，再重新校验。")
    ),
    "firm_unnamed": Wording(_("统一社会信用代码或企业名称"), _("请至少填写其中一项。")),
    "name_differs": Wording(
        _("登记簿中的名称“%(known)s”"), _("已按代码对应到该企业，请核对名称。")
    ),
    "matched_by_former_name": Wording(
        _("现用名称“%(known)s”"), _("读到的是曾用名，已对应到该企业。")
    ),
    "fold_of_present": Wording(
        _("与已有值 %(known)s 相近的数"), _("与已有值相差 %(times)s 倍，可能写错了单位，请核对。")
    ),
}
LEDGER = {
    "not_a_year": Wording(_("1990 至 %(latest)s 的年度，如 2025"), _("请核对年度。")),
    "year_unknown": Wording(
        _("写明年度"), _("请加一列“年度”，或在列名中写明年度，如“2025年营业收入（万元）”。")
    ),
    "year_given_twice": Wording(_("只有一处年度"), _("列名和“年度”列都写了年度，请去掉一处。")),
    "source_unknown": Wording(_("已登记的来源代码"), _("请填：%(known)s 之一。")),
    "source_missing": Wording(_("数据来源"), _("请选择数据来源，或加一列“来源”。")),
    "no_values": Wording(_("至少一列数据"), _("没有可导入的数据列，请在“列对应”页指定。")),
    "title_unknown": Wording(_("目录中的资格名称或代码"), _("可填：%(known)s。")),
    "title_missing": Wording(_("资格名称"), _("请加一列“资格”，或在选项中指定这份名单的资格。")),
    "validity_reversed": Wording(_("不早于发证日期的有效期"), _("请核对两个日期。")),
    "user_unknown": Wording(_("在用的用户名或姓名"), _("请核对，或先请安全管理员开通账号。")),
    "user_ambiguous": Wording(_("能确定到一个人的用户名"), _("有几个同名的人，请填用户名。")),
}

OWN = {**CODES, **FIELDS, **MATCHING, **LEDGER}
