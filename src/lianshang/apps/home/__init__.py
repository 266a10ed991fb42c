"""Pages whose whole content is composed: workbench, portal."""
