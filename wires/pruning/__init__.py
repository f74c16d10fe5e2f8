"""What is not kept for ever, and what is because something rests on it."""
