// Each figure in words, with the target that it should meet where it has one.
import type { BenchFigures } from './figures.ts';
import type { PipelineBench } from './pipeline.ts';

export type Judged = {
  readonly figure: string;
  readonly value: string;
  /** As said to people, such as "at least 5×". */
  readonly target?: string;
  /** Undefined without a target, and where the run was too short to judge. */
  readonly met?: boolean;
};

type Target = { readonly atLeast: number } | { readonly atMost: number };

export function judged({
  quick,
  reading,
  translating,
  deciding,
  path,
  lone,
  delivery,
  audit,
  ledger,
}: BenchFigures): Judged[] {
  const line = (figure: string, value: number, unit: string, target?: Target): Judged => {
    const shown = `${withGroups(value)}${unit}`;
    if (target === undefined) return { figure, value: shown };
    const isLeast = 'atLeast' in target;
    const bound = isLeast ? target.atLeast : target.atMost;
    const met = isLeast ? value >= bound : value <= bound;
    const said = `${isLeast ? 'at least' : 'at most'} ${withGroups(bound)}${unit}`;
    return { figure, value: shown, target: said, ...(quick ? {} : { met }) };
  };
  const speedsOf = (figure: string, { eventsPerSecond, toJobQueue, toBatched }: PipelineBench): Judged[] => [
    line(figure, eventsPerSecond, ' events/s'),
    ...(toJobQueue === undefined ? [] : [line('  to a job an event', toJobQueue, '×', { atLeast: 3 })]),
    ...(toBatched === undefined ? [] : [line('  to a batched insert and upsert', toBatched, '×', { atLeast: 0.25 })]),
  ];
  const speed = (name: keyof typeof reading.contestants) => reading.contestants[name].megabytesPerSecond;
  const { ratios, largeStream } = reading;
  return [
    line('X12 stream, envelopes and counts checked', speed('envelope-stream'), ' MB/s'),
    line('  to the stream of node-x12', ratios.streamToNodeX12Stream, '×', { atLeast: 5 }),
    line('  to a plain streamed split', ratios.streamToSplit, '×'),
    line('X12 stream, transactions handed out', speed('transaction-stream'), ' MB/s'),
    line('  to the stream of node-x12', ratios.transactionsToNodeX12Stream, '×'),
    line('X12 whole', speed('whole'), ' MB/s'),
    line('  to parse() of node-x12', ratios.wholeToNodeX12Parse, '×', { atLeast: 20 }),
    line(
      `resident memory on a stream of ${withGroups(largeStream.megabytes)} MB`,
      largeStream.residentMegabytes,
      ' MB',
      {
        atMost: 100,
      },
    ),
    line('214s to validated milestones', translating.translateMegabytesPerSecond, ' MB/s'),
    line('  to the stream of node-x12, which merely reads', translating.ratio, '×', { atLeast: 0.5 }),
    line('decisions, one after each fact', deciding.decisionsPerSecond, ' /s'),
    line('  over all facts of a shipment, invoice and all', deciding.lastPerSecond, ' /s'),
    ...speedsOf('whole path, 214 bytes to charges and invoices', path),
    line(`  resident memory over ${withGroups(path.events)} events`, path.peakResidentMegabytes, ' MB', {
      atMost: 350,
    }),
    ...(path.slices.length < 2
      ? []
      : [
          line('  cost of an event at the end to that of the first 50,000', path.lastToFirstCost, '×', { atMost: 1.2 }),
        ]),
    ...speedsOf('whole path, one status an interchange', lone),
    line('proof received to invoice confirmed, half of them', delivery.p50Ms, ' ms'),
    line('  99 of 100', delivery.p99Ms, ' ms'),
    line(`${withGroups(audit.lines)} lines of carriers' invoices audited`, audit.auditSeconds, ' s'),
    line('  all of them again, under another tolerance', audit.againSeconds, ' s'),
    line('  resident memory more than before', audit.peakResidentMegabytes - audit.residentMegabytesBefore, ' MB'),
    line('shipments booked in the ledger, behind the path', ledger.bookingsPerSecond, ' /s'),
    line(`  the books of ${withGroups(ledger.shipments)} of them proven`, ledger.provingSeconds, ' s'),
  ];
}

function withGroups(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
