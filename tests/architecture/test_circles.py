"""No module imports itself by a way round: not at the top, not in a function, not only for the type checker."""

from graphlib import CycleError, TopologicalSorter

import grimp

ROOMS = ("config", "core", "audit", "accounts", "jobs", "mail", "gazetteer", "german", "courtesy", "press",
         "operations", "tenants", "theming", "shared_categories", "tracker", "portal", "demo", "launch")  # fmt: skip


def circle(graph: grimp.ImportGraph) -> list[str]:
    try:
        TopologicalSorter({each: graph.find_modules_directly_imported_by(each) for each in graph.modules}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_are_no_circles():
    assert circle(grimp.build_graph(*ROOMS)) == []


def test_a_circle_would_be_found():
    graph = grimp.build_graph(*ROOMS)
    graph.add_import(importer="core.text", imported="portal.offers.models.offer")
    assert {"core.text", "portal.offers.models.offer"} <= set(circle(graph))
