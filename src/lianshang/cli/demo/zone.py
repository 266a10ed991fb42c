"""The invented zone: its name, its parks, and where they would lie."""

from dataclasses import dataclass

ZONE_NAME = "示例高新技术产业开发区"
ZONE_PROVINCE = "示例省"
LIES_IN_WEST = True  # so that the western relief has somebody to apply to
_WEST, _SOUTH = 105.30, 36.10  # empty hills, where no zone is
_WIDTH, _HEIGHT = 0.030, 0.022  # degrees: about 2.7 km by 2.4 km


@dataclass(frozen=True, slots=True)
class DemoPark:
    """One park: a rectangle of the map, and for whom it was built."""

    name: str
    kind: str  # lianshang.apps.places.choices.ParkKind
    trades: tuple[str, ...]  # beginnings of industry codes
    column: int
    row: int

    @property
    def corner(self) -> tuple[float, float]:
        """South-west corner (longitude, latitude, CGCS2000)."""
        return _WEST + self.column * (_WIDTH + 0.004), _SOUTH + self.row * (_HEIGHT + 0.004)

    def point(self, across: float, up: float) -> tuple[float, float]:
        """A place inside, from two shares of its width and height (0 to 1), to 0.000001 degree."""
        west, south = self.corner
        return round(west + _WIDTH * across, 6), round(south + _HEIGHT * up, 6)


PARKS = (
    DemoPark("示范光电园", "park", ("C397", "C356", "C39", "I652"), 0, 0),
    DemoPark("示范软件园", "park", ("I",), 1, 0),
    DemoPark("示范智造园", "park", ("C",), 0, 1),
    DemoPark("示范医药园", "park", ("C27", "C358", "M734", "F515"), 1, 1),
    DemoPark("示范数字港", "cluster", ("I", "L", "M"), 2, 0),
    DemoPark("示范街道", "street", ("F", "H", "K", "E", "O", "G"), 2, 1),
)
