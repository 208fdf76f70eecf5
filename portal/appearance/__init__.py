"""How the portal looks: a draft of logo, colours, pictures, head and foot, its preview on real pages, earlier looks."""
