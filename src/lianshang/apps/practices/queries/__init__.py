"""Questions about packs: read, checked, available, installed; and the formalism self-audit."""
