"""Places, and the official area that each name denotes."""
