// Below a list: how many there are, and the whole of it as CSV.
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { faultOf } from '../api/client.ts';
import { Button } from '../plain/button.tsx';
import { Row } from '../plain/layout.tsx';
import type { Column } from './columns.ts';
import { csvOf, saveAs } from './csv.ts';
import { notify } from './notice.ts';
import { countText } from './text.tsx';

type Props<Row> = {
  readonly what: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly all?: () => Promise<readonly Row[]>;
};

/** `disputes` → `dispute`, `audit entries` → `audit entry`. */
function one(what: string): string {
  if (what === 'people') return 'person';
  return what.endsWith('ies') ? `${what.slice(0, -3)}y` : what.replace(/s$/, '');
}

export function ListFoot<Row>({ what, rows, columns, hasMore, isLoadingMore, all }: Props<Row>) {
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      saveAs(`${what.replaceAll(' ', '-')}.csv`, csvOf(columns, hasMore && all !== undefined ? await all() : rows));
    } catch (error) {
      const { title, detail } = faultOf(error);
      notify({ color: 'red', title, message: detail });
    } finally {
      setSaving(false);
    }
  };
  return (
    <Row justify="space-between" className="list-foot no-print">
      <p className="plain-text small soft" role="status">
        {countText(rows.length)} {rows.length === 1 && !hasMore ? one(what) : what}
        {hasMore ? ' so far' : ''}
        {isLoadingMore && <span className="unseen">, loading more</span>}
      </p>
      <Button
        variant="subtle"
        isCompact
        isBusy={isSaving}
        icon={<IconDownload size={16} aria-hidden />}
        onClick={() => void save()}
      >
        CSV
      </Button>
    </Row>
  );
}
