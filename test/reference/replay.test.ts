import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fc } from '../property.js';
import { originalTraces, replayTrace, traceDifferences } from '../../src/reference/index.js';
import { parseTraces, TraceError } from '../../src/reference/trace.js';

const fixture = new URL('../../src/reference/originalTraces.json', import.meta.url);
const content: Record<string, unknown>[] = JSON.parse(readFileSync(fixture, 'utf8'));
const traces = originalTraces();

test('all logged runs of the original are replayed to the last bit', () => {
  assert.equal(traces.length, 18);
  traces.forEach((trace, at) => {
    const run = replayTrace(trace);
    for (const field of ['stateAfterSweep', 'steps', 'final', 'temperatures'] as const) {
      assert.deepEqual(run[field], content[at][field], `trace ${at}, ${field}`);
    }
    assert.deepEqual(traceDifferences(replayTrace(trace), trace.recorded!), []);
  });
});

test('no decision hangs on the last digits of exp, in which libraries differ', (t) => {
  const exp = Math.exp;
  for (const factor of [1 - 1e-12, 1 + 1e-12]) {
    const mocked = t.mock.method(Math, 'exp', (x: number) => exp(x) * factor);
    for (const trace of traces) assert.deepEqual(traceDifferences(replayTrace(trace), trace.recorded!), []);
    mocked.mock.restore();
  }
});

test('pathology: the reputation of every node stays exactly 1', () => {
  const values = traces.flatMap((trace) => replayTrace(trace).reputationAfterSweep.flat());
  assert.ok(values.length > 2000);
  assert.ok(values.every((reputation) => reputation === 1));
});

test('pathology: what the original calls crystallized includes a lost signal and a split', () => {
  const ends = traces.map(({ recorded }) => new Set(recorded!.stateAfterSweep.at(-1)));
  assert.equal(ends.filter((values) => values.size === 1 && values.has(0)).length, 6);
  assert.equal(ends.filter((values) => values.size === 2).length, 2);
});

test('a record that differs in one number is told by its field', () => {
  const [trace] = traces;
  const run = replayTrace(trace);
  const off = (change: object) => traceDifferences(run, { ...trace.recorded!, ...change });
  assert.deepEqual(off({ steps: 3 }), ['steps']);
  assert.deepEqual(off({ final: [3.14159, 1 + 2 ** -52] }), ['final']);
  assert.deepEqual(off({ temperatures: run.temperatures.slice(1) }), ['temperatures']);
  assert.deepEqual(off({ temperatures: [...run.temperatures, 90.25] }), ['temperatures']);
  const states = run.stateAfterSweep.map((row, sweep) => (sweep === 1 ? [...row.slice(0, -1), 0] : row));
  assert.deepEqual(off({ stateAfterSweep: states }), ['stateAfterSweep']);
});

test('too few and too many uniforms are named', () => {
  const [trace] = traces;
  const { uniforms } = trace;
  assert.throws(() => replayTrace({ ...trace, uniforms: uniforms.slice(0, -1) }), {
    name: 'TraceError',
    message: 'replayTrace: the run needs more uniforms than the 14 logged',
  });
  assert.throws(() => replayTrace({ ...trace, uniforms: [...uniforms, 0.5] }), {
    name: 'TraceError',
    message: 'replayTrace: the run drew 15 of the 16 logged uniforms',
  });
});

test('a broken file is named: trace, field, rule, value', () => {
  const small = { nodes: 2, signal: 3, decay: 0.95, neighbors: [[1], [0]], uniforms: [0.5] };
  const record = {
    stateAfterSweep: [
      [3, 3],
      [3, 3],
    ],
    steps: 2,
    final: [3, 1],
    temperatures: [90.25, 90.25],
  };
  const refused = (text: string, message: string | RegExp) =>
    assert.throws(() => parseTraces(text), { name: 'TraceError', message });
  const broken = (change: object, message: string) =>
    refused(JSON.stringify([small, { ...small, ...record, ...change }]), `parseTraces: trace 1: ${message}`);

  assert.equal(parseTraces(JSON.stringify([small]))[0].recorded, undefined);
  refused('[{"nodes": 50,', /^parseTraces: not JSON: [^\n]+$/);
  refused('{}', 'parseTraces: must be an array, got {}');
  refused('[3]', 'parseTraces: trace 0 must be an object, got 3');
  broken({ nodes: 0 }, 'nodes must be a whole number above 0, got 0');
  broken({ signal: '3' }, 'signal must be a finite number, got "3"');
  broken({ signal: NaN }, 'signal must be a finite number, got null');
  broken({ decay: 0 }, 'decay must be a positive number, got 0');
  broken({ decay: undefined }, 'decay must be a positive number, got nothing');
  broken({ neighbors: [[1]] }, 'neighbors must be 2 lists of nodes below 2, got [[1]]');
  broken({ neighbors: [[1], [2]] }, 'neighbors must be 2 lists of nodes below 2, got [[1],[2]]');
  broken({ uniforms: [1] }, 'uniforms must be a list of numbers in [0, 1), got [1]');
  broken({ uniforms: [-0.1] }, 'uniforms must be a list of numbers in [0, 1), got [-0.1]');
  broken({ stateAfterSweep: [[3]] }, 'stateAfterSweep must be lists of 2 finite numbers, got [[3]]');
  broken({ steps: 1.5 }, 'steps must be a whole number above 0, got 1.5');
  broken({ final: [3] }, 'final must be two finite numbers, got [3]');
  broken({ temperatures: null }, 'temperatures must be a list of 2 finite numbers, got null');
  broken({ temperatures: undefined }, 'temperatures must be a list of 2 finite numbers, got nothing');
  const nines = Array.from({ length: 500 }, () => 9);
  broken({ uniforms: nines }, `uniforms must be a list of numbers in [0, 1), got [${'9,'.repeat(28)}...`);
});

test('whatever stands in a field, the outcome is a run or a named error', () => {
  const fields = Object.keys(content[9]);
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      try {
        parseTraces(JSON.stringify([{ ...content[9], [field]: value }])).forEach(replayTrace);
      } catch (error) {
        assert.ok(error instanceof TraceError, String(error));
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});
