"""Draft -> answer or abstention. The only room that makes a citation."""
