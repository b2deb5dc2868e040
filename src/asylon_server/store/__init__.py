"""What is kept: models store and hold no rules; reads are guarded; acts do and log."""
