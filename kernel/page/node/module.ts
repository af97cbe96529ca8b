// Where packages lie among a page's files. Nothing is loaded from there: cells import the lab's doors.
import { existsSync, readFileSync } from './fs.js';
import { lab } from './places.js';

interface PageRequire {
  (id: string): unknown;
  resolve(id: string): string;
}

const find = (id: string): string =>
  id.startsWith('emtd-lab/') ? `${lab}/${id.slice(9)}` : `${lab}/node_modules/${id}`;

export function createRequire(): PageRequire {
  const read = (id: string): unknown => {
    if (!existsSync(find(id))) throw new Error(`${id}: needs Node; a page has the lab's own modules`);
    return JSON.parse(readFileSync(find(id))) as unknown;
  };
  return Object.assign(read, { resolve: find });
}
