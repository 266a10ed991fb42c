"""Partition: balanced grids, and firms to units with a proof of any shortage.

Pure: blocks, firms and units in, a drawing or an assignment out. docs/partition.md states the rule.
"""

from lianshang.engines.partition.answer import Cut, Drawing, Grid, Heavy, Move, Part, Why
from lianshang.engines.partition.asked import Block, Hold, Present, Share, Wishes
from lianshang.engines.partition.assigning import assign
from lianshang.engines.partition.drawing import draw
from lianshang.engines.partition.firms import (
    Assignment,
    By,
    Firms,
    Group,
    Left,
    Shortage,
    Taker,
)
from lianshang.engines.partition.nearness import Bridge, neighbours_of_points

__all__ = [
    "Assignment",
    "Block",
    "Bridge",
    "By",
    "Cut",
    "Drawing",
    "Firms",
    "Grid",
    "Group",
    "Heavy",
    "Hold",
    "Left",
    "Move",
    "Part",
    "Present",
    "Share",
    "Shortage",
    "Taker",
    "Why",
    "Wishes",
    "assign",
    "draw",
    "neighbours_of_points",
]
