"""What the faces share: the edge of a request, headers, signing in, and templates."""
