"""First two characters of a credit code: who registered the body, and what kind of body it is."""

from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What the prefix of a credit code says about a body; ownership it does not say."""

    STATE_ORGAN = "state_organ"
    INSTITUTION = "institution"
    MASS_ORGANISATION = "mass_organisation"
    ECONOMIC = "economic"
    SOCIAL = "social"
    COLLECTIVE = "collective"
    RELIGIOUS = "religious"
    FOREIGN_OFFICE = "foreign_office"
    OTHER = "other"


class TwoNewKind(StrEnum):
    """The half of the "two new" organisations (两新组织) that a prefix suggests: a prefill only."""

    ECONOMIC = "economic"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the prefix table of GB 32100-2015 and its amendment."""

    prefix: str
    registrar: str
    name: str
    kind: OrganisationKind

    @property
    def two_new(self) -> TwoNewKind | None:
        """Prefill: whether the body is publicly owned must still be asked."""
        if self.kind is OrganisationKind.ECONOMIC:
            return TwoNewKind.ECONOMIC
        if self.prefix in {"31", "51", "52", "53"}:  # law firms count as social organisations
            return TwoNewKind.SOCIAL
        return None


_K = OrganisationKind
_ROWS = (
    ("11", "机构编制", "机关", _K.STATE_ORGAN),
    ("12", "机构编制", "事业单位", _K.INSTITUTION),
    ("13", "机构编制", "编办直接管理机构编制的群众团体", _K.MASS_ORGANISATION),
    ("19", "机构编制", "其他", _K.OTHER),
    ("21", "外交", "外国常驻新闻机构", _K.FOREIGN_OFFICE),
    ("29", "外交", "其他", _K.OTHER),
    ("31", "司法行政", "律师执业机构", _K.SOCIAL),
    ("32", "司法行政", "公证处", _K.OTHER),
    ("33", "司法行政", "基层法律服务所", _K.OTHER),
    ("34", "司法行政", "司法鉴定机构", _K.OTHER),
    ("35", "司法行政", "仲裁委员会", _K.OTHER),
    ("39", "司法行政", "其他", _K.OTHER),
    ("41", "文化", "外国在华文化中心", _K.FOREIGN_OFFICE),
    ("49", "文化", "其他", _K.OTHER),
    ("51", "民政", "社会团体", _K.SOCIAL),
    ("52", "民政", "民办非企业单位", _K.SOCIAL),
    ("53", "民政", "基金会", _K.SOCIAL),
    ("59", "民政", "其他", _K.OTHER),
    ("61", "旅游", "外国旅游部门常驻代表机构", _K.FOREIGN_OFFICE),
    ("62", "旅游", "港澳台地区旅游部门常驻内地代表机构", _K.FOREIGN_OFFICE),
    ("69", "旅游", "其他", _K.OTHER),
    ("71", "宗教", "宗教活动场所", _K.RELIGIOUS),
    ("72", "宗教", "宗教院校", _K.RELIGIOUS),
    ("79", "宗教", "其他", _K.OTHER),
    ("81", "工会", "基层工会", _K.MASS_ORGANISATION),
    ("89", "工会", "其他", _K.OTHER),
    ("91", "市场监管", "企业", _K.ECONOMIC),
    ("92", "市场监管", "个体工商户", _K.ECONOMIC),
    ("93", "市场监管", "农民专业合作社", _K.ECONOMIC),
    ("A1", "军队", "军队事业单位", _K.INSTITUTION),
    ("A9", "军队", "其他", _K.OTHER),
    ("N1", "农业农村", "组级集体经济组织", _K.COLLECTIVE),
    ("N2", "农业农村", "村级集体经济组织", _K.COLLECTIVE),
    ("N3", "农业农村", "乡镇级集体经济组织", _K.COLLECTIVE),
    ("N9", "农业农村", "其他", _K.OTHER),
    ("Y1", "其他", "其他", _K.OTHER),
)

CATEGORIES = {row[0]: Category(*row) for row in _ROWS}
