"""Several deployments of this platform side by side, behind one proxy, and moving a municipality among them."""
