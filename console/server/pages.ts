import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Texts } from '../../src/cli/texts.ts';

const built = join(import.meta.dirname, '..', 'web', 'dist');

/** Serves the pages as Vite has built them; what carries its digest in its name may be kept for ever. */
export function servePages(app: Express, words: (language: unknown) => Texts): void {
  app.use('/assets', express.static(join(built, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }));
  app.use(express.static(built, { index: 'index.html', redirect: false, dotfiles: 'ignore', setHeaders: (response) => void response.set('cache-control', 'no-cache') }));
  app.get('/', (request, response) => {
    const texts = words(request.headers['accept-language']);
    response.status(503).type('text').send(`PAGES_MISSING ${texts.sentence({ code: 'PAGES_MISSING' })}\n`);
  });
}

/** Whether there are pages to serve. */
export function hasPages(): boolean {
  return existsSync(join(built, 'index.html'));
}
