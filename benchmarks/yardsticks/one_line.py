"""The yardstick: a Typer program with one command that prints one line."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def main(name: str = "you") -> None:
    typer.echo(f"hello {name}")


if __name__ == "__main__":
    app()
