"""WHAT IS KEPT. The only package that knows SQLAlchemy."""
