// `emtd doctor`: node, build, tfjs backends, WebGPU, optional packages, Jupyter and the kernel; for each the
// state or the fix. `emtd kernel doctor` checks only what the kernel needs.
import { createRequire } from 'node:module';
import { availableBackends } from '../tensors/index.js';
import { describeGpu } from '../runtime/index.js';
import { isRecentNode, kernelFindings, nodeAdvice } from '../../kernel/install/doctor.js';
import { type Finding, report } from '../../kernel/install/finding.js';

/** Exit code 1 if something that the lab needs is missing. */
export const doctor = async (): Promise<number> =>
  report([
    node(),
    build,
    ...(await backends()),
    await webgpu(),
    danfo(),
    ...(await kernelFindings(process.cwd())),
  ]);

/** The checks for the kernel. */
export const kernelDoctor = async (): Promise<number> =>
  report([node(), build, ...(await kernelFindings(process.cwd()))]);

function node(): Finding {
  return isRecentNode(process.version)
    ? { what: 'node', state: 'ok', text: `${process.version} (${process.execPath})` }
    : { what: 'node', state: 'problem', text: `${process.version}; fix: ${nodeAdvice}` };
}

/** The command itself refuses a missing or stale build earlier. */
const build: Finding = { what: 'build', state: 'ok', text: 'dist/ is current' };

async function backends(): Promise<Finding[]> {
  return (await availableBackends()).map(({ name, available, reason }) => ({
    what: `backend ${name}`,
    // wasm and cpu need nothing; tensorflow is optional
    state: available ? 'ok' : name === 'tensorflow' ? 'note' : 'problem',
    text: reason,
  }));
}

/** Optional: the wasm engine runs everywhere. */
async function webgpu(): Promise<Finding> {
  const { available, text } = await describeGpu();
  return { what: 'webgpu', state: available ? 'ok' : 'note', text };
}

function danfo(): Finding {
  try {
    createRequire(import.meta.url).resolve('danfojs-node');
    return { what: 'danfojs-node', state: 'ok', text: 'tables show as data frames' };
  } catch {
    return { what: 'danfojs-node', state: 'note', text: 'not installed: table() says how (optional peer)' };
  }
}
