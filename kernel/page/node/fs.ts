// A page's files: texts by their path, read-only. They are put here before anything asks for them.
const files = new Map<string, string>();
const folders = new Set<string>(['/']);

/** Fetches a JSON of texts by path, gzipped, and puts them here. */
export async function mount(url: URL): Promise<void> {
  const { body, ok, status } = await fetch(url);
  if (!ok || !body) throw new Error(`the page's file ${url.pathname} does not load (HTTP ${status})`);
  const text = await new Response(body.pipeThrough(new DecompressionStream('gzip'))).text();
  for (const [path, content] of Object.entries(JSON.parse(text) as Record<string, string>)) {
    files.set(path, content);
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      folders.add(path.slice(0, at));
  }
}

/** Texts by path. */
export const all: ReadonlyMap<string, string> = files;
export const isFolder = (path: string): boolean => folders.has(path.replace(/(?<=.)\/$/, ''));
export const foldersIn = (path: string): string[] => {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const inside = [...folders].filter(
    (folder) => folder.startsWith(prefix) && !folder.slice(prefix.length).includes('/'),
  );
  return inside.map((folder) => folder.slice(prefix.length));
};

export const existsSync = (path: string): boolean => files.has(path) || isFolder(path);

export function readFileSync(path: string): string {
  const text = files.get(path);
  if (text === undefined) throw Object.assign(new Error(`a page has no file ${path}`), { code: 'ENOENT' });
  return text;
}

/** None of them is ever edited. */
export const statSync = (path: string): { mtimeMs: number; size: number } | undefined =>
  files.has(path) ? { mtimeMs: 0, size: files.get(path)!.length } : undefined;
