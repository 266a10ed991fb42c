"""What policies declare to the rest of the program."""

from lianshang.apps.policies.registers import delivery  # noqa: F401 - declares what is in it
