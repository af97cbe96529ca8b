// The rooms of the library as a picture, drawn from the imports of the code.
//   node tools/rooms.mjs            writes tools/rooms.svg, which ARCHITECTURE.md shows
//   node tools/rooms.mjs --check    fails if the committed picture shows other arrows than the code has
// A room stands above all rooms that it imports. An arrow that follows from two others is left out.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './run.mjs';

const picture = join(root, 'tools', 'rooms.svg');
const source = join(root, 'src');
const roomOf = (path) => relative(source, path).split(sep)[0];
const rooms = new Map(
  readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, { name, lines: 0, imports: new Set() }]),
);

for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const room = rooms.get(roomOf(path));
  if (!room || !path.endsWith('.ts')) continue;
  const text = readFileSync(path, 'utf8');
  room.lines += text.split('\n').length;
  for (const [, specifier] of text.matchAll(/^(?:import|export)\b[^;]*?from '(\.[^']*)'/gm)) {
    const other = roomOf(join(dirname(path), specifier));
    if (other !== room.name && rooms.has(other)) room.imports.add(other);
  }
}

const reach = new Map();
const reaches = (name) => {
  if (!reach.has(name))
    reach.set(name, new Set([...rooms.get(name).imports].flatMap((next) => [next, ...reaches(next)])));
  return reach.get(name);
};
const floors = new Map();
const floorOf = (name) => {
  if (!floors.has(name)) floors.set(name, 1 + Math.max(-1, ...[...rooms.get(name).imports].map(floorOf)));
  return floors.get(name);
};
const direct = ({ imports }) =>
  [...imports].filter((to) => ![...imports].some((via) => via !== to && reaches(via).has(to)));
const arrows = [...rooms.values()].flatMap((room) => direct(room).map((to) => `${room.name} > ${to}`)).sort();

const shown = existsSync(picture)
  ? (/<desc>([^<]*)<\/desc>/.exec(readFileSync(picture, 'utf8'))?.[1] ?? '')
  : '';
if (process.argv.includes('--check')) {
  if (shown === arrows.join('; ').replaceAll('>', '&gt;')) process.exit();
  console.error('rooms: the picture of the rooms is not that of the code; run node tools/rooms.mjs');
  process.exit(1);
}
writeFileSync(picture, svg());
console.log(`${rooms.size} rooms, ${arrows.length} arrows: ${relative(root, picture)}`);

function svg() {
  const [width, height, gapX, gapY] = [112, 40, 26, 52];
  const byFloor = [];
  for (const name of rooms.keys()) (byFloor[floorOf(name)] ??= []).push(name);
  const at = new Map();
  const widest = Math.max(...byFloor.map((floor) => floor.length)) * (width + gapX);
  const place = (floor, k) =>
    floor.forEach((name, i) =>
      at.set(name, {
        x: (widest - floor.length * (width + gapX)) / 2 + i * (width + gapX) + gapX / 2,
        y: (byFloor.length - 1 - k) * (height + gapY) + 10,
      }),
    );
  byFloor.forEach((floor, k) => {
    const weight = (name) => {
      const below = direct(rooms.get(name));
      return below.reduce((sum, to) => sum + at.get(to).x, 0) / Math.max(1, below.length);
    };
    place(k === 0 ? floor : floor.sort((a, b) => weight(a) - weight(b)), k);
  });
  const line = (name, to) => {
    const [a, b] = [at.get(name), at.get(to)];
    const [x1, y1, x2, y2] = [a.x + width / 2, a.y + height, b.x + width / 2, b.y - 3];
    const bend = (y2 - y1) / 2;
    return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}" marker-end="url(#tip)"/>`;
  };
  const box = ({ name, lines }) => {
    const { x, y } = at.get(name);
    return (
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="5"/>` +
      `<text x="${x + width / 2}" y="${y + 18}" font-weight="600">${name}</text><text x="${x + width / 2}" y="${y + 33}" font-size="10" fill="#666">${lines} lines</text>`
    );
  };
  const [w, h] = [widest, byFloor.length * (height + gapY) - gapY + 20];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" font-family="Helvetica, Arial, sans-serif" font-size="13" text-anchor="middle">
<title>The rooms of the library; an arrow goes from a room to one that it imports</title>
<desc>${arrows.join('; ').replaceAll('>', '&gt;')}</desc>
<rect width="${w}" height="${h}" fill="#fff"/>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8a8f98"/></marker></defs>
<g fill="none" stroke="#8a8f98" stroke-opacity="0.8">
${[...rooms.values()].flatMap((room) => direct(room).map((to) => line(room.name, to))).join('\n')}
</g>
<g fill="#eef4fb" stroke="#4477aa">
${[...rooms.values()].map((room) => box(room).replaceAll('<text', '<text stroke="none"').replace('fill="#666"', 'fill="#555"').replace('font-weight="600"', 'font-weight="600" fill="#111"')).join('\n')}
</g>
</svg>
`;
}
