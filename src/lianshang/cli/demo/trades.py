"""What the firms of a high-tech zone do: industry code, words for names, usual ratios."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One industry of the zone, with typical ratios of a firm in it.

    `output` is revenue per head in 10,000 yuan a year; `research` the share of revenue that a firm
    which does R&D spends on it; `innovators` the share of firms that do; `assets` total assets over
    revenue; `margin` profit over revenue before reliefs.
    """

    code: str
    weight: float
    words: tuple[str, ...]
    output: int
    research: float
    innovators: float
    assets: float
    margin: float
    is_emerging: bool = False

    @property
    def is_manufacturing(self) -> bool:
        return self.code.startswith("C")

    @property
    def is_software(self) -> bool:
        return self.code.startswith(("I65", "I64"))


TRADES = (
    Trade(
        "I6513", 12, ("软件", "信息技术", "智能科技", "数据科技"), 55, 0.105, 0.72, 1.1, 0.07, True
    ),
    Trade("I6511", 2, ("基础软件", "系统软件"), 50, 0.16, 0.85, 1.4, 0.04, True),
    Trade("I6531", 7, ("系统集成", "信息工程", "网络科技"), 90, 0.06, 0.6, 0.9, 0.06, True),
    Trade("I6520", 3, ("微电子", "芯片设计", "集成电路"), 110, 0.2, 0.92, 2.2, 0.03, True),
    Trade("I6550", 3, ("云计算", "数据服务"), 85, 0.08, 0.6, 1.6, 0.06, True),
    Trade("I6560", 3, ("信息咨询", "数字科技"), 48, 0.04, 0.35, 0.7, 0.08),
    Trade("I6440", 2, ("网络安全", "信息安全"), 62, 0.14, 0.8, 1.2, 0.05, True),
    Trade("C3976", 6, ("光电", "光电子", "光芯科技"), 82, 0.075, 0.85, 1.7, 0.08, True),
    Trade("C3973", 2, ("半导体", "集成电路制造"), 120, 0.09, 0.9, 2.8, 0.07, True),
    Trade("C3562", 2, ("半导体装备", "精密装备"), 95, 0.085, 0.88, 1.6, 0.1, True),
    Trade("C3921", 2, ("通信设备", "通信技术"), 100, 0.07, 0.8, 1.3, 0.08, True),
    Trade("C3919", 2, ("电子科技", "计算设备"), 105, 0.055, 0.7, 1.1, 0.06, True),
    Trade("C2720", 2, ("药业", "制药"), 105, 0.07, 0.8, 1.9, 0.14, True),
    Trade("C2761", 2, ("生物制药", "生物科技"), 88, 0.15, 0.9, 2.6, 0.09, True),
    Trade("C3581", 4, ("医疗器械", "医疗科技"), 72, 0.09, 0.82, 1.5, 0.12, True),
    Trade("C3491", 3, ("机器人", "智能装备"), 78, 0.08, 0.85, 1.5, 0.07, True),
    Trade("C4011", 3, ("自动化", "工控技术"), 76, 0.065, 0.78, 1.3, 0.09, True),
    Trade("C4021", 1, ("环境监测", "传感技术"), 66, 0.07, 0.78, 1.3, 0.09, True),
    Trade("C3825", 2, ("光伏", "新能源"), 130, 0.045, 0.75, 1.4, 0.06, True),
    Trade("C3841", 2, ("储能", "电池科技"), 125, 0.05, 0.75, 1.6, 0.06, True),
    Trade("C3749", 1, ("航空航天", "空天科技"), 80, 0.095, 0.85, 1.9, 0.07, True),
    Trade("C3670", 2, ("汽车部件", "汽车电子"), 92, 0.04, 0.6, 1.2, 0.06),
    Trade("C2659", 2, ("新材料", "高分子材料"), 96, 0.05, 0.72, 1.4, 0.09, True),
    Trade("C3499", 3, ("机电设备", "机械制造"), 74, 0.035, 0.5, 1.2, 0.06),
    Trade("M7320", 4, ("技术研究", "工程技术"), 58, 0.11, 0.75, 1.5, 0.05, True),
    Trade("M7340", 1, ("医学研究", "生命科学"), 52, 0.22, 0.9, 2.4, -0.04, True),
    Trade("M7484", 3, ("工程设计", "设计咨询"), 56, 0.035, 0.4, 0.9, 0.08),
    Trade("M7452", 2, ("检测技术", "检验检测"), 46, 0.05, 0.55, 1.2, 0.12),
    Trade("L7249", 4, ("企业管理咨询", "商务服务"), 52, 0.01, 0.1, 0.8, 0.08),
    Trade("L7219", 1, ("企业服务", "园区服务"), 60, 0.01, 0.08, 1.5, 0.06),
    Trade("F5179", 6, ("电子商贸", "设备贸易"), 210, 0.01, 0.1, 0.6, 0.025),
    Trade("F5154", 2, ("医疗用品", "器械商贸"), 180, 0.01, 0.08, 0.6, 0.035),
    Trade("E4920", 2, ("机电安装", "工程安装"), 85, 0.015, 0.2, 0.9, 0.04),
    Trade("K7020", 1, ("物业管理", "物业服务"), 22, 0.0, 0.02, 0.7, 0.05),
    Trade("K7010", 0.5, ("产业园开发", "置业"), 320, 0.0, 0.01, 4.0, 0.1),
    Trade("G5810", 1, ("供应链", "联运物流"), 120, 0.01, 0.15, 0.7, 0.035),
    Trade("J6741", 0.3, ("期货咨询",), 90, 0.0, 0.0, 2.0, 0.1),  # no size class in the standard
    Trade("H6210", 1, ("餐饮管理", "餐饮服务"), 26, 0.0, 0.0, 0.6, 0.05),
)

SHOPS = (
    Trade("F5219", 4, ("便利店", "百货店"), 45, 0, 0, 0.3, 0.06),
    Trade("H6210", 4, ("餐厅", "面馆", "小吃店"), 22, 0, 0, 0.3, 0.08),
    Trade("O8040", 2, ("理发店", "美容店"), 16, 0, 0, 0.3, 0.1),
    Trade("F5274", 1, ("手机店", "通信器材店"), 60, 0, 0, 0.4, 0.05),
)
INSTITUTE = Trade("M7310", 1, ("光电技术", "先进制造", "生物医药"), 42, 0.5, 1, 2.0, 0.0, True)
NEW_RD_INSTITUTION = Trade(
    "M7320", 1, ("光子技术", "集成电路", "新材料"), 45, 0.45, 1, 1.8, -0.05, True
)
ASSOCIATION = Trade("S9522", 1, ("光电产业", "软件行业", "青年创业"), 30, 0, 0, 0.8, 0.0)
