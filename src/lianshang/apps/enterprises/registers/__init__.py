"""The tables that can be imported into the register and exported from it."""

from lianshang.apps.enterprises.registers.enterprises import EnterpriseRegister
from lianshang.apps.enterprises.registers.facts import FactRegister
from lianshang.apps.enterprises.registers.officers import OfficerRegister
from lianshang.apps.enterprises.registers.titles import TitleRegister
from lianshang.apps.enterprises.registers.wordings import OWN
from lianshang.core.imports.problems import declare
from lianshang.core.imports.registry import register

declare(OWN)
for one in (EnterpriseRegister(), FactRegister(), TitleRegister(), OfficerRegister()):
    register(one)
