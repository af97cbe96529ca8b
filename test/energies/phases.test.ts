// Ranges of the phases of compiled programs: by what a phase says that it counts, and never by its name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { malaProgram, type StepPhase } from '../../src/codegen/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { localTerms } from '../../src/energies/localTerms.js';
import { phasesOf } from '../../src/energies/phases.js';
import { ring } from '../../src/graphs/index.js';

const sizes = { nodes: 1000, pinned: 7, chains: 9 };

test('a phase ranges over what it says, whatever its name', () => {
  const names = ['step', 'pin', 'meansOfNothing', 'decide'];
  const sizeOf = { nodes: 1000, blocks: 1000, pinned: 7, chainSets: 3, one: 1 } as const;
  for (const entry of names) {
    for (const over of Object.keys(sizeOf) as (keyof typeof sizeOf)[]) {
      const [{ entry: same, size }] = phasesOf([{ entry, over }], sizes);
      assert.deepEqual([same, size], [entry, sizeOf[over]]);
    }
  }
});

test('an unknown range does not compile', () => {
  // @ts-expect-error there is no range of edges
  const unknown: StepPhase = { entry: 'step', over: 'edges' };
  assert.equal(phasesOf([unknown], sizes)[0].size, undefined);
});

test('a MALA program says which phases load a field: those that neither propose nor decide', () => {
  const { terms } = hamiltonian(ring(5), [bond((a, b) => a.sub(b).squaredNorm())]);
  for (const gauge of ['free', 'centred', 'pinned'] as const) {
    const program = malaProgram(localTerms('test', terms), { components: 1, chains: 4 }, gauge);
    const entries = (when: 'load' | 'step'): string[] =>
      program.phases.filter(({ only = when }) => only === when).map(({ entry }) => entry);
    const inBoth = entries('load').filter((entry) => entries('step').includes(entry));
    assert.deepEqual(
      entries('load').filter((entry) => !inBoth.includes(entry)),
      ['settle'],
    );
    const ofSteps = entries('step').filter((entry) => !inBoth.includes(entry));
    assert.ok(['propose', 'ratios', 'decide'].every((entry) => ofSteps.includes(entry)));
    // a proposal is held as its gradient is
    const count = (what: string): number => program.phases.filter(({ entry }) => entry.endsWith(what)).length;
    assert.equal(count('OfProposal'), { free: 0, centred: 3, pinned: 1 }[gauge]);
    assert.equal(ofSteps.length, 3 + count('OfProposal'));
    assert.ok(inBoth.includes('slope') && inBoth.includes('blockSums') && inBoth.includes('take'));
  }
});
