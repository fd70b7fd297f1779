"""How the reader's model is made: its data, the training, the export, the figures."""
