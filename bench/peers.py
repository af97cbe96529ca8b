"""The Langevin step of engine.bench.ts in Python: NumPy + SciPy (CSR product), JAX (jit + scan) and PyTorch, those
that import. Euler-Maruyama on H = J sum over edges |x_i - x_j|^2, two float32 components a node, each library's own
random numbers. JAX is written in several ways, each checked against the Laplacian, and the fastest is kept: once with
its default generator, once with any.

usage: peers.py GRAPH CHAINS TIME_STEP COUPLING TEMPERATURE CORES     CORES 0: all; else as many of this process's
GRAPH holds int32: nodes, half-edges, offsets [nodes + 1], neighbours [half-edges].
Prints one line of JSON: {"contenders": [names], "absent": {name: why}}. Then each line "K STEPS" on standard input
makes contender K step; the answer is "STEPS SECONDS", the steps being what it did: a multiple of its scan.
"""
import json
import os
import sys
import time

graph, chains, step, coupling, temperature, cores = sys.argv[1], *map(float, sys.argv[2:])
chains, cores = int(chains), int(cores)
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])  # before any library counts them

import numpy as np  # noqa: E402

raw = np.fromfile(graph, np.int32)
nodes, half_edges = raw[:2]
offsets, near = raw[2:nodes + 3], raw[nodes + 3:]
degrees = np.diff(offsets)
width = 2 * chains
owner = np.repeat(np.arange(nodes, dtype=np.int32), degrees)
most = int(degrees.max())
# Neighbours as a table [nodes, most], filled up with the node itself, whose difference is zero.
table = np.repeat(np.arange(nodes, dtype=np.int32)[:, None], most, 1)
table[owner, np.arange(half_edges) - offsets[owner]] = near
drift, amplitude = np.float32(2 * coupling * step), np.float32((2 * temperature * step) ** 0.5)
scan = max(1, 500_000 // (int(nodes) * chains))  # steps that one call makes


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def repeated(one, per_call):
    """Steps of `one`, which makes `per_call` at a time: (steps done, seconds)."""
    def run(steps):
        calls = -(-steps // per_call)
        return calls * per_call, timed(lambda: [one() for _ in range(calls)])
    return run


def scipy_contenders():
    import scipy.sparse as sparse

    adjacency = sparse.csr_matrix((np.ones(half_edges, np.float32), near, offsets), (nodes, nodes))
    laplacian = (sparse.diags(degrees.astype(np.float32)) - adjacency).tocsr().astype(np.float32)
    random = np.random.Generator(np.random.SFC64(1))
    x, noise = np.zeros((nodes, width), np.float32), np.empty((nodes, width), np.float32)

    def one():
        pull = laplacian @ x
        pull *= drift
        random.standard_normal(out=noise, dtype=np.float32)
        np.multiply(noise, amplitude, out=noise)
        np.subtract(x, pull, out=x)
        np.add(x, noise, out=x)

    yield f"NumPy {np.__version__} + SciPy", repeated(one, 1)


def laplacian_forms(jax, jnp):
    """Ways to write sum_j (x_i - x_j): (name, whether x is [nodes, numbers] or its transpose, function, its arrays).
    The arrays are arguments: as constants they would keep the compiler busy for minutes."""
    ends = owner < near
    counts, columns = degrees.astype(np.float32)[:, None], [np.ascontiguousarray(table[:, k]) for k in range(most)]

    def scatter(x, a, b):
        pull = x[a] - x[b]
        return jnp.zeros_like(x).at[a].add(pull).at[b].add(-pull)

    def segments(x, counts, far, rows):
        return counts * x - jax.ops.segment_sum(x[far], rows, int(nodes), indices_are_sorted=True)

    def taken(x, index):
        return x.at[index].get(mode="promise_in_bounds")

    yield "scatter", True, scatter, (owner[ends], near[ends])
    yield "sorted segments", True, segments, (counts, near, owner)
    yield "table", True, lambda x, whole: most * x - taken(x, whole).sum(1), (table,)
    yield "columns of the table", True, lambda x, *far: most * x - sum(taken(x, one) for one in far), columns
    yield "columns of the table, components first", False, \
        lambda x, *far: most * x - sum(taken(x, (slice(None), one)) for one in far), columns


def jax_contenders():
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import jax.numpy as jnp

    def normal(key, shape):
        return jax.random.normal(key, shape, jnp.float32)

    def box_muller(key, shape):
        size = int(np.prod(shape)) // 2
        bits = jax.random.bits(key, (2, size))
        u = (bits.astype(jnp.float32) + 0.5) * 2.0**-32
        r, angle = jnp.sqrt(-2 * jnp.log(u[0])), 2 * np.pi * u[1]
        return jnp.concatenate([r * jnp.cos(angle), r * jnp.sin(angle)]).reshape(shape)

    def stepper(form, generator, noise):
        _, rowwise, pull, arrays = form
        shape = (int(nodes), width) if rowwise else (width, int(nodes))

        def scanned(x, key, arrays):
            def one(carry, _):
                x, key = carry
                key, draw = jax.random.split(key)
                return (x - drift * pull(x, *arrays) + amplitude * noise(draw, shape), key), None

            return jax.lax.scan(one, (x, key), None, length=scan)[0]

        run = jax.jit(scanned, donate_argnums=0)
        state = [jnp.zeros(shape, jnp.float32), jax.random.key(0, impl=generator)]

        def call():
            state[:] = run(*state, arrays)
            state[0].block_until_ready()

        return call

    rng = np.random.default_rng(1)
    sample = rng.standard_normal((nodes, width), np.float32)
    want = degrees[:, None] * sample
    np.subtract.at(want, owner, sample[near])
    forms = []
    for name, rowwise, pull, arrays in laplacian_forms(jax, jnp):
        arrays = [jnp.asarray(array) for array in arrays]
        got = np.asarray(jax.jit(pull)(sample if rowwise else sample.T, *arrays))
        if np.abs((got if rowwise else got.T) - want).max() > 1e-5 * np.abs(want).max():
            print(f"peers.py: JAX, {name}: not the Laplacian", file=sys.stderr)
        else:
            forms.append((name, rowwise, pull, arrays))

    def fastest(candidates):
        """The name and the call of the fastest; what is far behind at once is not timed again."""
        best = (np.inf, None, None)
        for name, call in candidates:
            call()  # compiled
            seconds = timed(call)
            if seconds < 1.5 * best[0]:
                seconds = min(seconds, *(timed(call) for _ in range(3)))
            if seconds < best[0]:
                best = (seconds, name, call)
        return best[1:]

    default = jax.config.jax_default_prng_impl
    form, _ = fastest((form, stepper(form, "unsafe_rbg", lambda _, shape: jnp.float32(0))) for form in forms)
    usual = stepper(form, default, normal)
    usual()
    yield f"JAX {jax.__version__}, default generator ({default}, {form[0]})", repeated(usual, scan)
    drawn = [(g, n, g + w) for g in (default, "rbg", "unsafe_rbg") for n, w in ((normal, ""), (box_muller, " + Box-Muller"))]
    name, call = fastest((name, stepper(form, generator, noise)) for generator, noise, name in drawn)
    yield f"JAX {jax.__version__}, fastest ({name}, {form[0]})", repeated(call, scan)


def torch_contenders():
    import torch

    if cores:
        torch.set_num_threads(cores)
    columns = [torch.from_numpy(table[:, k].astype(np.int64)) for k in range(most)]
    adjacency = torch.sparse_csr_tensor(torch.from_numpy(offsets.astype(np.int64)), torch.from_numpy(near.astype(np.int64)),
                                        torch.ones(int(half_edges)), (int(nodes), int(nodes)))
    counts = torch.from_numpy(degrees.astype(np.float32))[:, None]
    forms = {
        "columns of the table": lambda x: most * x - sum(x.index_select(0, column) for column in columns),
        "sparse CSR": lambda x: counts * x - adjacency @ x,
    }
    state = torch.zeros((int(nodes), width))

    def one(pull):
        state.sub_(pull(state), alpha=float(drift)).add_(torch.randn_like(state), alpha=float(amplitude))

    with torch.inference_mode():
        seconds = {name: min(timed(lambda: one(pull)) for _ in range(5)) for name, pull in forms.items()}
    name = min(seconds, key=seconds.get)

    def run(steps):
        with torch.inference_mode():
            return repeated(lambda: one(forms[name]), 1)(steps)

    yield f"PyTorch {torch.__version__} ({name})", run


contenders, absent = [], {}
for library, made in (("NumPy + SciPy", scipy_contenders), ("JAX", jax_contenders), ("PyTorch", torch_contenders)):
    try:
        contenders += made()
    except ImportError as missing:
        absent[library] = str(missing)
print(json.dumps({"contenders": [name for name, _ in contenders], "absent": absent}), flush=True)
for line in sys.stdin:
    which, steps = map(int, line.split())
    print(*contenders[which][1](steps), flush=True)
