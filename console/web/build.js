// Builds the console's pages when they are missing or older than what they are made from; run by `npm ci` and `npm start`.
// Plain JavaScript, so that whatever Node npm was started with can say a clear word instead of failing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const built = join(here, 'dist');
const mark = 'made-from.txt';

/** Makes `console/web/dist` unless it is up to date; rejects when Vite is there and cannot build. */
export async function buildPages(say = (line) => process.stderr.write(`${line}\n`)) {
  const digest = digestOfSources();
  if (read(join(built, mark)) === digest) return 'fresh';
  const build = await viteBuild();
  if (build === null) {
    const state = existsSync(join(built, 'index.html')) ? '现有页面较旧 / the pages there are older than their sources' : '页面尚未生成 / there are no pages yet';
    say(`控制台${state}：开发依赖未安装，请运行 npm ci（不带 --omit=dev）再 npm prune --omit=dev。The console needs its build tools once: npm ci, then npm prune --omit=dev.`);
    return 'unbuilt';
  }
  const fresh = join(here, `dist.${process.pid}`);
  try {
    await build({ configFile: join(here, 'vite-config.ts'), logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } });
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, mark), digest);
    rmSync(built, { recursive: true, force: true });
    renameSync(fresh, built);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return 'built';
}

/** Of every file the pages are made from, in the order of their names. */
function digestOfSources() {
  const sources = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !relative(here, entry.parentPath).startsWith('dist'))
    .map((entry) => join(entry.parentPath, entry.name));
  const others = [join(root, 'texts', 'zh-CN.yaml'), join(root, 'texts', 'en.yaml'), join(root, 'package-lock.json')];
  const hash = createHash('sha256');
  for (const file of [...sources.toSorted(), ...others]) hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

async function viteBuild() {
  try {
    return (await import('vite')).build;
  } catch (cause) {
    if (cause?.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw cause;
  }
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
