// A spin glass is a graph with signs: energies, samplers and enumeration take it; what needs weights, rates
// or lengths refuses it by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactProcess, presence, splitNode, walkInfluence } from '../../src/ambient/index.js';
import { diffusingTemperature, heatBath, sample, wolff } from '../../src/dynamics/index.js';
import {
  bond,
  checkTerm,
  hamiltonian,
  interaction,
  star,
  withPlantedError,
} from '../../src/energies/index.js';
import { enumerateIsing, gaussianFreeField, groundState, screenedPoisson } from '../../src/exact/index.js';
import { fieldFrom, nodeTensors } from '../../src/fields/index.js';
import { flowCouplings, formanRicci, ollivierRicci, ricciFlow } from '../../src/geometry/index.js';
import {
  effectiveResistance,
  fromCsv,
  fromEdges,
  type Graph,
  groundedSpectrum,
  kirchhoffIndex,
  laplacian,
  laplacianModes,
  laplacianSpectrum,
  logSpanningTrees,
  permuteNodes,
  ring,
} from '../../src/graphs/index.js';
import { laplacianBound } from '../../src/graphs/spectra/laplacian.js';
import { energyOf, mean, observe, splitBrain } from '../lab.js';

const glass = fromCsv('a,b,J\n0,1,1\n1,2,-1\n2,3,1\n3,0,1\n0,2,-0.5', {
  source: 'a',
  target: 'b',
  weight: 'J',
});
const spins = (graph: Graph) =>
  hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: graph.couplings })]);

test('a spin glass from a file: its law by heat bath is that of the enumeration', async () => {
  assert.deepEqual([...glass.couplings], [1, -1, 1, 1, -0.5]);
  assert.equal(glass.componentCount, 1);
  assert.notEqual(
    glass.hash,
    fromEdges(4, glass.endpoints, { couplings: glass.couplings.map(Math.abs) }).hash,
  );
  assert.equal(permuteNodes(glass, [1, 0, 2, 3]).couplings[1], -1);
  const exact = enumerateIsing(glass, { temperature: 1 }).meanEnergy;
  const samples = await sample(heatBath(spins(glass), { temperature: 1 }), {
    chains: 64,
    burnIn: 50,
    steps: 400,
    seed: 1,
  });
  const energies = observe(samples, energyOf(spins(glass))).map((series) => mean(series));
  const error = Math.sqrt(energies.reduce((sum, E) => sum + (E - mean(energies)) ** 2, 0) / (64 * 63));
  assert.ok(Math.abs(mean(energies) - exact) < 4 * error, `${mean(energies)} +- ${error}, exact ${exact}`);
  const around = star((x, neighbours) =>
    neighbours
      .sum((y, w) => y.mul(w).sum())
      .mul(x.sum())
      .div(-2),
  ); // the same energy from every node
  assert.ok(
    Math.abs(
      hamiltonian(glass, [around]).energy64(Float64Array.of(1, -1, 1, 1)) -
        spins(glass).energy64(Float64Array.of(1, -1, 1, 1)),
    ) < 1e-12,
  );
});

test('what needs couplings that are not negative says so', async () => {
  const held = { decay: 1, graph: glass };
  const calls: Readonly<Record<string, () => unknown>> = {
    laplacian: () => laplacian(glass),
    laplacianSpectrum: () => laplacianSpectrum(glass),
    laplacianModes: () => laplacianModes(glass),
    groundedSpectrum: () => groundedSpectrum(glass, [0]),
    laplacianBound: () => laplacianBound(glass),
    kirchhoffIndex: () => kirchhoffIndex(glass),
    effectiveResistance: () => effectiveResistance(glass),
    logSpanningTrees: () => logSpanningTrees(glass),
    groundState: () => groundState(glass),
    gaussianFreeField: () => gaussianFreeField(glass, { temperature: 1 } as never),
    screenedPoisson: () => screenedPoisson(glass, {} as never),
    splitBrain: () => splitBrain(glass, [1, 1, -1, -1]),
    splitNode: () => splitNode(glass, 0, {} as never),
    walkInfluence: () => walkInfluence(glass),
    presence: () => presence(glass, held as never),
    flowCouplings: () => flowCouplings(glass, { lengths: new Float64Array(5).fill(1) }),
    formanRicci: () => formanRicci(glass),
    ollivierRicci: () => ollivierRicci(glass),
    diffusingTemperature: () => diffusingTemperature(glass, {} as never),
    nodeTensors: () => nodeTensors(glass, fieldFrom([1, 2, 3, 4, 5], { support: 'edge' })),
  };
  for (const [name, call] of Object.entries(calls)) {
    assert.throws(
      call,
      { name: 'RangeError', message: `${name}: the couplings of the graph must not be negative, got -1` },
      name,
    );
  }
  for (const [name, run] of Object.entries({
    contactProcess: () => contactProcess(glass, held as never),
    ricciFlow: () => ricciFlow(glass, { steps: 1 } as never),
  })) {
    await assert.rejects(async () => run(), {
      message: `${name}: the couplings of the graph must not be negative, got -1`,
    });
  }
  assert.throws(() => laplacian(fromEdges(2, [[0, 1]], { couplings: [-2] })), /must not be negative, got -2/);
  assert.throws(
    () => wolff(spins(glass), { temperature: 1 }),
    /wolff: edge 1 \(1, 2\) is lower by 2 where its ends differ; clusters need a ferromagnet/,
  );
  assert.throws(
    () => hamiltonian(glass, [interaction()]),
    /^RangeError: interaction: J\[1\] must be finite and not negative, got -1/,
  );
});

test('the interaction has the couplings of its graph, unless J is given', () => {
  const weighted = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
    ],
    { couplings: [1, 3] },
  );
  const x = Float64Array.of(0, 1, 3);
  assert.equal(hamiltonian(weighted, [interaction()]).energy64(x), 13);
  assert.deepEqual(
    hamiltonian(weighted, [interaction()]).gradient64(x),
    hamiltonian(weighted, [interaction({ J: weighted.couplings })]).gradient64(x),
  );
  assert.equal(
    hamiltonian(weighted, [interaction()]).hash,
    hamiltonian(weighted, [interaction({ J: weighted.couplings })]).hash,
  );
  assert.equal(hamiltonian(weighted, [interaction({ J: 1 })]).energy64(x), 5);
  assert.equal(hamiltonian(weighted, [interaction().with({ J: 1 })]).energy64(x), 5);
  assert.equal(
    hamiltonian(fromEdges(2, [[0, 1]], { couplings: [2] }), [interaction()]).energy64(Float64Array.of(0, 1)),
    2,
  );
  assert.equal(
    hamiltonian(ring(4), [interaction()]).hash,
    hamiltonian(ring(4), [interaction({ J: 1 })]).hash,
  );
  const byEdge = (J: readonly number[]): string => hamiltonian(ring(4), [interaction({ J })]).hash;
  assert.notEqual(byEdge([1, 2, 3, 4]), byEdge([1, 2, 3, 5]), 'a value of one edge counts');
  assert.notEqual(byEdge([1, 2, 3, 4]), byEdge([2, 1, 3, 4]), 'and so does which edge has it');
  assert.ok(checkTerm(interaction(), { graph: weighted }).passed);
  assert.deepEqual(checkTerm(withPlantedError(interaction(), 'factor 2'), { graph: weighted }).failures, [
    'gradient',
  ]);
});
