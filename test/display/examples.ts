// One value of everything that the library hands to a cell, by the public name that makes it; and the public
// names whose values are numbers, text, lists of numbers or functions, or show as a class of their own.
// Names given by users hold markup, which no display may let through.
import * as lab from './lab.js';

export const hostile = '<script>alert("1")</script>&<b>';

const nodes = 12;
const graph = lab.smallWorld(nodes, 4, 0.2, { seed: 3 });
const hostileGraph = lab.fromEdges(
  3,
  [
    [0, 1],
    [1, 2],
  ],
  { name: hostile, couplings: [1, 2.5] },
);
const interaction = lab.interaction();
const hostileTerm = lab.site(
  (x, h) => x.squaredNorm().sub(1).square().mul(h),
  { h: 0.25 },
  { name: hostile, units: hostile },
);
const energy = lab.hamiltonian(graph, [interaction, hostileTerm]);
const air = () => lab.presence(graph, { decay: 0.1, release: 0.01 });
const ising = lab.hamiltonian(graph, [lab.bond((a, b) => a.dot(b).neg())]);
const spins = { ...lab.flip, name: hostile };
const [x, y] = ['x_i', 'x_j'].map(lab.vector);
const distance = x.sub(y).squaredNorm();
const block = (text: string): Uint8Array => new TextEncoder().encode(text);
const ledgers = [['a', 'b', 'c'], ['a', 'b'], ['d']].map((blocks) => lab.blockSet(blocks.map(block)));
const history = lab.merkleDag().append('genesis').append(hostile).append(['two', 2]);
const leaves = Array.from({ length: 8 }, (_, k) => Uint8Array.of(k));
const edges = lab.constantField({ support: 'edge', sites: graph.edgeCount }, 0.5);
const axes = { x: { title: 'x' }, y: { title: 'y' } };
const line = { name: 'line', ...axes, series: [{ label: hostile, x: [1, 2, 3], y: [1, 4, 9] }] };
const beliefs = { q: 3, p: new Float64Array(3 * nodes).fill(1 / 3) };
const tensor = (shape: [number, number, number]) =>
  lab.tf.tensor3d(
    lab.normals(new Float32Array(shape[0] * shape[1] * shape[2]), lab.randomKey(1), {
      step: 0,
      purpose: lab.Purpose.noise,
      nodes: shape[0],
      lanes: shape[1] * shape[2],
    }),
    shape,
  );

const runs = { chains: 6, steps: 2000, burnIn: 100, every: 10, seed: 1 };
let samples: Promise<lab.Samples> | undefined;
const langevinSamples = (): Promise<lab.Samples> =>
  (samples ??= lab.sample(lab.langevin(energy, { temperature: 0.5, timeStep: 0.02 }), runs));
const metropolisSamples = (): Promise<lab.Samples> =>
  lab.sample(lab.metropolis(ising, { temperature: 2, proposal: spins }), { ...runs, steps: 400 });
const traces = lab.originalTraces();
const ensemble = lab.referenceEnsemble({ runs: 60, nodeCount: 20, signal: 6 });
const good = { estimate: 1, interval: [0.98, 1.02] } as const;
const verdicts = lab.readVerdicts();
const spinsOn = {
  energy: (on: lab.Graph) => lab.hamiltonian(on, [lab.bond((a, b) => a.mul(b).sum().neg())]),
  graphs: (count: number) => lab.ring(count),
  seed: 1,
};
const row = (id: string) => lab.earlierRows().find((one) => one.id === id)!;

const chainsOf = (value: (record: number) => number): number[][] =>
  Array.from({ length: 16 }, (_, chain) => Array.from({ length: 9 }, (_record, r) => value(chain + 16 * r)));
const threeLabels = lab.transitionMatrix({
  nodes: 2,
  values: [0, 1, 2],
  energy: ([a, b]) => Math.abs(a - b),
  temperature: 1,
  rule: 'metropolis',
});
const ramp = (from: number, to: number): Float64Array =>
  lab.rampWork(graph, { temperature: 1, from, to, jumps: 4, duration: 1, runs: 2000, seed: from });
const risingCurve = { x: [1, 2], groups: Array.from({ length: 16 }, (_, g) => [g / 16, 1 + g / 8]) };

const emtd = () =>
  new lab.Emtd(ising, {
    values: [-1, 1],
    initial: Array.from({ length: nodes }, (_, i) => i % 2),
    temperature: 0.5,
    finality: [lab.belowTemperature(1)],
    adversary: lab.forgers(lab.drawMembers(nodes, 2, 1), 1),
  });
const talk = (): lab.Protocol => ({
  name: hostile,
  tick: (node, net) => net.send(node, (node + 1) % 10, 0, 100),
});

/** By the public name that makes it; what stands after a space tells several apart. */
export const examples: Readonly<Record<string, () => object | Promise<object>>> = {
  smallWorld: () => lab.smallWorld(50, 4, 0.1, { seed: 1 }),
  'fromEdges, hostile name': () => hostileGraph,
  torus: () => lab.torus(12, 20),
  grid: () => lab.grid(4, 6),
  separated: async () => lab.separated(await langevinSamples(), 3),
  disjointUnion: () => lab.disjointUnion([lab.ring(5), graph]),
  karateClub: () => lab.karateClub(),
  'complete, many edges': () => lab.complete(200),
  'complete, few nodes': () => lab.complete(7),
  'smallWorld, 500 nodes': () => lab.smallWorld(500, 4, 0.1, { seed: 1 }),
  'smallWorld, 20,000 nodes': () => lab.smallWorld(20_000, 6, 0.5, { seed: 1 }),
  'fromEdges, components': () =>
    lab.fromEdges(
      7,
      [
        [0, 1],
        [1, 2],
        [3, 4],
        [4, 5],
        [5, 3],
      ],
      { connected: false, name: 'three parts' },
    ),
  'fromCsv, hostile names': () =>
    lab.fromCsv(`a,b,J\n${hostile.replaceAll('"', "'")},x,1\nx,y,2`, {
      source: 'a',
      target: 'b',
      weight: 'J',
      name: hostile,
    }),
  fromGraphML: () =>
    lab.fromGraphML(
      '<graphml><graph><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>',
    ),
  laplacian: () => lab.laplacian(lab.smallWorld(30, 4, 0.1, { seed: 1 })),
  laplacianModes: () => lab.laplacianModes(graph),
  toGraphology: () => lab.toGraphology(graph),
  reordered: () => lab.reordered(hostileGraph),
  percolate: () => lab.percolate(graph, { keep: 0.5, seed: 1 }),
  'survivors, hostile name': () => lab.survivors(hostileGraph, [1, 0, 1]),
  replaceLostPeers: () => lab.replaceLostPeers(graph, [1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0], { seed: 1 }),
  bethePercolation: () => lab.bethePercolation(4, { keep: 0.5 }),

  boltzmannLaw: () => lab.boltzmannLaw([0, 0.5, 1, 1, 3], 1),
  kaufmanIsing: () => lab.kaufmanIsing(8, 8, { temperature: 2 }),
  curieWeiss: () => lab.curieWeiss({ temperature: 0.7 }),
  pinnedMagnetisations: () => lab.pinnedMagnetisations({ temperature: 0.5, fraction: 0.1 }),
  'pinnedMagnetisations, captured': () => lab.pinnedMagnetisations({ temperature: 0.5, fraction: 0.25 }),
  completeIsing: () => lab.completeIsing(40, { temperature: 0.5 }),
  ringIsing: () => lab.ringIsing(10, { temperature: 1, field: 0.1 }),
  'ringIsing, infinite': () => lab.ringIsing(Infinity, { temperature: 1 }),
  squareIsing: () => lab.squareIsing({ temperature: 2 }),
  betheIsing: () => lab.betheIsing(4, { temperature: 2 }),
  meanFieldXY: () => lab.meanFieldXY({ temperature: 0.25 }),
  squarePotts: () => lab.squarePotts(10),
  meanFieldPotts: () => lab.meanFieldPotts(3, { temperature: 1 / 3 }),
  completePotts: () => lab.completePotts(30, 3, { temperature: 1 / (4 * Math.LN2) }),
  groundState: () =>
    lab.groundState(graph, { field: Array.from({ length: nodes }, (_, i) => Math.sin(5 * i)) }),
  deepestTrap: () => lab.deepestTrap(lab.isingEnergies(graph, 0.1)),
  'deepestTrap, none': () => lab.deepestTrap([0, 1]),
  hopfieldRetrieval: () => lab.hopfieldRetrieval({ load: 0.1, temperature: 0.2 }),
  'hopfieldRetrieval, lost': () => lab.hopfieldRetrieval({ load: 0.2 }),
  enumerateIsing: () => lab.enumerateIsing(graph, { temperature: 2 }),
  gaussianFreeField: () => lab.gaussianFreeField(graph, { temperature: 0.7, J: 1 / 2 }),
  'gaussianFreeField, hostile graph': () => lab.gaussianFreeField(hostileGraph, { temperature: 1, J: 1 / 2 }),
  ornsteinUhlenbeck: () => lab.ornsteinUhlenbeck({ stiffness: 2, temperature: 0.5 }),

  cooledMode: () => lab.cooledMode({ stiffness: 1, from: 2, to: 0.2, duration: 1 }),
  shotNoise: () => lab.shotNoise({ rate: 1, tau: 5 }),
  transitionMatrix: () => threeLabels,
  langevinCovariance: () =>
    lab.langevinCovariance(lab.laplacian(graph).add(1e-1), {
      temperature: Array.from({ length: nodes }, (_, i) => i),
    }),
  sgldCovariance: () =>
    lab.sgldCovariance(graph, { temperature: 1, J: 1 / 2, pin: 1, timeStep: 0.05, batch: 6 }),
  antisymmetricFlux: () => lab.antisymmetricFlux(threeLabels.matrix, threeLabels.law),

  blockSet: () => ledgers[0],
  intersection: () => lab.intersection(ledgers[0], ledgers[2]),
  symmetricDifference: () => lab.symmetricDifference(ledgers[0], ledgers[2]),
  inclusionProof: () => lab.inclusionProof(leaves, 5),
  consistencyProof: () => lab.consistencyProof(leaves, 3),
  dagBlock: () => lab.dagBlock({ text: hostile }, history.heads),
  decodeBlock: () => lab.decodeBlock(lab.dagBlock(hostile).bytes, lab.dagBlock(hostile).cid),
  merkleDag: () => history,
  'merkleDag, pruned': () => history.prune(0),
  importCar: () => lab.importCar(lab.exportCar(history)),
  minHash: () => lab.minHash(ledgers[0]),
  minHashDistance: () => lab.minHashDistance(lab.minHash(ledgers[0]), lab.minHash(ledgers[1])),
  ed25519Signatures: () => lab.ed25519Signatures(),
  modelSignatures: () => lab.modelSignatures({ signCost: 36.5e-6, verifyCost: 113.9e-6 }),

  scalar: () => lab.scalar('J'),
  vector: () => x,
  'vector, formula': () =>
    distance.mul(lab.scalar('J_ij')).sub(lab.scalar('lambda').mul(x.softmax().entropy())),
  'vector, hostile name': () => lab.vector(hostile),
  gradient: () => lab.gradient(distance.add(x.tanh().sum()), [x, y]),

  tf: () => tensor([24, 1, 16]),
  'tf, list': () =>
    lab.tf.tensor1d(Array.from({ length: 400 }, (_, k) => Math.sin(k / 20) * Math.exp(-k / 200))),
  'tf, number': () => lab.tf.scalar(2.5),
  'tf, integers': () =>
    lab.tf.tensor2d(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [2, 3],
      'int32',
    ),
  'tf, text': () => lab.tf.tensor1d([hostile, 'b']),
  'tf, logical': () => lab.tf.tensor1d([true, false, true], 'bool'),
  'tf, not finite': () => lab.tf.tensor1d([1, NaN, Infinity, 4]),
  'tf, large': () => tensor([1000, 2, 64]),
  'tf, empty': () => lab.tf.zeros([0, 3]),
  'tf, disposed': () => {
    const gone = lab.tf.zeros([3, 4]);
    gone.dispose();
    return gone;
  },
  availableBackends: () => lab.availableBackends(),
  rowIndex: () => lab.rowIndex([2, 0, 2], 3),

  normalField: () => lab.normalField({ sites: 60, chains: 8, seed: 1 }),
  'normalField, one chain': () => lab.normalField({ sites: 200, seed: 1 }),
  randomSpins: () => lab.randomSpins({ sites: 60, chains: 6, seed: 1 }),
  randomLabels: () => lab.randomLabels({ sites: 40, states: 4, seed: 1 }),
  randomAngles: () => lab.randomAngles({ sites: 300, chains: 20, seed: 1 }),
  dirichletBeliefs: () => lab.dirichletBeliefs({ sites: 30, components: 3, chains: 4, seed: 1 }),
  'constantField, pinned': () => lab.pinned(lab.constantField({ sites: 5, components: 2 }, [0, 1]), [0, 3]),
  labelEmbedding: () => lab.labelEmbedding(ledgers),
  merkleDiffEmbedding: () => lab.merkleDiffEmbedding(ledgers),
  hashBitsEmbedding: () => lab.hashBitsEmbedding(ledgers),
  merkleDiffFeatures: () => lab.merkleDiffFeatures(ledgers, { seed: 1 }),
  directedTensors: () => lab.directedTensors(graph, edges),
  adjoint: () => lab.adjoint(graph, lab.directedTensors(graph, edges)),
  fromSources: () => lab.fromSources(graph, lab.constantField({ sites: nodes }, 1)),
  phaseOrder: () => lab.phaseOrder(lab.randomAngles({ sites: 50, chains: 12, seed: 1 })),

  hamiltonian: () => energy,
  'hamiltonian, parameters': () =>
    lab.hamiltonian(lab.karateClub(), [
      lab.interaction({ J: lab.karateClub().couplings }),
      lab.entropicPenalty('dirichlet', { lambda: 0.5 }),
      hostileTerm,
    ]),
  'hamiltonian, hostile graph': () => lab.hamiltonian(hostileGraph, [interaction]),
  bond: () => lab.bond((a, b, t) => a.sub(b).sum().sub(t).cos().neg(), { theta: lab.oriented([0.1, -0.2]) }),
  site: () => hostileTerm,
  star: () => lab.star((y, neighbours) => neighbours.sum((z, w) => y.sub(z).mul(w)).squaredNorm()),
  globalSum: () =>
    lab.globalSum(
      (all, J) =>
        all
          .sum((y) => y.sum())
          .square()
          .mul(J)
          .div(all.count),
      { J: -0.5 },
    ),
  custom: () => lab.custom((values) => values.square().sum([0, 1]), { name: hostile }),
  interaction: () => interaction,
  couplingLaw: () => lab.couplingLaw('welsch', { J: lab.karateClub().couplings, w: 2 }),
  labelDistance: () => lab.labelDistance(lab.distanceTable(ledgers, lab.jaccardDistance)),
  entropicPenalty: () => lab.entropicPenalty('squared-laplacian', { lambda: 2e-7 }),
  computationalCost: () => lab.computationalCost('load-balancing'),
  flow: () => lab.flow((a, b, out, back) => a.mul(out).sub(b.mul(back)), { out: 2, back: 1 }),
  trustPhase: () => lab.trustPhase('gauge', { A: [Math.PI, 0, -0.5] }),
  trustConfinement: () => lab.trustConfinement({ kappa: 2 }),
  hopfield: () => lab.hopfield(graph, lab.randomSpins({ sites: nodes, chains: 2, seed: 1 })),
  withPlantedError: () => lab.withPlantedError(interaction, 'factor 2'),
  oriented: () => lab.oriented([0.1, -0.2]),
  checkTerm: () => lab.checkTerm(lab.withPlantedError(hostileTerm, 'wrong sign')),
  meanFieldSweep: () => lab.meanFieldSweep(graph, beliefs, { J: 1, temperature: 0.5 }),
  meanFieldUpdate: () => lab.meanFieldUpdate(graph, beliefs, { J: 1, temperature: 0.5 }, 0),

  constant: () => lab.constant(0.5),
  geometric: () => lab.geometric({ from: 2, to: 0.1, steps: 1000 }),
  logarithmic: () => lab.logarithmic({ depth: 1 }),
  linear: () => lab.linear({ from: 2, to: 0.1, steps: 1000 }),
  reheating: () => lab.reheating({ base: 1, height: 2, every: 100, duration: 10, fade: 0.5 }),
  constantSpeed: () =>
    lab.constantSpeed({
      temperatures: [1, 2, 4],
      heatCapacity: [1, 4, 1],
      relaxationTime: [9, 3, 1],
      from: 4,
      to: 1,
      steps: 1000,
    }),
  diffusingTemperature: () =>
    lab.diffusingTemperature(graph, { initial: Array.from({ length: nodes }, (_, i) => i), rate: 0.05 }),
  logNormal: () => lab.logNormal(0.5),
  flip: () => lab.flip,
  gaussian: () => lab.gaussian(0.5),
  relabel: () => lab.relabel(3),
  langevin: () =>
    lab.langevin(energy, { temperature: lab.geometric({ from: 2, to: 0.1, steps: 1000 }), timeStep: 0.01 }),
  'langevin, by node': () =>
    lab.langevin(energy, {
      temperature: Array.from({ length: nodes }, (_, i) => 1 + (i % 2)),
      timeStep: 0.01,
    }),
  sgld: () => lab.sgld(energy, { temperature: 1, timeStep: 0.01, batch: 6 }),
  metropolis: () => lab.metropolis(ising, { temperature: 2, proposal: spins }),
  multispin: () => lab.multispin(8, 8, { temperature: 2 }),
  heatBath: () => lab.heatBath(ising, { temperature: 2 }),
  mala: () => lab.mala(energy, { temperature: 1, timeStep: 0.02 }),
  baoab: () => lab.baoab(energy, { temperature: 1, timeStep: 0.02, friction: 1 }),
  drive: () =>
    lab.drive({
      energy: (h) =>
        lab.hamiltonian(graph, [lab.bond((a, b) => a.dot(b).neg()), lab.site((s) => s.sum().mul(-h))]),
      protocol: [0, 0.5, 1],
      temperature: 2,
      sampler: (driven, temperature) => lab.heatBath(driven, { temperature }),
      burnIn: 10,
      chains: 4,
      seed: 1,
    }),
  presence: () => air(),
  fadingMeanField: () => lab.fadingMeanField({ temperature: 0.4, decay: 0.25 }),
  'presence, competing states': () =>
    lab.presence(graph, {
      decay: 0.1,
      release: 0.01,
      states: 2,
      replacement: (m, u) => m.mul(3).softmax().mul(u),
    }),
  pitchfork: () =>
    lab.pitchfork(
      lab.presence(graph, {
        decay: 0.1,
        release: 0.01,
        states: 2,
        replacement: lab.majorityReplacement({ beta: 1 }),
      }),
    ),
  'pitchfork, neutral': () =>
    lab.pitchfork(
      lab.presence(graph, {
        decay: 0.1,
        release: 0.01,
        states: 2,
        replacement: lab.contactReplacement({ capacity: 1 }),
      }),
    ),
  relax: () => lab.relax(air(), new Float64Array(nodes + 1).fill(1), { time: 5, every: 0.25 }),
  events: () =>
    lab.events(air(), {
      initial: new Float64Array(nodes + 1).fill(3),
      quanta: 3,
      time: 5,
      every: 1,
      seed: 1,
    }),
  honest: () => lab.honest(),
  idleHoarder: () => lab.idleHoarder(),
  selfTrader: () => lab.selfTrader({ identities: [1, 2] }),
  thief: () => lab.thief(),
  destructive: () => lab.destructive(),
  leaver: () => lab.leaver({ leaves: 1, returns: 2 }),
  strangers: () => lab.strangers(graph, { held: new Float64Array(nodes).fill(1) }),
  'strangers, a step later': () =>
    lab.society(graph, {
      strategies: Array.from({ length: nodes }, () => lab.honest()),
      tau: 5,
      decay: 0.1,
      release: 0.01,
      timeStep: 0.2,
    })(lab.strangers(graph, { held: new Float64Array(nodes).fill(1) }), lab.randomKey(1)),
  splitNode: () => lab.splitNode(graph, 0, { identities: 3, by: 'bandwidth' }),
  stanceField: () =>
    lab.stanceField(graph, {
      activity: new Float64Array(nodes).fill(1),
      stance: Array.from({ length: nodes }, (_, i) => 1 - (i % 3)),
    }),
  contactProcess: () => lab.contactProcess(graph, { copying: 0.5, time: 10, every: 0.5, seed: 1 }),
  finality: () => lab.finality(ising, new Float64Array(nodes).fill(1), 0, { temperature: 2, time: 3 }),
  'finality, by copies': () =>
    lab.finality(ising, new Float64Array(nodes), 0, {
      temperature: 2,
      time: 3,
      states: 3,
      radius: 3,
      copies: 50,
      seed: 1,
    }),
  maximumMerge: () => lab.maximumMerge,
  unionMerge: () => lab.unionMerge,
  averagingMerge: () => lab.averagingMerge,
  transferMerge: () => lab.transferMerge,
  orderOutcomes: () =>
    lab.orderOutcomes(
      lab.averagingMerge,
      [0],
      [
        { to: 0, value: 1 },
        { to: 0, value: 2 },
      ],
      { orders: 20, seed: 1 },
    ),
  hodge: () => lab.hodge(graph, new Float64Array(graph.edgeCount).fill(1)),
  calibration: () => lab.calibration([0.1, 0.9, 0.9], [false, true, true]),
  forwardFlux: () =>
    lab.forwardFlux(
      {
        start: () => 0,
        step: (n, random) => Math.max(0, n + (random() < 0.4 ? 1 : -1)),
        score: (n) => n,
        levels: [2, 3, 4],
      },
      { trials: 20, seed: 1 },
    ),
  'Aborted, forwardFlux': () =>
    lab
      .forwardFlux(
        { start: () => 0, step: (n) => n + 1, score: (n) => n, levels: [2, 3] },
        { trials: 20, seed: 1, signal: AbortSignal.abort() },
      )
      .catch((error: unknown) => error as lab.Aborted<unknown>),
  latticeFront: () => lab.latticeFront({ growth: 1, diffusion: 1 }),
  birthDeathWalk: () =>
    lab.birthDeathWalk(lab.completeIsing(20, { temperature: 0.5 }).chain, {
      start: 19,
      time: 50,
      every: 2.5,
      seed: 1,
    }),
  parallelTempering: () =>
    lab.parallelTempering({
      temperatures: [1, 2, 4],
      sampler: (temperature) => lab.heatBath(ising, { temperature }),
      steps: 20,
      chains: 4,
      seed: 1,
    }),
  swendsenWang: () => lab.swendsenWang(ising, { temperature: 2 }),
  wolff: () => lab.wolff(ising, { temperature: 2 }),
  'glauber, labels': () => lab.glauber(ising, { temperature: 2, states: 3, engine: 'tensors' }),
  sample: langevinSamples,
  'sample, Metropolis': metropolisSamples,
  'sample, by node': () =>
    lab.sample(
      lab.heatBath(ising, {
        temperature: lab.diffusingTemperature(graph, {
          initial: Array.from({ length: nodes }, (_, i) => i),
          rate: 0.05,
        }),
      }),
      { steps: 3, seed: 1 },
    ),
  concat: async () =>
    lab.concat([
      await metropolisSamples(),
      await lab.sample(lab.metropolis(ising, { temperature: 2, proposal: spins }), {
        ...runs,
        steps: 400,
        seed: hostile,
      }),
    ]),
  RunFailed: async () => new lab.RunFailed(new Error('a thread died'), await metropolisSamples()),
  'Aborted, relax': async () =>
    new lab.Aborted(
      'relax',
      '20 records',
      await lab.relax(air(), new Float64Array(nodes + 1).fill(1), { time: 5, every: 0.25 }),
    ),
  Aborted: async () => new lab.Aborted('sample', 'step 5', await metropolisSamples()),
  parseState: async () => lab.parseState(lab.serialiseState((await langevinSamples()).state)),
  dualAscent: () =>
    lab.dualAscent(
      lab.hamiltonian(graph, [interaction, lab.site((s, mu) => s.squaredNorm().mul(mu), { mu: 0 })]),
      {
        multiplier: 'mu',
        budget: 6,
        rate: 0.1,
        rounds: 30,
        steps: 20,
        initial: lab.normalField({ sites: nodes, chains: 4, seed: 1 }),
        seed: 1,
        sampler: (priced) => lab.langevin(priced, { temperature: 1, timeStep: 0.02 }),
      },
    ),

  detectionCurve: () => lab.detectionCurve([3, 4, 5], [1, 2, 4]),
  interval: () => lab.interval(Array.from({ length: 16 }, (_, k) => k)),
  binomialInterval: () => lab.binomialInterval(3, 20),
  spearman: () => lab.spearman([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]),
  slurm: () => lab.slurm({ partition: 'short', time: '1:00:00' }),
  sweep: () =>
    lab.sweep({ name: 'walk', over: { at: [hostile, 'b'], seed: lab.seeds(8) }, run: () => ({ x: 1 }) }),
  until: () => lab.until({ of: 'x', halfWidth: 0.1 }),
  fitLine: () => lab.fitLine([1, 2, 3], [3, 5, 7.1]),
  jarzynski: () => lab.jarzynski(ramp(1, 2), 1),
  bennett: () => lab.bennett(ramp(1, 2), ramp(2, 1), 1),
  crooksLine: () => lab.crooksLine(ramp(1, 2), ramp(2, 1), 1, { bins: 5 }),
  thermodynamicIntegration: () =>
    lab.thermodynamicIntegration([0, 0.5, 1].map((at) => ({ x: at, values: new Float64Array(16).fill(at) }))),
  densityOfStates: () => lab.densityOfStates(ising, { width: 2, steps: 60, seed: 1 }),
  devicePrices: () => lab.devicePrices,
  boundPrices: () => lab.boundPrices(lab.devicePrices),
  landauerLedger: () =>
    lab.landauerLedger(
      { bits: 1e6, hashes: 12, [hostile]: 3 },
      { prices: { ...lab.devicePrices, [hostile]: { joules: 1, bits: 0, source: hostile, year: 2020 } } },
    ),
  countOverwrites: async () => lab.countOverwrites(await metropolisSamples()),
  entropyProduction: () =>
    lab.entropyProduction([{ temperature: 1, heat: new Float64Array(16).fill(-1) }], -0.5),
  survival: () => lab.survival([6, 6, 7, 10, 13], [6, 9, 11]),
  'survival, one end': () => lab.survival([6], [7]),
  passageTimes: () => lab.passageTimes([1, 2, 3], [10, 10]),
  'passageTimes, none seen': () => lab.passageTimes([], [10, 10]),
  splitBrain: () =>
    lab.splitBrain(
      graph,
      Float64Array.from({ length: nodes }, (_, node) => (node < 5 ? 1 : -1)),
    ),
  'splitBrain, agreement': () => lab.splitBrain(graph, new Float64Array(nodes)),
  netCurrents: () =>
    lab.netCurrents(
      chainsOf((r) => r % 3),
      3,
    ),
  binderCumulant: () => lab.binderCumulant(chainsOf((r) => Math.cos(r))),
  susceptibility: () =>
    lab.susceptibility(
      chainsOf((r) => Math.cos(r)),
      { nodes: 10, temperature: 2 },
    ),
  heatCapacity: () =>
    lab.heatCapacity(
      chainsOf((r) => Math.cos(r)),
      { nodes: 10, temperature: 2 },
    ),
  correlationLength: async () =>
    lab.correlationLength(
      await lab.sample(lab.heatBath(ising, { temperature: 4 }), { chains: 16, steps: 50, seed: 1 }),
      graph,
    ),
  reweight: () =>
    lab.reweight(
      chainsOf((r) => r),
      { energies: chainsOf((r) => Math.cos(r)), from: 2, to: 2.1 },
    ),
  binderCurve: () =>
    lab.binderCurve({
      temperatures: [1, 2],
      magnetisations: [1, 2].map((k) => chainsOf((r) => Math.cos(k * r))),
    }),
  crossing: () => lab.crossing(risingCurve, { ...risingCurve, y: () => [1, 1] }),
  'crossing, none': () => lab.crossing(risingCurve, { ...risingCurve, y: () => [9, 9] }),
  observe: async () => lab.observe(await langevinSamples(), lab.disagreement),
  modeVariances: async () => lab.modeVariances(await langevinSamples(), lab.laplacianModes(graph).modes),
  configurationalTemperature: async () => lab.configurationalTemperature(await langevinSamples(), energy),
  spinTemperature: async () => lab.spinTemperature(await metropolisSamples(), ising),
  certify: async () => lab.certify(await metropolisSamples(), ising),
  'certify, one observable': async () =>
    Object.values(lab.certify(await metropolisSamples(), ising).observables)[0],

  ricciFlow: () => lab.ricciFlow(hostileGraph, { steps: 3, surgery: { contractBelow: 0.1 } }),
  'ricciFlow, no edges': () => lab.ricciFlow(lab.ring(3), { steps: 1, lengths: [0, 0, 0] }),
  'Aborted, ricciFlow': () =>
    lab
      .ricciFlow(graph, { steps: 2, signal: AbortSignal.abort() })
      .catch((error: unknown) => error as lab.Aborted<unknown>),

  sentence: () => lab.sentence('EMTD-1.7'),
  'sentence without words': () => lab.sentence('EMTD-0.1'),
  sentences: () => lab.sentences(),
  gossipIsing: () =>
    lab.gossipIsing(graph.nodeCount <= 8 ? graph : lab.ring(4), { temperature: 2, injection: 1 }),
  lifeDiagram: () =>
    lab.lifeDiagram(new Float64Array(lab.transitions.length), { name: 'life', caption: hostile }),
  consensusByCooling: () => lab.consensusByCooling({ ...spinsOn, sizes: [8], times: [4], runs: 1 }),
  binderScan: () => lab.binderScan({ ...spinsOn, sizes: [8], temperatures: [1, 2, 3], steps: 8, burnIn: 0 }),
  finalityByCooling: () =>
    lab.finalityByCooling({
      ...spinsOn,
      sizes: [8],
      times: [2],
      rules: [lab.belowTemperature(0.5)],
      graphCount: 16,
    }),
  annealingRace: () =>
    lab.annealingRace({
      contenders: [{ name: hostile, settings: [1], at: (T) => ({ T }) }],
      kernel: (on, { T }, span) => lab.fadingSpins(on, { temperature: T!, decay: 0, span }),
      graphs: spinsOn.graphs,
      sizes: [8],
      horizons: [2],
      scoreGraphs: 16,
      seed: 1,
    }),
  Study: () => new lab.Study([{ sweeps: 1, agreed: 0.5 }], lab.plot([1, 2], { name: 'two' })),
  findings: () => lab.findings(),
  finding: () => lab.finding('F07'),
  earlierRows: () => lab.earlierRows(),
  judge: () => lab.judge(row('EMTD-1.7'), { equipartition: good }),
  check: () =>
    lab.check('EMTD-1.7', {
      equipartition: good,
      pairVariance: good,
      freeEnergy: { estimate: 0.002, interval: [0, 0.004] },
    }),
  sessionChecks: () => lab.sessionChecks(),
  exactly: () => lab.exactly(2),
  meanOver: () => lab.meanOver([1, 2, 3, 4]),
  proportion: () => lab.proportion(3, 91),
  relativeTo: () => lab.relativeTo(lab.meanOver([1, 2, 3, 4]), 3),
  manifest: () => lab.manifest({ seeds: [1, hostile], graph: hostileGraph }),
  collectChecks: () => lab.collectChecks({ cells: [] }),
  readVerdicts: () => verdicts,
  verdictsOf: () => lab.verdictsOf(hostile, [lab.check('EMTD-0.1')]),
  compareVerdicts: () => lab.compareVerdicts(verdicts, {}),
  publicationRuns: () => lab.publicationRuns(),
  'publicationRuns, one': () => Object.values(lab.publicationRuns())[0],
  publicationRun: () =>
    lab.publicationRun([lab.check('EMTD-1.7', { equipartition: good })], lab.manifest({ seeds: [1] }).record),
  publishedFor: () => lab.publishedFor(row('EMTD-1.7')),

  originalEnsembles: () => lab.originalEnsembles,
  'originalEnsembles, one': () => lab.originalEnsembles[4],
  originalTraces: () => traces,
  parseTraces: () => lab.parseTraces('[]'),
  'originalTraces, one': () => traces[0],
  TraceError: () => new lab.TraceError(hostile),
  runReference: () =>
    lab.runReference({ neighbours: lab.neighbourLists(lab.ring(40, 4)), signal: 3, uniform: () => 0.99 }),
  replayTrace: () => lab.replayTrace(traces[0]),
  referenceEnsemble: () => ensemble,
  referenceRuns: () => [...lab.referenceRuns({ runs: 1, nodeCount: 20, signal: 3 })][0],
  lightCone: () =>
    lab.lightCone(
      graph,
      lab.runReference({ neighbours: lab.neighbourLists(graph), signal: 1, uniform: () => 0 })
        .stateAfterSweep,
    ),

  lineWithBand: () => lab.lineWithBand(line),
  plot: () => lab.plot([1, 4, 9], { title: hostile, y: hostile }),
  histogram: () => lab.histogram({ name: 'h', ...axes, samples: [{ label: hostile, values: [1, 2, 2, 3] }] }),
  heatMap: () =>
    lab.heatMap({
      name: 'm',
      ...axes,
      cells: {
        x: [1, 2],
        y: [1, 2],
        z: [
          [1, 2],
          [3, 4],
        ],
      },
      colour: { title: hostile },
    }),
  graphDrawing: () => lab.graphDrawing(graph, { name: 'g', caption: hostile }),
  sideBySide: () => lab.sideBySide([lab.lineWithBand(line), lab.lineWithBand(line)], { name: 'both' }),
  figureRows: () => lab.figureRows(lab.lineWithBand(line)),
  table: () =>
    lab.table([{ [hostile]: hostile, energy: lab.meanOver([1, 2, 3, 4]), n: 5 }], { caption: hostile }),
  'table, a frame': () =>
    lab.table([
      { sampler: hostile, energy: 1.5 },
      { sampler: 'b', energy: 2.25 },
    ]).frame,
  'table, a column': () => lab.table([{ sampler: hostile, energy: 1.5 }]).frame.column('energy'),
  progress: () => lab.progress(hostile, 10),

  constantLatency: () => lab.constantLatency(0.1),
  uniformLatency: () => lab.uniformLatency(0.1, 0.2),
  exponentialLatency: () => lab.exponentialLatency(0.1),
  internet: () => lab.internet(100),
  everybody: () => lab.everybody(100),
  peersOf: () => lab.peersOf(hostileGraph),
  Network: () => new lab.Network(talk(), { nodeCount: 10, links: { loss: 0.1, duplication: 0.1 } }),
  'Network, its run': () =>
    new lab.Network(talk(), { nodeCount: 10, links: { loss: 0.1, duplication: 0.1 } }).run({
      time: 20,
      every: 4,
      observe: ({ events }) => events,
    }),
  weighted: () => lab.weighted([1, 2, 3]),
  sybils: () => lab.sybils({ honest: 9, identities: 3, weighting: 'stake' }),
  zealots: () => lab.zealots(lab.drawMembers(10, 2, 1), 1),
  equivocators: () => lab.equivocators(lab.drawMembers(10, 2, 1), [0, 1]),
  flippers: () => lab.flippers(lab.drawMembers(10, 2, 1), 2),
  forgers: () => lab.forgers(lab.drawMembers(10, 2, 1), 1),
  eclipse: () => lab.eclipse(graph, 0, 1),
  belowTemperature: () => lab.belowTemperature(0.1),
  localConfidence: () => lab.localConfidence({ checks: 3 }),
  Emtd: () => emtd(),
  'Emtd, records of its rules': async () => {
    const protocol = emtd();
    await new lab.Network(protocol, { nodeCount: nodes, seed: 1 }).run({ time: 20 });
    return protocol.records[0];
  },
  Coverage: () => new lab.Coverage(10),
  pushRumour: () => lab.pushRumour(lab.everybody(100)),
  fanOut: () => lab.fanOut(hostileGraph),
  gossipMesh: () => lab.gossipMesh(hostileGraph),
  pairwiseAveraging: () => lab.pairwiseAveraging(hostileGraph, [1, 2, 3]),
  voter: () => lab.voter(hostileGraph, [1, -1, 1]),
  approximateMajority: () => lab.approximateMajority(hostileGraph, [1, -1, 0]),
  Decisions: () => new lab.Decisions('here', [0, 1]),
  snowball: () => lab.snowball(lab.everybody(40), new Uint8Array(40)),
  pbft: () => lab.pbft(4),
  hotStuff: () => lab.hotStuff(4),
  button: () => lab.button({ label: hostile }),
  checkbox: () => lab.checkbox({ label: hostile }),
  dropdown: () => lab.dropdown({ label: hostile, options: [hostile, 'b'] }),
  slider: () => lab.slider({ label: hostile, min: 0, max: 2, value: 1 }),
  text: () => lab.text({ label: hostile, value: hostile }),
  label: () => lab.label(hostile),
  html: () => lab.html('<i>as it is given</i>'),
  hbox: () => lab.hbox(lab.label(hostile), lab.checkbox()),
  vbox: () => lab.vbox(lab.label('above'), lab.label('below')),
  output: async () => {
    const place = lab.output();
    await place.show(hostileGraph);
    return place;
  },
  interact: () =>
    lab.interact(({ T }) => lab.gaussianFreeField(graph, { temperature: T, J: 1 / 2 }), { T: [0.1, 3] }),
  live: () =>
    lab.live(energy, {
      temperature: 1,
      timeStep: 0.01,
      frames: 3,
      chains: 2,
      observe: { disagreement: lab.disagreement },
    }),
};

/**
 * Public names whose values belong to one type, checked by the compiler: they show as that type's example
 * does.
 */
type Makers<Made> = {
  [Name in keyof typeof lab]: (typeof lab)[Name] extends (...args: never[]) => infer Result
    ? Awaited<Result> extends Made
      ? Name
      : never
    : never;
}[keyof typeof lab];
const makers =
  <Made>() =>
  (...names: Makers<Made>[]): string[] =>
    names;

export const shownAsClass: readonly string[] = [
  ...makers<lab.Graph>()(
    'flowCouplings',
    'fromEdges',
    'complete',
    'ring',
    'randomRegular',
    'permuteNodes',
    'fromGraphology',
  ),
  ...makers<lab.Field>()(
    'centred',
    'pinned',
    'constantField',
    'fieldFrom',
    'replicate',
    'embeddingField',
    'amplitude',
    'angle',
    'phaseField',
    'hermitianPart',
    'nodeTensors',
    'permuteField',
    'kronecker',
    'beliefsFrom',
    'centredLogits',
    'drawLabels',
    'uniformBeliefs',
    'fromTensor',
  ),
  ...makers<lab.Figure | string>()('besidePublication'),
  ...makers<InstanceType<typeof lab.tf.Tensor>>()('gather', 'scatter', 'total', 'toTensor'),
];

/**
 * Public names whose values are shown well by any host: numbers, text, lists of numbers, functions; or that
 * return nothing.
 */
export const plain: readonly string[] = [
  ...makers<number | undefined>()(
    'agreementLyapunov',
    'angleOrder',
    'autocorrelationTime',
    'brokenPairs',
    'activityAt',
    'barrier',
    'clustering',
    'correlation',
    'detectionArea',
    'disagreement',
    'effectiveDraws',
    'effectiveSampleSize',
    'eulerMaruyamaRatio',
    'exchangesToAverage',
    'gaussianEntropy',
    'glauberRate',
    'glauberWalls',
    'hermitianDefect',
    'hopfieldCapacity',
    'injectionProbability',
    'isingState',
    'kramersTime',
    'laplacianBound',
    'leimkuhlerMatthewsRatio',
    'logSpanningTrees',
    'magnetisation',
    'majorityFraction',
    'mean',
    'meanFieldFreeEnergy',
    'meanFirstPassageTime',
    'meanRampWork',
    'millerMadow',
    'orderParameter',
    'pinnedThreshold',
    'exponential',
    'productSquaredDistance',
    'quenchWork',
    'randomPeer',
    'rampFreeEnergy',
    'randomInteger',
    'referenceLocalEnergy',
    'shannonEntropy',
    'siteSquaredDistance',
    'splitRHat',
    'squaredDistance',
    'stabilityBound',
    'threadCount',
    'totalVariationDistance',
    'totalValue',
    'totalVariationFloor',
    'variance',
    'zeroModeVariance',
  ),
  ...makers<number>()(
    'ancestorDistance',
    'jaccardDistance',
    'landauerBound',
    'mixingTime',
    'oneWayTransitions',
    'productionRate',
    'spectralGap',
  ),
  ...makers<Float64Array>()('formanRicci', 'ollivierRicci'),
  ...makers<Float64Array>()(
    'delivered',
    'netFlow',
    'participation',
    'replayDrift',
    'screenedPoisson',
    'stationaryLaw',
    'walkInfluence',
  ),
  ...makers<Uint8Array>()('exportCar'),
  ...makers<number[][]>()('distanceTable'),
  ...makers<Float64Array>()('lossTimes'),
  ...makers<number[]>()('randomPeers', 'seeds'),
  ...makers<readonly lab.Estimate[]>()('localTemperatures'),
  ...makers<boolean>()('isInside', 'verifyConsistency', 'verifyInclusion'),
  ...makers<string>()(
    'backendName',
    'contentId',
    'figureCsv',
    'saysOf',
    'answerOf',
    'latex',
    'merkleRoot',
    'referenceOutcome',
    'renderSvg',
    'saveFigure',
    'serialiseState',
    'trajectoryHash',
  ),
  ...makers<readonly string[]>()('ledgerFaults', 'notebookFaults', 'traceDifferences'),
  ...makers<ArrayLike<number>>()(
    'annealedProbability',
    'beliefEntropy',
    'distancesFrom',
    'edgeTensor',
    'empiricalLaw',
    'groundedSpectrum',
    'holonomy',
    'isingDistribution',
    'isingEnergies',
    'jackknife',
    'kineticTemperature',
    'laplacianSpectrum',
    'meanClusterSize',
    'neighbourhoodEntropy',
    'normals',
    'philox4x32',
    'probabilities',
    'rampWork',
    'renderPng',
    'softmaxLogJacobian',
    'uniforms',
    'windowEntropy',
  ),
  ...makers<ArrayLike<number>>()('hebb', 'hebbianCouplings', 'oja'),
  ...makers<(...args: never[]) => unknown>()(
    'autocatalyticReplacement',
    'compile',
    'contactReplacement',
    'effectiveResistance',
    'majorityReplacement',
    'energyOf',
    'poisson',
    'aleaGenerator',
    'aliasTable',
    'fadingSpins',
    'pushSum',
    'ofComponent',
    'ticks',
    'uniformGenerator',
  ),
  ...makers<ArrayLike<number>>()('followAgreement'),
  ...makers<number>()('kirchhoffIndex'),
  ...makers<(...args: never[]) => unknown>()('deffuant', 'hegselmannKrause'),
  ...makers<(...args: never[]) => unknown>()('overlap'),
  ...makers<Uint8Array>()('drawMembers'),
  ...makers<void>()(
    'checkUpdate',
    'ready',
    'requireField',
    'requirePermutation',
    'setBackend',
    'setDefaultSeed',
    'setThreads',
    'writeAtomically',
    'writePublicationRuns',
    'writeVerdicts',
  ),
  // two or three numbers or texts by name
  'parseCid',
  'randomKey',
  'referenceEnergyChange',
  // a number or a text
  'defaultSeed',
  // states as a kernel makes them; estimates by name, a node each
  'after',
  'interactions',
  'iterate',
  'localRates',
  'society',
  // lists as they were given, grouped or shuffled
  'firstPassages',
  'inGroups',
  'shuffle',
  'neighbourLists',
  // data for other programs, and a library
  'figureJson',
  'collectManifest',
  'danfo',
  // constants
  'internet2019',
  'Purpose',
  'transitions',
  'forgeries',
  'checkMime',
  'manifestMime',
  'figureMimes',
  'jupyterDisplay',
  'committedVerdictsFile',
  'publicationFile',
  'referenceTemperature',
];
