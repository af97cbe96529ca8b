// What the machine itself can do, by bench/langevin.c: bytes a second from one array to another that no cache
// holds, and normals a second into a buffer that one does.
import { medianOf, type Ratio } from './contender.js';
import { type Native, NativeProcess } from './native.js';
import { ALL_CORES, COMPONENTS } from './problem.js';

export interface FloorRow {
  readonly name: string;
  readonly threads: number;
  readonly unit: string;
  readonly rate: Ratio;
  readonly best: number;
}

/**
 * Node-updates per second that no step exceeds on so many threads: each needs its normals, and they are
 * counted as if the fastest C made nothing else. Bytes are no bound: a field may lie in a cache, which is
 * faster than the copy.
 */
export function floorRate(
  rows: readonly Pick<FloorRow, 'threads' | 'unit' | 'best'>[],
  threads: number,
): number {
  const normals = rows.filter((row) => row.unit === '1e6/s' && row.threads <= threads); // the others may stay idle
  return (1e6 * Math.max(...normals.map(({ best }) => best))) / COMPONENTS;
}

const COPIED = 2 ** 28; // bytes
const NORMALS = 200 * 2048;

export async function measureFloor(
  builds: readonly Native[],
  graphFile: string,
  rounds: number,
): Promise<FloorRow[]> {
  const rows: {
    name: string;
    threads: number;
    unit: string;
    scale: number;
    peer: NativeProcess;
    command: string;
    repeats: number;
    rates: number[];
  }[] = [];
  for (const threads of new Set([1, ALL_CORES])) {
    for (const build of builds) {
      const peer = new NativeProcess(build, graphFile, 64, threads);
      rows.push({
        name: `normals, ${build.name}`,
        threads,
        unit: '1e6/s',
        scale: (NORMALS * threads) / 1e6,
        peer,
        command: 'normals 200',
        repeats: 30,
        rates: [],
      });
      if (build !== builds[0]) continue;
      const scale = (2 * COPIED) / 1e9;
      rows.push({
        name: 'copy, bytes read and written',
        threads,
        unit: 'GB/s',
        scale,
        peer,
        command: `copy ${COPIED} 1`,
        repeats: 3,
        rates: [],
      });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { peer, command, scale, repeats, rates } of rows) {
      let best = 0;
      for (let n = 0; n < repeats; n++) best = Math.max(best, scale / (await peer.seconds(command)));
      rates.push(best);
    }
  }
  for (const { peer } of rows) peer.close();
  return rows.map(({ name, threads, unit, rates }) => ({
    name,
    threads,
    unit,
    rate: medianOf(rates),
    best: Math.max(...rates),
  }));
}
