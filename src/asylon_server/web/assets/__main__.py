"""Builds the styles and fetches the faces: `python -m asylon_server.web.assets`."""

import sys

from asylon_server.web.assets.building import build
from asylon_server.web.assets.fetching import AssetsError
from asylon_server.web.assets.typefaces import fetch_faces

if __name__ == "__main__":
    try:
        build()
        fetch_faces()
    except AssetsError as error:
        sys.exit(str(error))
