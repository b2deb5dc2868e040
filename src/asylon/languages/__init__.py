"""What a reader sees, in the reader's language.

The English text is the message's name; a catalogue replaces it. A context tells apart
messages that read alike. Each language has two catalogues beside this module, in
gettext's format: `LANG.mo` for what the code says, `law.LANG.mo` for the law book.
What is not translated yet stays English.
"""

from asylon.languages.catalogue import LANGUAGES, Catalogue, catalogue
from asylon.languages.names import words

__all__ = ["LANGUAGES", "Catalogue", "catalogue", "words"]
