import type { Texts } from '../../src/cli/texts.ts';
import type { DatasetFigures, Figures } from './figures.ts';
import { html, type Markup } from './markup.ts';
import { numbers, overviewCells, type Cells } from './overview.ts';

/** Seconds between two refreshes of the first page. */
export const refreshSeconds = 5;

/** The first page, complete without script; the script only keeps it fresh. */
export function overviewPage(figures: Figures, texts: Texts): string {
  const cells = overviewCells(figures, texts);
  const say = (key: string): string => texts.say(`console.${key}`);
  return document(texts, html`
  <header class="top">
    <div class="brand"><img src="/mark.svg" alt="" width="28" height="28"><span class="product">${say('product')}</span><span class="site">${figures.site}</span></div>
    <a class="language" href="?lang=${texts.language === 'en' ? 'zh-CN' : 'en'}" lang="${texts.language === 'en' ? 'zh-CN' : 'en'}">${say('otherLanguage')}</a>
  </header>
  <main>
    <div class="title">
      <div><h1>${say('title')}</h1><p>${say('lead')}</p></div>
      <div class="lamp" role="status"><span class="label">${say('region')}</span>${cell(cells, 'breaker.state', 'state')}${cell(cells, 'breaker.detail', 'detail')}</div>
    </div>
    <p class="lost" hidden role="alert">${say('lost')}</p>
    <section class="tiles" aria-label="${say('summary')}">${numbers.map((name) => tile(name, cells, say))}</section>
    <section class="sheet" aria-label="${say('datasets')}">
      <table>
        <thead><tr>${['dataset', ...numbers, 'oldest', 'lastRun', 'nextRun'].map((name) => html`<th scope="col" class="${isNumber(name) ? 'number' : 'word'}">${say(`column.${name}`)}</th>`)}</tr></thead>
        <tbody>${figures.datasets.map((dataset) => row(dataset, cells))}</tbody>
      </table>
    </section>
  </main>
  <footer>${cell(cells, 'updated', 'updated')}<span>${texts.say('console.refresh', { seconds: refreshSeconds })}</span></footer>`);
}

/** What is shown while the figures cannot be read. */
export function unavailablePage(code: string, texts: Texts): string {
  return document(texts, html`<main><p class="lost" role="alert">${texts.say('console.failed', { code })}</p></main>`);
}

function document(texts: Texts, body: Markup): string {
  return html`<!doctype html>
<html lang="${texts.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${texts.say('console.title')} · ${texts.say('console.product')}</title>
  <link rel="icon" href="/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/overview.css">
  <script src="/overview.js" defer></script>
</head>
<body data-lang="${texts.language}" data-seconds="${refreshSeconds}">${body}
</body>
</html>
`.text;
}

function tile(name: string, cells: Cells, say: (key: string) => string): Markup {
  return html`<div class="tile"><span class="label">${say(`column.${name}`)}</span>${cell(cells, `all.${name}`, 'figure')}<span class="meaning">${say(`meaning.${name}`)}</span></div>`;
}

function row(dataset: DatasetFigures, cells: Cells): Markup {
  const at = (name: string, look: string): Markup => cell(cells, `${dataset.name}.${name}`, look);
  return html`
        <tr>
          <th scope="row"><span class="name">${dataset.title}</span><span class="code">${dataset.name}</span></th>
          ${numbers.map((name) => html`<td class="number">${at(name, 'figure')}</td>`)}
          <td>${at('oldest', 'text')}</td>
          <td class="run"><div>${at('run', 'state')} ${at('runTime', 'time')}</div>${at('counts', 'counts')}</td>
          <td>${at('next', 'text')}</td>
        </tr>`;
}

function cell(cells: Cells, name: string, look: string): Markup {
  const { text, tone } = cells[name] ?? { text: '', tone: 'plain' };
  return html`<span class="${look}" data-cell="${name}" data-tone="${tone}">${text}</span>`;
}

function isNumber(name: string): boolean {
  return numbers.some((one) => one === name);
}
