// `emtd doctor`: node, build, tfjs backends, WebGPU, optional packages, Jupyter and the kernel; for each what was found,
// or the fix. `emtd kernel doctor` leaves out what the kernel does not need.
import { createRequire } from 'node:module';
import { availableBackends } from '../engine/index.js';
import { describeGpu } from '../machine/index.js';
import { isRecentNode, kernelFindings, nodeAdvice } from '../../kernel/install/doctor.js';
import { type Finding, report } from '../../kernel/install/finding.js';

/** Exit code 1 if something that the lab needs is missing. */
export async function doctorCommand(_args: string[]): Promise<number> {
  return report([node(), build(), ...(await backends()), await webgpu(), danfo(), ...(await kernelFindings(process.cwd()))]);
}

/** The part of it that is about the kernel. */
export async function kernelDoctor(): Promise<number> {
  return report([node(), build(), ...(await kernelFindings(process.cwd()))]);
}

function node(): Finding {
  return isRecentNode(process.version)
    ? { what: 'node', state: 'ok', said: `${process.version} (${process.execPath})` }
    : { what: 'node', state: 'problem', said: `${process.version}; fix: ${nodeAdvice}` };
}

/** The command itself refuses a missing or stale build before it gets here. */
const build = (): Finding => ({ what: 'build', state: 'ok', said: 'dist/ is current' });

async function backends(): Promise<Finding[]> {
  return (await availableBackends()).map(({ name, available, reason }) => ({
    what: `backend ${name}`,
    // wasm and cpu need nothing; tensorflow is optional
    state: available ? 'ok' : name === 'tensorflow' ? 'note' : 'problem',
    said: reason,
  }));
}

/** Optional: the wasm engine runs everywhere. */
async function webgpu(): Promise<Finding> {
  const { available, said } = await describeGpu();
  return { what: 'webgpu', state: available ? 'ok' : 'note', said };
}

function danfo(): Finding {
  try {
    createRequire(import.meta.url).resolve('danfojs-node');
    return { what: 'danfojs-node', state: 'ok', said: 'tables show as data frames' };
  } catch {
    return { what: 'danfojs-node', state: 'note', said: 'not installed: table() says how (optional peer)' };
  }
}
