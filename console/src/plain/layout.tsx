// Things in a row or below one another.
import type { HTMLAttributes, ReactNode } from 'react';

type Gap = 'xs' | 'sm' | 'md';
type Props = Omit<HTMLAttributes<HTMLDivElement>, 'style'> & { readonly gap?: Gap; readonly children: ReactNode };
type RowProps = Props & { readonly align?: 'flex-start' | 'flex-end'; readonly justify?: 'space-between' | 'flex-end' };

export function Stack({ gap = 'md', className = '', ...rest }: Props) {
  return <div className={`stack ${className}`} style={{ gap: gapOf(gap) }} {...rest} />;
}

/** On a phone it breaks into several. */
export function Row({ gap = 'md', align: alignItems, justify: justifyContent, className = '', ...rest }: RowProps) {
  return <div className={`row ${className}`} style={{ gap: gapOf(gap), alignItems, justifyContent }} {...rest} />;
}

function gapOf(gap: Gap): string {
  return `var(--mantine-spacing-${gap})`;
}
