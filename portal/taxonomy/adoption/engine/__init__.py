"""The three-way merge of releases into a municipality's lists, on plain values: no database, no Django."""
