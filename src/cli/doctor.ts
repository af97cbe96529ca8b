// `emtd doctor`: node, build, tfjs backends, optional packages and Jupyter; for each what was found, or the fix.
import { createRequire } from 'node:module';
import { availableBackends } from '../engine/index.js';
import { findJupyter } from '../../kernel/install/jupyter.js';

/** One thing that was looked at. A problem that the main job can live without is only a note. */
interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly said: string;
}

/** Exit code 1 if something that the lab needs is missing. */
export async function doctorCommand(_args: string[]): Promise<number> {
  const findings = [node(), build(), ...(await backends()), danfo(), jupyter()];
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, said } of findings) console.log(`${state.padEnd(7)}  ${what.padEnd(width)}  ${said}`);
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return enough
    ? { what: 'node', state: 'ok', said: process.version }
    : { what: 'node', state: 'problem', said: `${process.version}; fix: install Node 20.19 or later` };
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

function danfo(): Finding {
  try {
    createRequire(import.meta.url).resolve('danfojs-node');
    return { what: 'danfojs-node', state: 'ok', said: 'tables show as data frames' };
  } catch {
    return { what: 'danfojs-node', state: 'note', said: 'not installed: table() says how (optional peer)' };
  }
}

function jupyter(): Finding {
  const found = findJupyter(process.cwd());
  return found
    ? { what: 'Jupyter', state: 'ok', said: found.title }
    : { what: 'Jupyter', state: 'note', said: 'not found; fix: npm start makes a .venv with pip, or says which packages to install' };
}
