// What uses Mantine stands in this: its theme, its styles. Loaded with it, and not before: the frame and the lists are plain.
//
// Mantine's sheets are in a layer of their own, so that ours win over them whichever is loaded first.
import '@mantine/core/styles.layer.css';
import '@mantine/charts/styles.layer.css';
import { MantineContext, MantineProvider } from '@mantine/core';
import { type ReactNode, useContext } from 'react';
import { useColourScheme } from '../colour-scheme.ts';
import { theme } from './theme.ts';

export default function Dressed({ children }: { readonly children: ReactNode }) {
  const scheme = useColourScheme();
  // Within the portal its frame has seen to it, with a theme of its own.
  if (useContext(MantineContext) !== null) return children;
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
