"""What a text names: each finder writes its own key of the doc's spans and nothing else."""
