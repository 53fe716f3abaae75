// The filters of the list: what one asks most often at hand, the rest behind a button.
import { IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { dress } from '../../mantine/dress.tsx';
import { Button } from '../../plain/button.tsx';
import { Chip } from '../../plain/chip.tsx';
import { Row } from '../../plain/layout.tsx';
import { useMay } from '../../session/use-session.ts';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import type { Filtering } from './filtering.ts';

const MoreFilters = lazy(() => dress(import('./more-filters.tsx')));
const BEHIND_BUTTON = [
  ...['status', 'billing', 'customer', 'carrier', 'mode', 'origin', 'destination'],
  ...['pickupFrom', 'pickupTo', 'deliveryFrom', 'deliveryTo'],
];

export function ShipmentFilters({ filters, change, showOnly, rows, isPartner }: Filtering) {
  const may = useMay();
  const set = BEHIND_BUTTON.filter((name) => filters[name] !== undefined).length;
  const [isOpen, setOpen] = useState(set > 0);
  return (
    <div className="no-print">
      <Row align="flex-end" gap="sm">
        <SearchBox
          label="Search"
          placeholder="BOL, PRO, PO, order, invoice, name, city"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <Row gap="xs">
          {!isPartner && (
            <Chip
              checked={filters.unbilled === 'true'}
              onChange={(on) => change({ unbilled: on ? 'true' : undefined })}
            >
              Unbilled
            </Chip>
          )}
          {may('exceptions:read') && (
            <Chip
              checked={filters.exception !== undefined}
              onChange={(on) => change({ exception: on ? 'any' : undefined })}
            >
              With exceptions
            </Chip>
          )}
          <Button aria-expanded={isOpen} icon={<IconFilter size={16} aria-hidden />} onClick={() => setOpen(!isOpen)}>
            Filters{set > 0 ? ` (${set})` : ''}
          </Button>
          <ClearFilters filters={filters} showOnly={showOnly} />
        </Row>
      </Row>
      {isOpen && (
        <Suspense>
          <MoreFilters {...{ filters, change, rows, isPartner }} />
        </Suspense>
      )}
    </div>
  );
}
