"""Configuration of consent."""

from lianshang.core.app import PartConfig


class ConsentConfig(PartConfig):
    """Consents."""

    name = "lianshang.core.consent"
    label = "consent"
    verbose_name = "授权"
