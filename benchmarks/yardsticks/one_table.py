"""The yardstick for tables: a Typer program with one command that prints a Rich table of a page's size."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def main(rows: int = 45) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False)
    table.add_column(min_width=14)
    table.add_column(overflow="fold")
    for row in range(rows):
        table.add_row(f"Label {row}", "a plain sentence of about a dozen words that says what is known here " * 2)
    Console(width=80).print(table)


if __name__ == "__main__":
    app()
