"""What every room stands on and no room owns: roles and access, sanitised HTML, health, abstract models. No tables."""
