"""Three steps of Ricci flow on the karate club by GraphRicciCurvature: for ricci.bench.ts.

usage: ricciPeer.py     Prints a line of JSON, {"version": ...}; then for each line on standard input, how many processes its pool
may have, one line "SECONDS WEIGHTS": seconds of one flow, and its 78 weights.
"""
import json
import sys
import time

import networkx as nx
import ot
from GraphRicciCurvature.OllivierRicci import OllivierRicci

print(json.dumps({"networkx": nx.__version__, "POT": ot.__version__}), flush=True)
for line in sys.stdin:
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data.clear()
    begin = time.perf_counter()
    flow = OllivierRicci(graph, method="OTD", alpha=0.5, proc=int(line)).compute_ricci_flow(iterations=3)
    seconds = time.perf_counter() - begin
    print(seconds, *nx.get_edge_attributes(flow, "weight").values(), flush=True)
