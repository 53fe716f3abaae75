// Loads a part that uses Mantine together with Mantine itself, and puts it in its theme.
import type { FunctionComponent } from 'react';

/** `lazy(() => dress(import('./dialog.tsx')))`; what else the module exports stays as it is. */
export async function dress<Module extends { readonly default: FunctionComponent<never> }>(
  loading: Promise<Module>,
): Promise<Module> {
  const [part, { default: Dressed }] = await Promise.all([loading, import('./dressed.tsx')]);
  const Part = part.default as FunctionComponent<object>;
  const InTheme = (props: object) => (
    <Dressed>
      <Part {...props} />
    </Dressed>
  );
  return { ...part, default: InTheme };
}
