import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { parse } from 'yaml';

const here = import.meta.dirname;
const folder = join(here, '..', '..', 'texts');

export default defineConfig({
  root: here,
  base: './',
  plugins: [vue(), texts()],
  define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false', __VUE_I18N_FULL_INSTALL__: 'false', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_DROP_MESSAGE_COMPILER__: 'true', __INTLIFY_JIT_COMPILATION__: 'true' },
  resolve: { alias: { 'vue-i18n': 'vue-i18n/dist/vue-i18n.runtime.mjs' } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: join(here, 'dist'), manifest: true, target: 'chrome109', reportCompressedSize: false, assetsInlineLimit: 0, modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});

/** Of what the commands say the pages share the words for verdicts, batches and problems; the server's sentences come with its answers. Gives `texts:zh-CN` and `texts:en` to the pages: the very files that the commands speak from. */
function texts(): Plugin {
  const prefix = 'texts:';
  return {
    name: 'texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const file = join(folder, `${id.slice(prefix.length + 1)}.yaml`);
      this.addWatchFile(file);
      const all = parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      const { problem, verdict, batch } = all['cli'] ?? {};
      return `export default ${JSON.stringify({ console: { ...all['console'], verdict, batch }, titles: problem })}`;
    },
  };
}
