// The kernel under the real jupyter_client and nbclient, in every Python that has them (EMTD_PYTHON names
// one).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './harness.js';
import { pythonsWith, skipWithout, startHost } from './python.js';

const found = pythonsWith('jupyter_client', 'nbclient', 'nbformat');
skipWithout(
  "the kernel is not tested under Jupyter's own client",
  found.length > 0,
  'no Python here has jupyter_client and nbclient (pip install nbclient, or Debian: apt-get install jupyter-client python3-nbclient)',
);

for (const python of found.length > 0 ? found : [undefined]) {
  test(`jupyter_client and nbclient of ${python ?? 'any Python'} drive the kernel`, {
    skip: !python,
    timeout: 120_000,
  }, async () => {
    const host = startHost(python!, [join(root, 'test', 'kernel', 'nbclient_check.py')]);
    assert.equal(await host.ended(), 0, host.printed());
    assert.match(host.printed(), /all checks passed/);
  });
}
