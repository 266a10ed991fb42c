"""Pure computation: data in, result out. No Django, no I/O, no clock."""
