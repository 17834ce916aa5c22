"""Pages of a program, a module for each noun."""
