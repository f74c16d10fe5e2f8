"""What texts state: one reader for each kind of fact, over body, headline and post alike."""
