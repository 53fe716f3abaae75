// lading doctor [--json]: looks at everything the hub needs on this machine and says what to mend.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { examineOdoo } from '../../connectors/odoo/index.ts';
import { openDatabase } from '../../store/embedded.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { odooInForce, paymentJournalsOf } from '../odoo-setup.ts';
import { rulesOfDatabase } from '../rules-at-hand.ts';
import { userErrorLine } from '../user-error.ts';

type Finding = { check: string; ok: boolean; says: string };
type Surroundings = Pick<CommandContext, 'env' | 'rootDir' | 'stderr'>;
type Check = { name: string; look(context: Surroundings): Promise<string> };

export const command = defineCommand({
  name: 'doctor',
  summary: 'checks configuration and every connected system, and says what to mend',
  usage: '[--json]',
  options: { json: { type: 'boolean', about: 'the findings as JSON' } },
  async run({ options, stdout, stderr, env, rootDir }) {
    const findings: Finding[] = [];
    for (const check of checks) {
      const finding = await examine(check, { env, rootDir, stderr });
      findings.push(finding);
      if (!options.json) stdout.line(`${finding.ok ? 'ok  ' : 'MEND'}  ${finding.check}: ${finding.says}`);
    }
    const ok = findings.every((finding) => finding.ok);
    if (options.json) stdout.line(JSON.stringify({ ok, findings }));
    return ok ? 0 : 1;
  },
});

async function examine({ name, look }: Check, context: Surroundings): Promise<Finding> {
  try {
    return { check: name, ok: true, says: await look(context) };
  } catch (error) {
    const line = userErrorLine(error);
    if (line === undefined && !(error instanceof Mend)) throw error;
    return { check: name, ok: false, says: line ?? (error as Error).message };
  }
}

/** A finding that says how to mend it. */
class Mend extends Error {}

const checks: readonly Check[] = [
  { name: 'Node.js', look: checkNode },
  { name: 'data folder', look: checkDataFolder },
  { name: 'PostgreSQL', look: checkDatabase },
  { name: 'port', look: checkPort },
  { name: 'ERP', look: checkErp },
];

async function checkNode({ rootDir }: Surroundings): Promise<string> {
  const { engines } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')) as { engines: { node: string } };
  const needed = Number(engines.node.replace(/\D+/, ''));
  if (Number(process.versions.node.split('.')[0]) < needed) {
    throw new Mend(`${process.version} is too old: start by ./lading, which brings version ${needed}`);
  }
  return `${process.version} (${process.execPath})`;
}

async function checkDataFolder({ env }: Surroundings): Promise<string> {
  const folder = env.LADING_DATA;
  const nearestFolder = existsSync(folder) ? folder : dirname(folder);
  try {
    accessSync(nearestFolder, constants.W_OK);
  } catch {
    throw new Mend(`${nearestFolder} cannot be written: make it writable or choose another by LADING_DATA`);
  }
  return existsSync(folder) ? folder : `${folder} (made on first use)`;
}

async function checkDatabase({ env, stderr }: Surroundings): Promise<string> {
  const database = await openDatabase(env, stderr.line);
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    const which = env.DATABASE_URL ? 'of DATABASE_URL' : 'embedded';
    if (major < 18) throw new Mend(`version ${major} ${which} is too old: Lading needs 18`);
    return `version ${major}, ${which}`;
  } finally {
    await client.end();
    await database.close();
  }
}

async function checkPort({ env }: Surroundings): Promise<string> {
  const port = Number(env.LADING_PORT || 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Mend(`LADING_PORT=${env.LADING_PORT} is not a port: give a whole number from 1 to 65535`);
  }
  const probe = createServer();
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    probe.once('error', resolve);
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
  if (problem) throw new Mend(`${port} is in use (${problem.code}): a running hub, or choose another by LADING_PORT`);
  return `${port} is free`;
}

async function checkErp({ env }: Surroundings): Promise<string> {
  const settings = odooInForce(env);
  if (settings === undefined)
    return 'none is named: the demo uses a stand-in; set ODOO_URL, ODOO_DB, ODOO_USER, ODOO_KEY';
  const paymentJournals = paymentJournalsOf(await rulesOfDatabase(env));
  const { ok, says } = await examineOdoo(settings, { now: Date.now }, { paymentJournals });
  if (!ok) throw new Mend(says);
  return says;
}
