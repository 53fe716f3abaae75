// Mantine's look in one place: colours, sizes, and what every component is by default. What plain elements take of it: colours.css.
import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'blue',
  // White on it must be read, in the dark as well.
  primaryShade: 8,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  autoContrast: true,
  respectReducedMotion: true,
});

/** What the customer portal has otherwise (layout/portal.css has the rest). */
export const portalTheme = createTheme({ primaryColor: 'violet' });
