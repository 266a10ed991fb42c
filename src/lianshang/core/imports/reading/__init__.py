"""From bytes to rows of cells: workbooks and CSV files, guarded against bombs."""
