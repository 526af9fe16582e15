// Keeps the page fresh: fetches the cells and writes those that changed. Without it the page is only not fresh.
const { lang, seconds } = document.body.dataset;
const lost = document.querySelector('.lost');
const named = new Map([...document.querySelectorAll('[data-cell]')].map((node) => [node.dataset.cell, node]));

async function refresh() {
  try {
    const answer = await fetch(`/api/figures?lang=${lang}`, { signal: AbortSignal.timeout(4000) });
    if (!answer.ok) throw new Error(String(answer.status));
    show((await answer.json()).cells);
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

function show(cells) {
  for (const [name, { text, tone }] of Object.entries(cells)) {
    const node = named.get(name);
    if (node === undefined) return location.reload();
    if (node.textContent !== text) node.textContent = text;
    node.dataset.tone = tone;
  }
}

setInterval(() => document.hidden || refresh(), Number(seconds) * 1000);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
