"""Below every reader of pages: decoding, trees, selectors, dates, words. Knows nothing of outlets."""
