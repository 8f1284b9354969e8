"""The papers: docx and xlsx, one module per kind."""
