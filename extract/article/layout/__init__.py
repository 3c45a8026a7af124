"""From an article's text to its structure: lines, tables, blocks, tokens; then rows and what governs them."""
