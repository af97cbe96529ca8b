// Site and bond percolation on random regular graphs of degree z: the threshold is 1 / (z - 1), and above it
// the largest part has the share S = 1 - u^z of what survives, u = 1 - p + p u^(z-1), but for the graphs'
// size (`bethePercolation`). At the threshold the largest part grows as n^(2/3), above as n, below as ln n.
// Local replacement of lost peers is measured against no replacement.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bethePercolation } from '../../src/exact/index.js';
import {
  type Graph,
  percolate,
  randomRegular,
  replaceLostPeers,
  smallWorld,
} from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { long, seedOf } from './scale.js';
import { likely, meanByChance, sameMean } from './statistics.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const graphs = long(64, 16);
const regular = (N: number, z: number, k: number): Graph =>
  randomRegular(N, z, { seed: seedOf('regular', N, z, k) });

test('the largest part of random regular graphs has the share that the generating function says, nodes or links lost', () => {
  for (const [z, keeps] of [
    [3, [0.65, 0.8]],
    [4, [0.45, 0.5, 0.7]],
    [6, [0.35, 0.5]],
  ] as const) {
    const whole = range(graphs).map((k) => regular(long(20_000, 5000), z, k));
    for (const of of ['nodes', 'edges'] as const) {
      for (const keep of keeps) {
        const found = whole.map((graph, k) =>
          percolate(graph, { keep, of, seed: seedOf('lost', z, keep, of, k) }),
        );
        const exact = bethePercolation(z, { keep });
        const what = `${of} of degree ${z}, ${keep} left`;
        sameMean(
          `${what}: largest`,
          found.map(({ largest }) => largest),
          exact.largest,
          long(0.01, 0.1),
        );
        likely(
          `${what}: broken pairs`,
          meanByChance(
            found.map(({ brokenPairs }) => brokenPairs),
            exact.brokenPairs,
          ),
        );
      }
    }
  }
});

test('the threshold is 1 / (z - 1): there the largest part grows as n^(2/3), above as n, below hardly', () => {
  const sizes = [1000, long(32_000, 8000)];
  for (const z of [3, 4]) {
    const whole = sizes.map((N) => range(graphs).map((k) => regular(N, z, k)));
    const growth = (keep: number): number => {
      const [small, large] = whole.map(
        (some, at) =>
          meanWithError(
            some.map((graph, k) => {
              const { largest, nodes } = percolate(graph, {
                keep,
                of: 'edges',
                seed: seedOf('threshold', at, z, keep, k),
              });
              return largest * nodes.length;
            }),
          ).mean,
      );
      return Math.log(large / small) / Math.log(sizes[1] / sizes[0]);
    };
    const { threshold } = bethePercolation(z, { keep: 0.5 });
    const [below, at, above] = [0.6 * threshold, threshold, Math.min(1, 1.5 * threshold)].map(growth);
    assert.ok(
      below < 0.4 && Math.abs(at - 2 / 3) < long(0.12, 0.25) && Math.abs(above - 1) < 0.05,
      `degree ${z}: ${below}, ${at}, ${above}`,
    );
  }
});

test('half of a small world lost: nearly all pairs without a path; with local replacement few, at no cost in peers', () => {
  const worlds = range(16).map((k) => smallWorld(1000, 4, 0.1, { seed: seedOf('world', k) }));
  const damaged = worlds.map((world, k) => percolate(world, { keep: 0.5, seed: seedOf('half', k) }));
  const mended = worlds.map((world, k) =>
    replaceLostPeers(world, damaged[k].alive, { seed: seedOf('mended', k) }),
  );
  const mean = (of: readonly { readonly brokenPairs: number }[]): number =>
    meanWithError(of.map(({ brokenPairs }) => brokenPairs)).mean;
  assert.ok(mean(damaged) > 0.8 && mean(mended) < 0.3, `${mean(damaged)}, mended ${mean(mended)}`);
  mended.forEach(({ graph }) =>
    assert.ok(graph.edgeCount <= 1.5 * 2 * graph.nodeCount, `${graph.edgeCount} links of ${graph.nodeCount}`),
  );
});
