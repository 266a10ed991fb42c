"""Invented names of firms, persons, streets: each says 示例, and no two firms share one."""

from dataclasses import dataclass
from random import Random

from lianshang.cli.demo.trades import Trade

# 64 syllables each, all different inside a row: a brand is a number in base 64.
_FIRST = (
    "云启远卓恒明泽瑞凌锐睿翔宏景晨朗弘毅博雅思维创新领航致和嘉信安泰永康盛昌融汇"
    "聚合腾跃飞鹏展鸿宇浩瀚海川江澜星辰光曜曦昊炎焕烨煜熠"
)
_SECOND = (
    "芯科达通联动能源智慧图灵算界域方圆点线维度量级频谱波粒晶核原石木林森峰岭峦溪"
    "湖泉清澄润泓淳朴正直信诚义礼仁和平安康宁静渊澈湛沛涵"
)
_THIRD = (
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏秋冬东南西北中上下左右前后内外"
    "大小长短高低深浅新旧红橙黄绿青蓝紫白黑金早晚昼夜晴"
)
_STEP = 2_654_435_761  # odd, so multiplying modulo a power of two visits every brand once
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class Namer:
    """Gives the actor with an index its brand; brands repeat only past `actors`."""

    actors: int
    seed: int

    @property
    def _bits(self) -> int:
        return 12 if self.actors <= 2**12 else 18

    def brand(self, index: int) -> str:
        """Two syllables in a small zone, three in a large one."""
        number = (index * _STEP + self.seed * 40_503) % 2**self._bits
        syllables = _FIRST[number >> (self._bits - 6)] + _SECOND[number >> (self._bits - 12) & 63]
        return syllables if self._bits == 12 else syllables + _THIRD[number & 63]


def firm_name(brand: str, word: str, form: str) -> str:
    """For example 示例云芯光电有限公司."""
    return f"示例{brand}{word}{form}"


def person(random: Random) -> str:
    """A contact who cannot be anybody: 示例甲子."""
    return f"示例{random.choice(_STEMS)}{random.choice(_BRANCHES)}"


def phone(random: Random) -> str:
    """Eleven digits beginning with 120, which no telephone number of the country does."""
    return f"120{random.randrange(10**8):08d}"


def address(random: Random, park: str, trade: Trade) -> str:
    """A street that exists in no city."""
    street = (
        f"示例市示例高新区示范{random.choice('一二三四五六七八九')}路{random.randint(1, 199)}号"
    )
    building = f"{random.choice('ABCDEFG')}座" if not trade.is_manufacturing else "厂房"
    return f"{street}{park}{building}{random.randint(1, 28)}{random.randint(1, 30):02d}室"
