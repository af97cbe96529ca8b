// A plain HTTP server of a folder on this machine. `own(url, response)` may answer first, and then returns true.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Resolves with the server once it listens; port 0 takes a free one. */
export async function serve(folder, port, own = () => false) {
  const server = createServer(({ url }, response) => {
    if (own(url, response)) return;
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    let file = join(folder, path);
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      statSync(file);
    } catch {
      return response.writeHead(404).end('not found');
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  }).listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return server;
}
