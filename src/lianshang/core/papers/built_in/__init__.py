"""The templates the program brings along, made by code: each module has `build(office)`."""
