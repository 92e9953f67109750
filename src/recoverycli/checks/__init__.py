"""The rules that the data must keep, one room for each kind of rule."""
