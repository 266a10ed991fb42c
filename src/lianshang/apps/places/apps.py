"""Configuration of places."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class PlacesConfig(PartConfig):
    """Places."""

    name = "lianshang.apps.places"
    label = "places"
    verbose_name = "园区"
    menu = (MenuItem(_("园区"), "places:parks", "places.view", order=60, icon="map"),)
