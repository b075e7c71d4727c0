"""Steps that several procedures share, one file a stage; a procedure lists which of them it has. Pure."""
