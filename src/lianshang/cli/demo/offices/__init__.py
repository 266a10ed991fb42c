"""The offices of the zone and the workbooks they keep, each in its own untidy way."""
