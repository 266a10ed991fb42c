"""Coordinate reference systems and kinds of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Crs(models.TextChoices):
    """In which datum a coordinate was given; kept is CGCS2000 (≡ WGS-84 at our accuracy)."""

    CGCS2000 = "cgcs2000", "CGCS2000"
    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", _("GCJ-02（高德、腾讯）")
    BD09 = "bd09", _("BD-09（百度）")


class ParkKind(models.TextChoices):
    """What sort of area a park is."""

    PARK = "park", _("园区")
    STREET = "street", _("街道")
    BUILDING_CLUSTER = "cluster", _("楼宇片区")
