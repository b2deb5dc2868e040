"""Cases, who works on them, holds, and the tokens they are found by."""
