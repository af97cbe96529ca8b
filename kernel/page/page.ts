// The first script of a notebook's page: puts the buttons there. All else is loaded when one is pressed; a link
// never runs code by itself.
const tools = document.getElementById('tools')!;
const root = new URL(document.body.dataset['root']!, location.href);

if (location.protocol === 'file:') {
  tools.append('To run this page, serve its folder: npx http-server, or any other server.');
} else {
  const begin = async (start: HTMLButtonElement): Promise<void> => {
    start.disabled = true;
    start.textContent = 'Loading …';
    const { goLive } = (await import(new URL('assets/live.js', root).href)) as typeof import('./live.js');
    start.remove();
    await goLive(tools, root);
  };
  const start = Object.assign(document.createElement('button'), {
    textContent: 'Run',
    className: 'main',
    id: 'start',
  });
  start.onclick = () => void begin(start);
  tools.prepend(start);
  if (location.hash.startsWith('#code=')) {
    const note = document.createElement('span');
    note.textContent =
      'The link has text for a cell of your own, below. It runs only when you press ▶ there.';
    tools.append(note);
  }
}
