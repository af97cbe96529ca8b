"""The same Langevin step in NumPy + SciPy (CSR product) and in JAX (jit + scan), for engine.bench.ts.

usage: peers.py NODESxCHAINS...     prints {engine: [node-updates a second, one a size]} as JSON
"""
import json
import sys
import time

import numpy as np

STEP, COMPONENTS = 0.05, 2


def small_world(nodes, rng):
    """Edges of a ring of degree 4, one end of each rewired with probability 0.1."""
    a = np.repeat(np.arange(nodes), 2)
    b = (a + np.tile([1, 2], nodes)) % nodes
    far = rng.random(len(b)) < 0.1
    b[far] = rng.integers(0, nodes, far.sum())
    return a, b


def best(call, per_call):
    call()
    times = []
    while len(times) < 3 or sum(times) < 0.5:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) / per_call


def scipy_rate(a, b, nodes, chains, rng):
    import scipy.sparse as sparse

    ones = np.ones(2 * len(a), np.float32)
    adjacency = sparse.csr_matrix((ones, (np.r_[a, b], np.r_[b, a])), (nodes, nodes))
    laplacian = (sparse.diags(np.asarray(adjacency.sum(1)).ravel()) - adjacency).tocsr().astype(np.float32)
    x = np.zeros((nodes, COMPONENTS * chains), np.float32)
    amplitude = np.float32((2 * STEP) ** 0.5)

    def step():
        nonlocal x
        x = x - np.float32(STEP) * (laplacian @ x) + amplitude * rng.standard_normal(x.shape, np.float32)

    return nodes * chains / best(step, 1)


def jax_rate(a, b, nodes, chains):
    import jax
    import jax.numpy as jnp

    a, b = jnp.asarray(a), jnp.asarray(b)
    steps = 20

    def one(carry, _):
        x, key = carry
        key, draw = jax.random.split(key)
        pull = x[a] - x[b]
        drift = jnp.zeros_like(x).at[a].add(pull).at[b].add(-pull)
        return (x - STEP * drift + (2 * STEP) ** 0.5 * jax.random.normal(draw, x.shape), key), None

    run = jax.jit(lambda state: jax.lax.scan(one, state, None, length=steps)[0])
    state = (jnp.zeros((nodes, COMPONENTS * chains), jnp.float32), jax.random.PRNGKey(0))
    return nodes * chains / best(lambda: run(state)[0].block_until_ready(), steps)


rates = {}
generator = np.random.default_rng(1)
for size in sys.argv[1:]:
    nodes, chains = map(int, size.split("x"))
    edges = small_world(nodes, generator)
    for name, rate in (("NumPy + SciPy", lambda: scipy_rate(*edges, nodes, chains, generator)),
                       ("JAX on the CPU", lambda: jax_rate(*edges, nodes, chains))):
        try:
            measured = rate()
        except ImportError as missing:
            print(f"without {name}: {missing}", file=sys.stderr)
        else:
            rates.setdefault(name, []).append(measured)
print(json.dumps(rates))
