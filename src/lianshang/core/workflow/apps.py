"""Configuration of workflow."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class WorkflowConfig(PartConfig):
    """Duties."""

    name = "lianshang.core.workflow"
    label = "workflow"
    verbose_name = "事项"
    menu = (MenuItem(_("事项"), "workflow:duties", "duties.view", order=15, icon="check"),)
