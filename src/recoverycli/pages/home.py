"""What greets somebody who typed nothing, and what the program keeps to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.document import Bullets, Document, Facts, Heading, Paragraph
from recoverycli.pages.crisis import in_danger

if TYPE_CHECKING:
    from recoverycli.guide import Guide

EXAMPLES = (
    ("One program", "recoverycli show aa"),
    ("For families", "recoverycli list --who family"),
    ("Side by side", "recoverycli compare aa smart --differences"),
    ("A person's need", 'recoverycli match "drinks every day, no religion, online"'),
    ("A question", 'recoverycli search "what does a closed meeting mean"'),
    ("To print", "recoverycli handout smart --format html -o smart.html"),
)


def home_page(guide: Guide) -> Document:
    """Return what the guide can answer, six examples to paste, and the crisis line."""
    count = len(guide.ids("program"))
    return Document(
        "recoverycli: mutual-help programs for recovery",
        (
            in_danger(guide),
            Paragraph(
                f"The guide knows {count} programs, the twelve steps, meeting types, the Serenity Prayer, what "
                "research says, and whom to call. It works without a network and keeps nothing you type."
            ),
            Heading("Try"),
            Facts(EXAMPLES),
            Paragraph("All commands: recoverycli --help. One command: recoverycli show --help."),
            Paragraph(f"Data reviewed {guide.reviewed}. This is information, not medical advice."),
        ),
    )


def privacy_page() -> Document:
    """Return what is stored (nothing), what shells keep, and how to avoid it."""
    return Document(
        "Privacy",
        (
            Heading("What this program keeps"),
            Bullets(
                (
                    "Nothing. No history, no log, no cache, no settings, no count of how often it is used.",
                    "It opens no network connection, ever.",
                    "It writes one kind of file: the one you name with --output or --directory.",
                    "A handout has no field for a person, and its file name comes from the program.",
                )
            ),
            Heading("What your shell keeps"),
            Paragraph(
                "Shells save the lines you type. A need written on the command line stays in that history, next to "
                "the time. On a shared computer the next person can read it."
            ),
            Facts(
                (
                    ("bash", "~/.bash_history, written when the shell ends"),
                    ("zsh", "the file in $HISTFILE, usually ~/.zsh_history"),
                    (
                        "PowerShell",
                        "ConsoleHost_history.txt in %APPDATA%\\Microsoft\\Windows\\PowerShell\\PSReadLine, "
                        "written at once and kept for good",
                    ),
                    ("cmd", "only in the open window: F7 shows it, closing the window ends it"),
                )
            ),
            Heading("How to keep it clean"),
            Bullets(
                (
                    "Run `recoverycli match` with nothing after it: it asks, and answers never reach the history.",
                    "Or feed the need in: `recoverycli match -`, type it, then Ctrl-D (Windows: Ctrl-Z, Enter).",
                    "bash: start the line with a space after HISTCONTROL=ignorespace, or type `unset HISTFILE` first.",
                    "zsh: `setopt HIST_IGNORE_SPACE`, then start the line with a space; or `unset HISTFILE`.",
                    "PowerShell: `Set-PSReadLineOption -HistorySaveStyle SaveNothing` before you begin.",
                    "Never type a name, a birth date or a record number. The guide has no use for them.",
                )
            ),
            Heading("What else remembers"),
            Bullets(
                (
                    "The window: scroll-back stays until you close it. `clear`, or `cls` on Windows.",
                    "The printer queue and the list of recent files, once you print or open a handout.",
                    "Your clinic's duties under 42 CFR Part 2 and HIPAA apply to what you write down.",
                )
            ),
        ),
    )
