"""An editorial page (imprint, about us …), its place in the menus, and addresses that moved."""
