"""Builds the styles: `python -m asylon_server.web.assets`."""

import sys

from asylon_server.web.assets.building import AssetsError, build

if __name__ == "__main__":
    try:
        build()
    except AssetsError as error:
        sys.exit(str(error))
