"""Partition: balanced grids, and firms to units with a proof of any shortage.

Pure: blocks, firms and units in, a drawing or an assignment out. docs/partition.md states the rule.
"""
