"""The public database, what it leaves out, and sums that are kept so that large files stay quick."""
