// A button.
import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `default` stands out, `light` a little, `subtle` is for what is seldom wanted. */
  readonly variant?: 'default' | 'light' | 'subtle';
  readonly isCompact?: boolean;
  readonly icon?: ReactNode;
  /** What it does is under way: it cannot be pressed again. */
  readonly isBusy?: boolean;
};

export function Button({ variant = 'default', isCompact, icon, isBusy, disabled, children, ...rest }: Props) {
  return (
    <button
      type="button"
      className="button"
      data-variant={variant}
      data-compact={isCompact}
      data-icon={icon !== undefined || undefined}
      data-busy={isBusy || undefined}
      disabled={isBusy || disabled}
      {...rest}
    >
      <span className="button-inner">
        {icon}
        <span className="button-label">{children}</span>
      </span>
    </button>
  );
}
