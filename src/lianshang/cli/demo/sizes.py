"""How large an invented zone is: the sizes of real ones, from a small zone to a whole new area."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """Small zone, mean national zone, a large zone's active firms, all that is registered."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


@dataclass(frozen=True, slots=True)
class Scale:
    """How many actors of each kind, how large the middle firm is, how many officers serve."""

    firms: int
    sole_traders: int
    institutes: int
    new_rd_institutions: int
    social_organizations: int
    median_revenue: int  # yuan a year
    parks: int
    officers: int

    @property
    def actors(self) -> int:
        """Everybody in the register."""
        others = self.institutes + self.new_rd_institutions + self.social_organizations
        return self.firms + self.sole_traders + others


# The 169 national zones of 2021 had 182,000 firms in the statistics: 1,077 each, 242 of them with
# more than 100 million yuan of revenue. A register of everybody has many more small ones.
SCALES = {
    Size.S: Scale(150, 8, 2, 2, 4, 18_000_000, 3, 2),
    Size.M: Scale(1_100, 44, 6, 5, 12, 18_000_000, 6, 3),
    Size.L: Scale(20_000, 900, 40, 25, 120, 4_000_000, 6, 20),
    Size.XL: Scale(200_000, 12_000, 150, 60, 700, 2_000_000, 6, 40),
}
