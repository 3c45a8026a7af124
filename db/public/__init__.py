"""The public database, and sums that are kept so that large files stay quick."""
