// What the pipeline is measured against, on the same server in the same run: a job queue that does one event a job, and
// the fastest plain way to get events and their shipments' state into tables.
import { Logger, run } from 'graphile-worker';
import pg from 'pg';

const TABLES = `
  create schema if not exists baseline;
  create table if not exists baseline.event (id bigint generated always as identity primary key, shipment text, body text);
  create table if not exists baseline.shipment (shipment text primary key, status text, events integer not null)`;
const INSERT = 'insert into baseline.event (shipment, body) values ($1, $2)';
const UPSERT = `insert into baseline.shipment values ($1, $2, 1)
  on conflict (shipment) do update set status = excluded.status, events = baseline.shipment.events + 1`;

export type BaselineEvent = { readonly shipment: string; readonly status: string; readonly body: string };

/** Events a second through graphile-worker: one job each, which inserts the event and upserts its shipment. */
export async function jobsPerSecond(url: string, events: readonly BaselineEvent[]): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 12 });
  // A connection that breaks fails its query; the queue wants it heard here as well.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  await pool.query(TABLES);
  let left = events.length;
  const done = Promise.withResolvers<void>();
  const runner = await run({
    pgPool: pool,
    concurrency: 8,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: {
      status: async (payload, helpers) => {
        const { shipment, status, body } = payload as BaselineEvent;
        await helpers.withPgClient(async (client) => {
          await client.query(INSERT, [shipment, body]);
          await client.query(UPSERT, [shipment, status]);
        });
        if (--left === 0) done.resolve();
      },
    },
  });
  const begin = performance.now();
  for (let from = 0; from < events.length; from += 500) {
    const specs = events.slice(from, from + 500).map((payload) => ({ identifier: 'status', payload }));
    await pool.query(
      `select graphile_worker.add_jobs(array(
         select json_populate_record(null::graphile_worker.job_spec, spec) from json_array_elements($1::json) as spec))`,
      [JSON.stringify(specs)],
    );
  }
  await done.promise;
  const seconds = (performance.now() - begin) / 1_000;
  await runner.stop();
  await pool.end();
  return events.length / seconds;
}

/** Events a second by one insert and one upsert a batch of 500, and nothing else. */
export async function batchedPerSecond(url: string, events: readonly BaselineEvent[]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  const begin = performance.now();
  for (let from = 0; from < events.length; from += 500) {
    const batch = events.slice(from, from + 500);
    const shipments = batch.map(({ shipment }) => shipment);
    await client.query('begin');
    await client.query({
      name: 'insert',
      text: 'insert into baseline.event (shipment, body) select * from unnest($1::text[], $2::text[])',
      values: [shipments, batch.map(({ body }) => body)],
    });
    await client.query({
      name: 'upsert',
      text: `insert into baseline.shipment
             select shipment, (array_agg(status order by position desc))[1], count(*)
               from unnest($1::text[], $2::text[]) with ordinality as new (shipment, status, position)
              group by shipment order by shipment
             on conflict (shipment) do update
                set status = excluded.status, events = baseline.shipment.events + excluded.events`,
      values: [shipments, batch.map(({ status }) => status)],
    });
    await client.query('commit');
  }
  const seconds = (performance.now() - begin) / 1_000;
  await client.end();
  return events.length / seconds;
}
