// Stands in for danfojs-node's own tfjs-node 3.x: the native package if it works, else plain tfjs.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const fromRoot = createRequire(join(__dirname, '..', '..', 'package.json'));
let tf;
try {
  tf = fromRoot('@tensorflow/tfjs-node');
} catch {
  tf = fromRoot('@tensorflow/tfjs');
}
module.exports = tf;
