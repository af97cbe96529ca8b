// Curvature and flow: options without a rule and what is no graph are refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowCouplings, formanRicci, hodge, ollivierRicci, ricciFlow } from '../../src/geometry/index.js';
import { ring } from '../../src/graphs/index.js';

test('options have rules', async () => {
  const graph = ring(5);
  assert.throws(
    () => formanRicci(graph, { augment: true } as never),
    /formanRicci: unknown option "augment"; did you mean "augmented"\?/,
  );
  assert.throws(
    () => ollivierRicci(graph, { idlenes: 0 } as never),
    /ollivierRicci: unknown option "idlenes"; did you mean "idleness"\?/,
  );
  assert.throws(
    () => ollivierRicci(graph, { decay: 2 as never }),
    /ollivierRicci: decay must be a function, got 2/,
  );
  await assert.rejects(ricciFlow(graph, {} as never), /ricciFlow: steps is missing/);
  await assert.rejects(
    ricciFlow(graph, { steps: 1, surgery: { cut: 2 } } as never),
    /ricciFlow: surgery: unknown option "cut"/,
  );
  await assert.rejects(
    ricciFlow(graph, { steps: 1, normalize: false } as never),
    /ricciFlow: unknown option "normalize"; did you mean "normalise"\?/,
  );
});

test('what is no graph', async () => {
  for (const call of [
    formanRicci,
    ollivierRicci,
    (graph: never) => hodge(graph, []),
    (graph: never) => flowCouplings(graph, { lengths: new Float64Array(1) }),
  ]) {
    assert.throws(
      () => call(7 as never),
      /^TypeError: \w+: graph must be a graph, such as ring\(10\), got 7/,
    );
  }
  await assert.rejects(
    ricciFlow(undefined as never, { steps: 1 }),
    /ricciFlow: graph must be a graph, such as ring\(10\), got undefined/,
  );
  assert.throws(() => hodge(ring(3), undefined as never), /hodge: flow must be a list, got undefined/);
});
