"""Who uses the program: units, users, and the roles by which users join units."""
