"""How the rows and columns of the forms are found in printed tables. The whole of it is asked of cells."""
