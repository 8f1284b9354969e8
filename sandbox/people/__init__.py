"""What people do with their phones, and the callback each of it causes."""
