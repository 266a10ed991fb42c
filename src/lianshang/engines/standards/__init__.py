"""National standards as tables and exact arithmetic: codes, size classes, datums, Chinese text.

Import from the modules: `creditcode`, `industry`, `size_class`, `averages`, `coordinates`, `text`.
"""
