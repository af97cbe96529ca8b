// Valid calls of public functions that test/display/examples.ts does not reach, or only with a long run. They
// go first.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lab from '../display/lab.js';

const nodes = 6;
const graph = lab.ring(nodes);
const ringOf = (count: number) => lab.ring(count);
const onSpins = (on: lab.Graph) => lab.hamiltonian(on, [lab.bond((a, b) => a.dot(b).neg())]);
const energy = lab.hamiltonian(graph, [lab.interaction()]);
const ising = lab.hamiltonian(graph, [lab.bond((a, b) => a.dot(b).neg())]);
const langevin = () => lab.langevin(energy, { temperature: 1, timeStep: 0.02 });
const field = lab.normalField({ sites: nodes, components: 2, chains: 2, seed: 1 });
const angles = lab.randomAngles({ sites: nodes, chains: 2, seed: 1 });
const spins = lab.randomSpins({ sites: nodes, chains: 2, seed: 1 });
const beliefs = lab.dirichletBeliefs({ sites: nodes, components: 2, chains: 2, seed: 1 });
const labels = lab.randomLabels({ sites: nodes, states: 3, seed: 1 });
const edges = lab.constantField({ support: 'edge', sites: graph.edgeCount }, 0.5);
const directed = lab.directedTensors(graph, edges);
const product = {
  chi: lab.normalField({ sites: nodes, components: 2, seed: 1 }),
  phi: lab.phaseField(lab.randomAngles({ sites: nodes, seed: 2 })),
};
const chain = lab.transitionMatrix({
  nodes: 2,
  values: [0, 1, 2],
  energy: ([a, b]) => Math.abs(a - b),
  temperature: 1,
  rule: 'metropolis',
});
const block = (text: string): Uint8Array => new TextEncoder().encode(text);
const leaves = ['a', 'b', 'c', 'd', 'e'].map(block);
const first = lab.merkleDag().append('genesis');
const draw = { step: 0, purpose: lab.Purpose.noise, nodes, lanes: 2 };
const random = (): number => 0.5;
const ones = (): Float64Array => new Float64Array(nodes).fill(1);
const presence = () => lab.presence(graph, { decay: 0.1, release: 0.01 });
const held = () => ({ ...lab.strangers(graph, { held: ones() }) });
const neighbours = lab.neighbourLists(lab.ring(20, 4));
const referenceState = {
  data: Array.from({ length: 20 }, (_, i) => i % 2),
  reputation: new Array<number>(20).fill(1),
};
const referenceRun = lab.runReference({ neighbours, signal: 3, uniform: () => 0.99 });
const series = (): number[][] =>
  Array.from({ length: 4 }, (_, c) => Array.from({ length: 12 }, (_value, r) => Math.cos(c + 4 * r)));
const values = [1, 2, 4, 3];
const figure = lab.lineWithBand({
  name: 'line',
  x: { title: 'x' },
  y: { title: 'y' },
  series: [{ label: 'a', x: [1, 2, 3], y: [1, 4, 9] }],
});
const ramp = { temperature: 1, from: 1, to: 2 };
const runs = { chains: 4, steps: 12, burnIn: 2, every: 2, seed: 1 };
const tensor = (): lab.tf.Tensor3D => lab.tf.zeros([nodes, 2, 2]);
const short = () => lab.sample(lab.heatBath(ising, { temperature: 2 }), runs);
const flow = { lengths: new Float64Array(graph.edgeCount).fill(1) };
const state = (): Float64Array => Float64Array.from({ length: nodes }, (_, i) => (i % 2 ? 1 : -1));

/** By the public name; what stands after a space tells several apart. */
export const moreCalls: Readonly<Record<string, () => unknown>> = {
  latex: () => lab.latex(lab.vector('x').squaredNorm()),
  gather: () => lab.gather(lab.tf.zeros([3, 1, 2]), lab.rowIndex([2, 0, 2], 3)),
  scatter: () => lab.scatter(lab.tf.zeros([3, 1, 2]), lab.rowIndex([2, 0, 2], 3)),
  total: () => lab.total(tensor()),
  setBackend: () => lab.setBackend('cpu'),
  setThreads: () => lab.setThreads(1),
  mean: () => lab.mean(values),
  variance: () => lab.variance(values),
  jackknife: () =>
    lab.jackknife(
      [
        [1, 2],
        [3, 4],
        [5, 7],
        [2, 1],
      ],
      (groups) => lab.mean(groups.flat()),
    ),
  correlation: () => lab.correlation(values, [1, 3, 2, 5]),
  philox4x32: () => lab.philox4x32([0, 0, 0, 0], [1, 2], new Uint32Array(4)),
  setDefaultSeed: () => lab.setDefaultSeed(1),
  uniforms: () => lab.uniforms(new Float64Array(2 * nodes), lab.randomKey(1), draw),
  normals: () => lab.normals(new Float64Array(2 * nodes), lab.randomKey(1), draw),
  aleaGenerator: () => lab.aleaGenerator(1, 'stream'),
  uniformGenerator: () => lab.uniformGenerator(1, 'stream'),
  randomInteger: () => lab.randomInteger(random, 4),
  shuffle: () => lab.shuffle([1, 2, 3], random),
  poisson: () => lab.poisson(2),
  exponential: () => lab.exponential(random),
  aliasTable: () => lab.aliasTable([1, 2, 3]),
  randomRegular: () => lab.randomRegular(10, 3, { seed: 1 }),
  permuteNodes: () => lab.permuteNodes(graph, [1, 2, 3, 4, 5, 0]),
  fromGraphology: () =>
    lab.fromGraphology(lab.toGraphology(graph), { weight: 'weight', name: 'g', connected: true }),
  groundedSpectrum: () => lab.groundedSpectrum(graph, [0, 2]),
  laplacianSpectrum: () => lab.laplacianSpectrum(graph),
  effectiveResistance: () => lab.effectiveResistance(graph),
  logSpanningTrees: () => lab.logSpanningTrees(graph),
  kirchhoffIndex: () => lab.kirchhoffIndex(graph),
  clustering: () => lab.clustering(graph),
  distancesFrom: () => lab.distancesFrom(graph, 0),
  brokenPairs: () => lab.brokenPairs(graph),
  isingDistribution: () => lab.isingDistribution(graph, { temperature: 2, field: 0.1 }),
  isingState: () => lab.isingState([1, -1, 1]),
  totalVariationDistance: () => lab.totalVariationDistance([0.5, 0.5], [0.25, 0.75]),
  totalVariationFloor: () => lab.totalVariationFloor([0.5, 0.5], 100),
  zeroModeVariance: () => lab.zeroModeVariance({ temperature: 1, time: 2, nodeCount: nodes, pin: 0.1 }),
  eulerMaruyamaRatio: () => lab.eulerMaruyamaRatio(1, 0.1),
  leimkuhlerMatthewsRatio: () => lab.leimkuhlerMatthewsRatio(1, 0.1),
  meanRampWork: () => lab.meanRampWork(graph, { ...ramp, jumps: 3, duration: 1, components: 1 }),
  rampWork: () => lab.rampWork(graph, { ...ramp, jumps: 3, duration: 1, components: 1, runs: 20, seed: 1 }),
  quenchWork: () => lab.quenchWork({ ...ramp, nodeCount: nodes, components: 1 }),
  rampFreeEnergy: () => lab.rampFreeEnergy({ ...ramp, nodeCount: nodes, components: 1 }),
  pinnedThreshold: () => lab.pinnedThreshold({ temperature: 0.5, J: 1 }),
  glauberWalls: () => lab.glauberWalls(2),
  screenedPoisson: () => lab.screenedPoisson(graph, { decay: 0.1, source: ones() }),
  detectionArea: () => lab.detectionArea({ rates: ones(), tau: 2, delay: 1 }),
  stationaryLaw: () => lab.stationaryLaw(chain.matrix),
  oneWayTransitions: () => lab.oneWayTransitions(chain.matrix, () => true),
  mixingTime: () => lab.mixingTime(chain.matrix, 0.25),
  spectralGap: () => lab.spectralGap(chain.matrix),
  kramersTime: () => lab.kramersTime({ temperature: 0.2, height: 1, wellCurvature: 2, topCurvature: 1 }),
  meanFirstPassageTime: () =>
    lab.meanFirstPassageTime({ potential: (x) => (x * x) / 2, temperature: 1, from: 0, to: 1, wall: -5 }),
  merkleRoot: () => lab.merkleRoot(leaves),
  verifyInclusion: () =>
    lab.verifyInclusion(
      { leaf: leaves[2], index: 2, size: 5, root: lab.merkleRoot(leaves) },
      lab.inclusionProof(leaves, 2),
    ),
  verifyConsistency: () =>
    lab.verifyConsistency(
      {
        firstSize: 3,
        secondSize: 5,
        firstRoot: lab.merkleRoot(leaves.slice(0, 3)),
        secondRoot: lab.merkleRoot(leaves),
      },
      lab.consistencyProof(leaves, 3),
    ),
  contentId: () => lab.contentId(leaves[0], 'raw'),
  parseCid: () => lab.parseCid(lab.contentId(leaves[0])),
  ancestorDistance: () => lab.ancestorDistance(first, first.append('b')),
  centred: () => lab.centred(field),
  fieldFrom: () => lab.fieldFrom([1, 2, 3], { support: 'node', codomain: 'real' }),
  replicate: () => lab.replicate(lab.normalField({ sites: nodes, seed: 1 }), 3),
  fromTensor: () => lab.fromTensor(lab.toTensor(field), field),
  toTensor: () => lab.toTensor(field),
  embeddingField: () =>
    lab.embeddingField(lab.labelEmbedding([lab.blockSet([leaves[0]]), lab.blockSet([leaves[1]])]), {
      chains: 2,
    }),
  squaredDistance: () => lab.squaredDistance([1, 2], [3, 4]),
  siteSquaredDistance: () => lab.siteSquaredDistance(field, 0, 1, 1),
  amplitude: () => lab.amplitude(lab.phaseField(angles)),
  angle: () => lab.angle(lab.phaseField(angles)),
  phaseField: () => lab.phaseField(angles),
  edgeTensor: () => lab.edgeTensor(graph, edges, 0, 1, 0),
  hermitianDefect: () => lab.hermitianDefect(graph, directed),
  hermitianPart: () => lab.hermitianPart(graph, directed),
  nodeTensors: () => lab.nodeTensors(graph, edges),
  holonomy: () =>
    lab.holonomy(
      graph,
      lab.constantField({ support: 'edge', sites: graph.edgeCount, codomain: 'angle' }, 0.5),
      [0, 1, 2, 3, 4, 5],
    ),
  permuteField: () => lab.permuteField(graph, field, [1, 2, 3, 4, 5, 0]),
  kronecker: () => lab.kronecker(product),
  productSquaredDistance: () => lab.productSquaredDistance(product, 0, 1, 0),
  beliefEntropy: () => lab.beliefEntropy(beliefs),
  beliefsFrom: () =>
    lab.beliefsFrom([
      [0.5, 0.5],
      [0.25, 0.75],
    ]),
  centredLogits: () => lab.centredLogits(beliefs),
  drawLabels: () => lab.drawLabels(beliefs, { seed: 1, step: 2 }),
  probabilities: () => lab.probabilities(beliefs),
  softmaxLogJacobian: () => lab.softmaxLogJacobian(beliefs),
  uniformBeliefs: () => lab.uniformBeliefs({ sites: nodes, components: 3, chains: 2 }),
  millerMadow: () => lab.millerMadow([3, 4, 5]),
  neighbourhoodEntropy: () => lab.neighbourhoodEntropy(graph, labels),
  shannonEntropy: () => lab.shannonEntropy([0.5, 0.5]),
  windowEntropy: () => lab.windowEntropy([labels, labels]),
  hebbianCouplings: () => lab.hebbianCouplings(graph, spins),
  meanFieldFreeEnergy: () =>
    lab.meanFieldFreeEnergy(
      graph,
      { q: 2, p: new Float64Array(2 * nodes).fill(0.5) },
      { J: 1, temperature: 0.5, lambda: 0 },
    ),
  meanClusterSize: async () =>
    lab.meanClusterSize((await lab.sample(lab.wolff(ising, { temperature: 2 }), runs)).state),
  kineticTemperature: async () => {
    const sampler = lab.baoab(energy, { temperature: 1, timeStep: 0.02, friction: 1 });
    return lab.kineticTemperature(sampler.restore((await lab.sample(sampler, runs)).state));
  },
  stabilityBound: () => lab.stabilityBound(energy, lab.tf.zeros([nodes, 1, 2])),
  hebb: () => lab.hebb(graph, ones(), spins, { rate: 0.1, decay: 0.1 }),
  oja: () => lab.oja(graph, ones(), spins, { rate: 0.1 }),
  agreementLyapunov: () =>
    lab.agreementLyapunov(graph, ones(), lab.normalField({ sites: nodes, seed: 1 }), { width: 1 }),
  followAgreement: () =>
    lab.followAgreement(graph, ones(), lab.normalField({ sites: nodes, seed: 1 }), { rate: 0.1, width: 1 }),
  deffuant: () => lab.deffuant(graph, { w: 0.5, stubborn: [0], fraction: 0.5 }),
  hegselmannKrause: () => lab.hegselmannKrause(graph, { w: 0.5, stubborn: [0] }),
  inGroups: () => lab.inGroups([1, 2, 3, 4], 2),
  landauerBound: () => lab.landauerBound(300),
  firstPassages: () =>
    lab.firstPassages(
      [
        [0, 0, 1],
        [0, 0, 0],
      ],
      [10, 20, 30],
      (x) => x >= 1,
    ),
  autocorrelationTime: () => lab.autocorrelationTime(Array.from({ length: 200 }, (_, k) => Math.sin(k * k))),
  effectiveSampleSize: () => lab.effectiveSampleSize(series()),
  splitRHat: () => lab.splitRHat(series()),
  gaussianEntropy: async () => lab.gaussianEntropy(await lab.sample(langevin(), { ...runs, steps: 60 })),
  effectiveDraws: () =>
    lab.effectiveDraws([
      [0.5, 0.5],
      [0.25, 0.75],
    ]),
  empiricalLaw: () => lab.empiricalLaw([0, 1, 1, 2], 3),
  angleOrder: () => lab.angleOrder(state(), 1),
  energyOf: () => lab.energyOf(ising),
  magnetisation: () => lab.magnetisation(state(), 1),
  majorityFraction: () => lab.majorityFraction(state(), 1),
  disagreement: () => lab.disagreement(state(), 1),
  ofComponent: () => lab.ofComponent(0, lab.magnetisation),
  orderParameter: () => lab.orderParameter(state(), 1),
  overlap: () => lab.overlap(state()),
  localTemperatures: async () => lab.localTemperatures(await short(), ising, { level: 0.9 }),
  formanRicci: () => lab.formanRicci(graph, { augmented: true }),
  ollivierRicci: () => lab.ollivierRicci(graph, { lengths: ones() }),
  flowCouplings: () => lab.flowCouplings(graph, flow),
  randomPeer: () => lab.randomPeer(lab.peersOf(graph), 0, random),
  randomPeers: () => lab.randomPeers(lab.peersOf(graph), 0, 1, random),
  exchangesToAverage: () =>
    lab.exchangesToAverage(graph, values.concat(values).slice(0, nodes), { ratio: 0.5, seed: 1, most: 1000 }),
  after: () => lab.after((present: Float64Array) => present, ones(), { steps: 2, seed: 1, from: 0 }),
  checkUpdate: () => lab.checkUpdate((present: Float64Array) => present.map((x) => x / 2), [ones()]),
  iterate: () => lab.iterate((present: Float64Array) => present, ones(), { steps: 2, seed: 1, from: 0 }),
  autocatalyticReplacement: () => lab.autocatalyticReplacement({ half: 1 }),
  ticks: () => lab.ticks(presence(), { quanta: 3, timeStep: 0.1 }),
  delivered: () =>
    lab.delivered(
      lab.averagingMerge,
      [0, 0],
      [
        { to: 0, value: 1 },
        { to: 1, value: 2 },
      ],
    ),
  replayDrift: () =>
    lab.replayDrift(
      lab.averagingMerge,
      [0, 0],
      [
        { to: 0, value: 1 },
        { to: 1, value: 2 },
      ],
      { times: 3 },
    ),
  netFlow: () => lab.netFlow(presence(), new Float64Array(nodes + 1).fill(1)),
  productionRate: () => lab.productionRate(presence(), new Float64Array(nodes + 1).fill(1)),
  lossTimes: () => lab.lossTimes(ising, ones(), { temperature: 2, time: 5, states: 2, seed: 1 }),
  fadingSpins: () => lab.fadingSpins(graph, { temperature: 1, decay: 0.1, release: 0.1, span: 2 }),
  pushSum: () => lab.pushSum(graph, {}),
  localRates: () =>
    lab.localRates(
      graph,
      Array.from({ length: 40 }, (_, t) =>
        Float64Array.from({ length: nodes }, (_node, i) => 2 + Math.sin(t * i + t)),
      ),
      { span: 1 },
    ),
  activityAt: () => lab.activityAt(graph, 0, 1),
  interactions: () => lab.interactions(graph, { rates: ones(), tau: 2, timeStep: 0.1 }),
  participation: () => lab.participation(graph, new Float64Array(18).fill(1), 'plain'),
  totalValue: () => lab.totalValue(held()),
  walkInfluence: () => lab.walkInfluence(graph),
  annealedProbability: () => lab.annealedProbability([0, 1], [1], (state) => state === 0),
  barrier: () => lab.barrier([0.1, 0.5, 0.2, 0.4]),
  gossipIsing: () => lab.gossipIsing(lab.ring(4), { temperature: 2, injection: 1 }),
  lifeDiagram: () => lab.lifeDiagram(new Float64Array(16), { name: 'life', caption: 'none' }),
  consensusByCooling: () =>
    lab.consensusByCooling({ energy: onSpins, graphs: ringOf, sizes: [8], times: [4], runs: 1, seed: 1 }),
  binderScan: () =>
    lab.binderScan({
      energy: onSpins,
      graphs: ringOf,
      sizes: [8],
      temperatures: [1, 2, 3],
      steps: 8,
      seed: 1,
    }),
  finalityByCooling: () =>
    lab.finalityByCooling({
      energy: onSpins,
      graphs: ringOf,
      sizes: [8],
      times: [2],
      rules: [lab.belowTemperature(0.5)],
      graphCount: 16,
      seed: 1,
    }),
  annealingRace: () =>
    lab.annealingRace({
      contenders: [{ name: 'hold', settings: [1], at: (T) => ({ T }) }],
      kernel: (on, { T }, span) => lab.fadingSpins(on, { temperature: T!, decay: 0, span }),
      graphs: ringOf,
      sizes: [8],
      horizons: [2],
      scoreGraphs: 16,
      seed: 1,
    }),
  answerOf: () => lab.answerOf(lab.finding('F07')),
  ledgerFaults: () => lab.ledgerFaults(lab.sentences(), lab.findings()),
  trajectoryHash: () => lab.trajectoryHash({ states: [Float32Array.of(1, 2, 3)] }),
  referenceLocalEnergy: () => lab.referenceLocalEnergy(neighbours, referenceState, 0),
  referenceEnergyChange: () => lab.referenceEnergyChange(neighbours, referenceState, 0, 1),
  traceDifferences: () => lab.traceDifferences(referenceRun, referenceRun),
  injectionProbability: () => lab.injectionProbability(4, 3),
  referenceOutcome: () => lab.referenceOutcome(referenceRun, 3),
  besidePublication: () => lab.besidePublication('04-ising', []),
  renderPng: () => lab.renderPng(figure, { scale: 1 }),
  renderSvg: () => lab.renderSvg(figure),
  saveFigure: () => lab.saveFigure(figure, join(tmpdir(), 'emtd-wrong-input.json')),
  sample: () => lab.sample(langevin(), runs),
  'sample, spins': () => lab.sample(lab.heatBath(ising, { temperature: 2 }), { ...runs, initial: undefined }),
  smallWorld: () => lab.smallWorld(12, 4, 0.1, { seed: 1 }),
  torus: () => lab.torus(4, 5),
};
