"""Configuration of jobs."""

from lianshang.core.app import PartConfig


class JobsConfig(PartConfig):
    """Background jobs on PostgreSQL."""

    name = "lianshang.core.jobs"
    label = "jobs"
    verbose_name = "后台任务"
