"""What must not leave the machine, must not get in, and must not stop the rest."""
