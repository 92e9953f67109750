"""`python -m recoverycli`."""

from recoverycli.cli import main

if __name__ == "__main__":
    main()
