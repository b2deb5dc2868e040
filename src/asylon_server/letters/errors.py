"""What can be wrong about a letter.

LetterError
├── FacesError   no face with Korean or with Chinese letters is installed
└── GlyphError   a character of the letter is in none of the faces
"""

from __future__ import annotations


class LetterError(Exception):
    """A letter cannot be printed."""


class FacesError(LetterError):
    """No face is installed for a script that the letter is written in.

    Attributes:
        languages: The languages that have no face.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        """Say which languages have no face."""
        self.languages = languages
        super().__init__(
            f"No face is installed for {', '.join(languages)}. Install Noto Sans CJK, "
            "and print the letter again."
        )


class GlyphError(LetterError):
    """A character would be blank on paper, so nothing was printed."""

    def __init__(self) -> None:
        """Say so without the character, which may be of a name."""
        super().__init__(
            "A character of this letter is in no face that is installed. Write the "
            "name in other letters, or leave it out."
        )
