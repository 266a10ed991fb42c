"""Office papers: made from what the program knows, printed, signed, sealed, taken back as proof."""
