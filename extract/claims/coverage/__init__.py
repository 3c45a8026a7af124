"""What an article says of each regency: its role in the story, and how far each pillar has come there."""
