// The page's head names src/early.ts before all else, to be run as soon as it is there; and what is run in any case is
// compiled at once, beside the page's own thread, instead of function by function when first called (V8's hint).
import type { Plugin } from 'vite';

const COMPILED_AT_ONCE = /^(index|list)$/;
const HINT = '//# allFunctionsCalledOnLoad\n';

export function earlyFirst(): Plugin {
  return {
    name: 'early-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const early = Object.values(bundle).find(({ name }) => name === 'early');
        if (early === undefined) throw new Error('src/early.ts is not built');
        const attrs = { type: 'module', async: true, crossorigin: true, src: `/${early.fileName}` };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
    generateBundle: {
      order: 'post',
      handler: (_options, bundle) => {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && COMPILED_AT_ONCE.test(file.name)) file.code = HINT + file.code;
        }
      },
    },
  };
}
