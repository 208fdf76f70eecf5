"""The frame around the pages: menus, legal texts made from answers, redirects, pictures, the go-live check."""
