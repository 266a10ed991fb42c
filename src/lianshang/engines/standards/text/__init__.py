"""Chinese text of registers: company names, numbers and amounts, dates."""

from lianshang.engines.standards.text.dates import (
    DateReading,
    DateSystem,
    Precision,
    excel_serial_date,
    parse_date,
)
from lianshang.engines.standards.text.names import (
    CompanyName,
    normalise_company_name,
    read_company_name,
)
from lianshang.engines.standards.text.numbers import (
    AmountUnit,
    NumberReading,
    amount_unit_in,
    parse_amount,
    parse_number,
)
from lianshang.engines.standards.text.readings import TextProblem, Unknown, half_width

__all__ = [
    "AmountUnit",
    "CompanyName",
    "DateReading",
    "DateSystem",
    "NumberReading",
    "Precision",
    "TextProblem",
    "Unknown",
    "amount_unit_in",
    "excel_serial_date",
    "half_width",
    "normalise_company_name",
    "parse_amount",
    "parse_date",
    "parse_number",
    "read_company_name",
]
