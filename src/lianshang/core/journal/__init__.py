"""Journal: human notes for the life of an object, apart from logs and history."""
