"""Imports: tables go into registers, are checked first and can be taken back; registers go out as
tables.
"""
