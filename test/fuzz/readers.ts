// The readers of what others have written: notebooks, states, proofs, figures, connection files, messages,
// claims, traces, tables, blocks.
import { join } from 'node:path';
import { encode as encodeCbor } from '@ipld/dag-cbor';
import { parseConnection } from '../../kernel/wire/connection.js';
import { decode, encode, headerFactory } from '../../kernel/wire/message.js';
import { FrameReader, lengthOf, pack } from '../../kernel/back/frames.js';
import { formatNotebook, parseNotebook } from '../../kernel/notebook/notebookFile.js';
import { readKernelspec } from '../../kernel/install/findKernelspecs.js';
import { injectParameters } from '../../kernel/notebook/parametersCell.js';
import { check, earlierRows, sentences } from '../../src/claims/index.js';
import { parseEarlier } from '../../src/claims/earlier.js';
import { parseSentences } from '../../src/claims/sentence.js';
import { collectChecks, collectManifest, notebookFaults } from '../../src/claims/notebookAtHand.js';
import { parsePublicationRuns } from '../../src/claims/publication.js';
import { parseVerdicts } from '../../src/claims/verdicts.js';
import { figuresOf } from '../../src/cli/figureFiles.js';
import { jupyterDisplay } from '../../src/display/index.js';
import {
  baoab,
  flip,
  heatBath,
  langevin,
  metropolis,
  parallelTempering,
  parseState,
  sample,
  serialiseState,
  wolff,
  type AnyState,
  type Sampler,
  type Samples,
  type SavedState,
  type TemperingState,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import { figureMimes } from '../../src/figures/plots/figure.js';
import { fromCsv, fromGraphML, ring } from '../../src/graphs/index.js';
import {
  consistencyProof,
  contentId,
  dagBlock,
  decodeBlock,
  exportCar,
  importCar,
  inclusionProof,
  merkleDag,
  merkleRoot,
  parseCid,
  verifyConsistency,
  verifyInclusion,
} from '../../src/merkle/index.js';
import { sha256Of } from '../../src/numerics/sha256.js';
import { parseTraces } from '../../src/reference/trace.js';
import { putBuffers } from '../../src/widgets/comms/buffers.js';
import { ready } from '../../src/tensors/index.js';
import { changedBytes, changedText, changedValue, type Draw, pick } from './mutate.js';

export interface Reader {
  /** An error that the reader says itself: this, or a named error. */
  readonly says: RegExp;
  /** Reads a wrong input, and what it gives on; the right ones must be read without error. */
  read(draw: Draw | undefined): unknown;
}

/** A text of JSON: changed as a value, or as a text. Without a draw it stays as it is. */
const jsonOf = (draw: Draw | undefined, right: unknown): string => {
  const whole = JSON.stringify(right);
  if (!draw) return whole;
  return draw() < 0.8 ? written(changedValue(draw, right, true)) : changedText(draw, whole);
};

/** What JSON cannot write, for its depth, is written so. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return `{"a":${'['.repeat(30_000)}`;
  }
}

const textOf = (draw: Draw | undefined, right: string): string => (draw ? changedText(draw, right) : right);
const valueOf = <T>(draw: Draw | undefined, right: T): T =>
  draw ? (changedValue(draw, right, false) as T) : right;
const bytesOf = (draw: Draw | undefined, right: Uint8Array): Uint8Array =>
  draw ? changedBytes(draw, right) : right;

/** @param scratch a folder for the one reader that reads from a folder */
export async function readers(
  scratch: string,
  writeFile: (path: string, text: string) => void,
): Promise<Readonly<Record<string, Reader>>> {
  await ready();
  const springs = hamiltonian(ring(6), [interaction(), site((x) => x.squaredNorm())]);
  const ising = hamiltonian(ring(6), [bond((a, b) => a.mul(b).sum().neg())]);
  const samplers = [
    langevin(springs, { temperature: 1, timeStep: 0.01 }),
    baoab(springs, { temperature: 1, timeStep: 0.01, friction: 1, engine: 'tensors' }),
    heatBath(ising, { temperature: 2, engine: 'tensors' }),
    heatBath(ising, { temperature: 2 }),
    metropolis(ising, { temperature: 2, proposal: flip }),
    wolff(ising, { temperature: 2 }),
  ] as unknown as Sampler<AnyState>[];
  const samples: Samples[] = [];
  for (const sampler of samplers) samples.push(await sample(sampler, { steps: 2, chains: 2, seed: 1 }));
  const texts = samples.map(({ state }) => serialiseState(state));
  const ladder = {
    temperatures: [1, 2],
    sampler: (temperature: number) => heatBath(ising, { temperature, engine: 'tensors' as const }),
    steps: 2,
    chains: 2,
    seed: 1,
  };
  const tempered = (await parallelTempering(ladder)).state;

  const [row] = earlierRows().filter(
    ({ kind, quantities }) => kind === 'measured' && Object.keys(quantities).length > 0,
  );
  const measured = Object.fromEntries(
    Object.entries(row.quantities).map(([name]) => [
      name,
      { estimate: 1, interval: [0.5, 1.5] as [number, number] },
    ]),
  );
  const checked = check(row.id, measured);
  const manifest = {
    package: 'emtd-lab',
    version: '0.1.0',
    node: 'v20',
    backend: null,
    tfjs: null,
    full: true,
    seeds: [1, 'a'],
    graphs: [{ name: 'ring', hash: 'ab' }],
    trajectories: ['cd'],
    digest: 'ef',
  };
  const trace = (role: string, more: object = {}): object => ({
    type: 'scatter',
    name: 'a',
    x: [1, 2, 3],
    y: [1, 2, 3],
    meta: { series: 's', role, panel: 'p' },
    ...more,
  });
  const spec = {
    data: [
      trace('value', { error_y: { array: [1, 1, 1], arrayminus: [1, 1, 1] } }),
      trace('value'),
      trace('lower'),
      trace('upper'),
      trace('node', { customdata: [0, 1, 2], marker: { color: [1, 2, 3] } }),
      trace('edge', {
        customdata: [
          [0, 1],
          [1, 2],
        ],
        marker: { color: [1, 2] },
      }),
      trace('edge', { customdata: [0, 1, null] }),
      {
        type: 'heatmap',
        z: [
          [1, 2],
          [3, 4],
        ],
        x: [1, 2],
        y: [1, 2],
        meta: { series: 'h', role: 'value' },
      },
    ],
    layout: { width: 400, height: 300, meta: { name: 'a-figure', title: 'T', caption: 'C' } },
  };
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'emtd' } },
    cells: [
      { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# Head\n', 'text'] },
      {
        cell_type: 'code',
        id: 'p',
        metadata: { tags: ['parameters'] },
        source: 'const seed = 1;',
        outputs: [],
        execution_count: 1,
      },
      {
        cell_type: 'code',
        id: 'b',
        metadata: {},
        source: 'x',
        execution_count: 1,
        outputs: [
          { output_type: 'stream', name: 'stdout', text: ['a\n', 'b'] },
          { output_type: 'error', ename: 'E', evalue: 'v', traceback: [] },
          {
            output_type: 'execute_result',
            execution_count: 1,
            metadata: {},
            data: { ...checked[jupyterDisplay](), [figureMimes.live]: spec, 'image/png': 'AAAA' },
          },
          {
            output_type: 'display_data',
            metadata: {},
            data: { 'application/vnd.emtd.manifest+json': manifest, 'text/plain': 'm' },
          },
        ],
      },
    ],
  };
  const verdicts = {
    [row.id]: { verdict: checked.verdict, quantities: measured, notebook: row.notebook, manifest: null },
  };
  const leaves = Array.from({ length: 9 }, (_, k) => Uint8Array.of(k));
  const root = merkleRoot(leaves);
  const inclusion = {
    claim: { leaf: leaves[4], index: 4, size: 9, root },
    proof: [...inclusionProof(leaves, 4)],
  };
  const consistency = {
    claim: { firstSize: 5, secondSize: 9, firstRoot: merkleRoot(leaves.slice(0, 5)), secondRoot: root },
    proof: [...consistencyProof(leaves, 5)],
  };
  const dag = merkleDag()
    .append({ a: [1, 2, 'x', null, { b: Uint8Array.of(1) }] })
    .append('two')
    .append(3);
  const car = exportCar(dag);
  const blocks = [...dag.blocks.values()];
  const traces = [
    {
      nodes: 3,
      signal: 3.14,
      decay: 0.9,
      neighbors: [[1, 2], [0], [0]],
      uniforms: [0.1, 0.2],
      stateAfterSweep: [[1, 2, 3]],
      steps: 1,
      final: [1, 2],
      temperatures: [1, 1, 1],
    },
  ];
  const connection = {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: 'k',
    signature_scheme: 'hmac-sha256',
    shell_port: 1,
    control_port: 2,
    stdin_port: 3,
    iopub_port: 4,
    hb_port: 5,
    kernel_name: 'emtd',
  };
  const header = headerFactory('s');
  const csv = 'from,to,w\nAnn,Bob,2\n"Bob, the",Cem,1.5\r\nBob,"Bob, the",1\n';
  const graphml =
    '<?xml version="1.0"?><graphml><key id="d0" for="edge" attr.name="weight" attr.type="double"><default>1</default></key><graph edgedefault="undirected">\n<node id="a"/><node id="b"/>' +
    '<edge source="a" target="b"><data key="d0">2</data></edge></graph></graphml>';
  const kernelJson = {
    argv: ['node', 'x.js', '{connection_file}'],
    display_name: 'EMTD',
    language: 'typescript',
    metadata: { 'emtd-lab': { version: '0.1.0', compiler: 'default' } },
  };

  return {
    'state, as text': {
      says: /^parseState: /,
      read(draw) {
        const text = draw ? pick(draw, texts) : texts[0];
        return parseState(textOf(draw, text));
      },
    },
    'state, sealed': {
      says: /^(parseState|langevin|baoab|heatBath|metropolis|wolff|Field): /,
      read(draw) {
        const k = draw ? Math.floor(draw() * texts.length) : 0;
        const inside = written(
          draw
            ? changedValue(draw, (JSON.parse(texts[k]) as { state: unknown }).state, true)
            : (JSON.parse(texts[k]) as { state: unknown }).state,
        );
        const state = parseState(
          `{"format":"emtd-lab state","version":1,"checksum":"${sha256Of(inside)}","state":${inside}}`,
        );
        samplers[k].dispose(samplers[k].restore(state));
        return state;
      },
    },
    'state, handed over': {
      says: /^(langevin|baoab|heatBath|metropolis|wolff|sample|Field): /,
      read(draw) {
        const k = draw ? Math.floor(draw() * texts.length) : 0;
        samplers[k].dispose(samplers[k].restore(valueOf(draw, samples[k].state) as SavedState));
      },
    },
    'samples to resume': {
      says: /^(langevin|baoab|heatBath|metropolis|wolff|sample|Field): /,
      read: (draw) => sample(samplers[2], { steps: 3, resume: valueOf(draw, samples[2]) }),
    },
    'state of a tempering': {
      says: /^(heatBath|parallelTempering): /,
      read: (draw) => parallelTempering({ ...ladder, resume: valueOf<TemperingState>(draw, tempered) }),
    },
    notebook: {
      says: /^(notebook x\.ipynb: |collectChecks: |collectManifest: |check: |figure: )/,
      read(draw) {
        const read = parseNotebook(jsonOf(draw, notebook), 'x.ipynb');
        parseNotebook(formatNotebook(read), 'x.ipynb');
        injectParameters(read, { seed: 1 }, 'x.ipynb');
        const names = figuresOf(read).map(({ name }) => name);
        if (names.some((name) => !/^[a-z0-9-]+$/.test(name)))
          throw new Error(`escape: a figure is named ${names.join(' ')}`);
        const checks = collectChecks(read);
        collectManifest(read);
        return notebookFaults('x', checks);
      },
    },
    proofs: {
      says: /^never$/,
      read(draw) {
        const [a, b] = [valueOf(draw, inclusion), valueOf(draw, consistency)];
        const found = [verifyInclusion(a?.claim, a?.proof), verifyConsistency(b?.claim, b?.proof)];
        if (!found.every((each) => typeof each === 'boolean'))
          throw new Error('escape: a proof that is neither true nor false');
        return found;
      },
    },
    'CAR file': { says: /^importCar: /, read: (draw) => importCar(bytesOf(draw, car)) },
    'DAG-CBOR block': {
      says: /^(decodeBlock|parseCid): /,
      read(draw) {
        const block = draw ? pick(draw, blocks) : blocks[0];
        if (draw && draw() < 0.5)
          return decodeBlock(bytesOf(draw, block.bytes), textOf(draw() < 0.5 ? draw : undefined, block.cid));
        const bytes = draw
          ? (cbor(changedValue(draw, { data: block.data, parents: [] }, false)) ?? bytesOf(draw, block.bytes))
          : block.bytes;
        const own = dagBlock(bytes).cid; // of other bytes, so that the hash is refused too
        parseCid(textOf(draw, own));
        return decodeBlock(bytes, contentId(bytes));
      },
    },
    figure: { says: /^(figureCsv): /, read: (draw) => figureCsv(valueOf(draw, spec) as never) },
    'connection file': {
      says: /^connection file x\.json: /,
      read: (draw) => parseConnection(jsonOf(draw, connection), 'x.json'),
    },
    kernelspec: {
      says: /^never$/,
      read(draw) {
        writeFile(join(scratch, 'kernel.json'), jsonOf(draw, kernelJson));
        return readKernelspec(scratch);
      },
    },
    'message on the wire': {
      says: /./, // BadMessage alone is let through, below
      read(draw) {
        const right = encode(
          {
            identities: [Uint8Array.of(1)],
            header: header('execute_request'),
            parent: {},
            metadata: {},
            content: { code: '1' },
            buffers: [Uint8Array.of(1, 2)],
          },
          'key',
        );
        const frames = right
          .map((frame) => (draw && draw() < 0.3 ? changedBytes(draw, frame) : frame))
          .filter(() => !draw || draw() > 0.03);
        const key = draw && draw() < 0.5 ? '' : 'key';
        try {
          return decode(frames, key);
        } catch (error) {
          if ((error as Error).name === 'BadMessage') return undefined;
          throw error;
        }
      },
    },
    'signed message': {
      says: /^never$/,
      read(draw) {
        const message = {
          header: header('comm_msg') as unknown,
          parent: {},
          metadata: {},
          content: {
            comm_id: 'c',
            data: { state: { list: [null] }, buffer_paths: [['list', 0], ['value']] },
          },
        };
        const { header: own, parent, metadata, content } = valueOf(draw, message) ?? {};
        let frames: Uint8Array[];
        try {
          frames = encode(
            { identities: [], header: own, parent, metadata, content, buffers: [Uint8Array.of(1)] } as never,
            'key',
          );
        } catch {
          return undefined; // JSON cannot say it
        }
        try {
          const { data } = decode(frames, 'key').content as {
            data?: { state?: unknown; buffer_paths?: unknown };
          };
          const state = (data as { state?: unknown } | null | undefined)?.state;
          if (typeof state === 'object' && state !== null)
            putBuffers(state as never, (data as { buffer_paths?: unknown }).buffer_paths, [Uint8Array.of(1)]);
          return state;
        } catch (error) {
          if ((error as Error).name === 'BadMessage') return undefined;
          throw error;
        }
      },
    },
    'frames of the pipe': {
      says: /./, // its other end is our own process: any error, no hang and no memory
      read(draw) {
        const body = Buffer.from(pack({ a: [1, 'x'], b: { c: null } }));
        new FrameReader().push(Buffer.from(bytesOf(draw, Buffer.concat([lengthOf(body), body]))));
      },
    },
    verdicts: {
      says: /^(verdicts|check)|: (the file says|notebook must|manifest must|quantities|must be)|must be an object/,
      read: (draw) => parseVerdicts(jsonOf(draw, verdicts)),
    },
    'publication runs': {
      says: /^publicationRuns/,
      read: (draw) =>
        parsePublicationRuns(
          jsonOf(draw, { [row.notebook]: { manifest, measured: { [row.id]: measured } } }),
        ),
    },
    'earlier rows': {
      says: /^(earlier|sentence: )/,
      read: (draw) => parseEarlier(jsonOf(draw, ledgerRows(row))),
    },
    sentences: { says: /^sentences/, read: (draw) => parseSentences(jsonOf(draw, sentences().slice(0, 3))) },
    traces: { says: /^(parseTraces: )/, read: (draw) => parseTraces(jsonOf(draw, traces)) },
    CSV: {
      says: /^fromCsv: /,
      read: (draw) => fromCsv(textOf(draw, csv), { source: 'from', target: 'to', weight: 'w' }),
    },
    GraphML: { says: /^fromGraphML: /, read: (draw) => fromGraphML(textOf(draw, graphml)) },
  };
}

const ledgerRows = (row: object): unknown => [
  JSON.parse(
    JSON.stringify({
      ...row,
      quantities: {
        a: { meaning: 'm', unit: 'u', expected: 1, yes: [[null, 1]], no: [[2, null]] },
        b: { meaning: 'm', unit: 'u', expected: null, requires: [[0, 1]] },
      },
    }),
  ),
];

/** Undefined for what DAG-CBOR does not hold. */
function cbor(value: unknown): Uint8Array | undefined {
  try {
    return encodeCbor(value);
  } catch {
    return undefined;
  }
}
