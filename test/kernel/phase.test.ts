// Whose phase it is: an interrupt ends the cell that it was meant for, and no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Phase } from '../../kernel/back/cellPhase.js';

test('a cell goes from requested to loading to running to its end', () => {
  const phase = new Phase();
  assert.equal(phase.interrupt().was, 'idle');
  phase.request(1);
  assert.ok(phase.load(1) && phase.run(1));
  assert.deepEqual(phase.interrupt(), { id: 1, was: 'running' }); // it goes on, until it is terminated
  phase.end(1);
  assert.equal(phase.interrupt().was, 'idle');
});

test('a cell that was interrupted on its way takes nothing from the next one', () => {
  const phase = new Phase();
  phase.request(7);
  assert.deepEqual(phase.interrupt(), { id: 7, was: 'requested' });
  phase.request(8);
  assert.equal(phase.load(7), false);
  assert.equal(phase.load(8), true);
});

test('a cell whose modules were being loaded neither runs nor ends in the name of the next one', () => {
  const phase = new Phase();
  phase.request(1);
  assert.ok(phase.load(1));
  assert.deepEqual(phase.interrupt(), { id: 1, was: 'loading' });
  phase.request(2);
  assert.ok(phase.load(2));
  assert.equal(phase.run(1), false);
  phase.end(1);
  assert.equal(phase.run(2), true);
  phase.end(1);
  assert.deepEqual(phase.interrupt(), { id: 2, was: 'running' });
});
