// Peers in Python, by bench/peers.py: one process on all cores and one that is held to a single core.
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import type { Contender, Kind } from './contender.js';
import { PeerProcess } from './peerProcess.js';
import { J, TEMPERATURE, TIME_STEP } from './problem.js';

/** The Python of EMTD_PYTHON, or else python3. */
const python = (): string => process.env.EMTD_PYTHON ?? 'python3';

/** Contenders on `cores` (0: all); `without` hears what is absent, by name. */
export async function pythonContenders(
  root: string,
  graphFile: string,
  chains: number,
  cores: number,
  without: (name: string, reason: string) => void,
): Promise<Contender[]> {
  const peer = new PeerProcess(python(), [
    join(root, 'bench', 'peers.py'),
    graphFile,
    ...[chains, TIME_STEP, J, TEMPERATURE, cores].map(String),
  ]);
  let offer: { contenders: string[]; absent: Record<string, string> };
  try {
    offer = JSON.parse(await peer.answer()) as typeof offer;
  } catch (error) {
    without(
      'NumPy, JAX and PyTorch',
      `${(error as Error).message.split('\n').at(-1)!} (EMTD_PYTHON names another Python)`,
    );
    return [];
  }
  for (const [name, reason] of Object.entries(offer.absent)) without(name, reason);
  let open = offer.contenders.length;
  return offer.contenders.map((name, k) => ({
    name,
    kind: kindOf(name),
    threads: cores || availableParallelism(),
    run: async (wanted) => {
      const [steps, seconds] = (await peer.ask(`${k} ${wanted}`)).split(' ').map(Number);
      return { steps, seconds };
    },
    close: () => {
      if (--open === 0) peer.close();
    },
  }));
}

const kindOf = (name: string): Kind =>
  !name.startsWith('JAX') ? 'other' : name.includes('default generator') ? 'JAX, default generator' : 'JAX';
