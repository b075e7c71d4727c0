"""The machinery every stage runs on: commands, procedures, jurisdictions, forms and the web edge. Read once."""
