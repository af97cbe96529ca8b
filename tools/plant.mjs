// Loaded into every process and thread of a test by tools/check-tests.mjs: hands out the text of one module
// with a fault in it. No file of the checkout changes.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const { EMTD_PLANTED_URL: planted, EMTD_PLANTED_TEXT: file } = process.env;
if (planted) {
  registerHooks({
    load: (url, context, next) =>
      url === planted
        ? { format: 'module', source: readFileSync(file, 'utf8'), shortCircuit: true }
        : next(url, context),
  });
}
