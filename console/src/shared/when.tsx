// A time that is known, or else the one that is planned.
import { Nothing } from './money-cell.tsx';
import { Time } from './text.tsx';

type Props = { readonly actual: string | undefined; readonly planned: string | undefined };

export function When({ actual, planned }: Props) {
  if (actual !== undefined) return <Time at={actual} isBrief />;
  if (planned === undefined) return <Nothing />;
  return (
    <span className="soft">
      <Time at={planned} isBrief /> planned
    </span>
  );
}
