"""What happens to a case, shared by talk, card, command line and clock: one module per part of its way."""
