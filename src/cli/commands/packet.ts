// lading packet REF: all that an invoice, charge or carrier invoice rests on, as a signed page and as JSON.

import { join, relative, resolve } from 'node:path';
import { ensureSigner } from '../../access/signing-key.ts';
import { makePacket } from '../../insight/packet/make-packet.ts';
import { packetInPage, packetPage } from '../../insight/packet/page.ts';
import { EVERYTHING } from '../../insight/packet/reader.ts';
import { sealPage } from '../../insight/packet/seal.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { writeOutput } from '../output-file.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, HUB_KEY, HubRefusal } from '../running-hub.ts';
import { UserError } from '../user-error.ts';

export const command = defineCommand({
  name: 'packet',
  summary: 'the proof of an invoice, charge or carrier invoice, as a signed page and JSON',
  usage: 'REF [--out DIR] | --public-key',
  help: `REF  an invoice number, ours or the ERP's; a charge, such as S-1/LFT; a carrier's invoice, such as rdwy/R-77
Whoever gets it checks it by "lading verify"; give them the public key by another way.`,
  positionals: { name: 'REF', min: 0, max: 1 },
  options: {
    out: { type: 'string', value: 'DIR', about: 'where the two files go (else here)' },
    'public-key': { type: 'boolean', about: "print the hub's public key" },
    key: HUB_KEY,
  },
  async run(context) {
    const { args, options, stdout, env, cwd } = context;
    const [ref] = args;
    if (options['public-key']) stdout.write((await ensureSigner(env.LADING_DATA)).publicKey);
    if (ref === undefined && options['public-key']) return 0;
    if (ref === undefined) {
      const mend = 'give an invoice, a charge as S-1/LFT, or a carrier invoice as rdwy/R-77';
      throw new UserError({ what: 'no reference', where: 'lading packet', mend });
    }
    const page = await pageFor(context, ref, options.key);
    const json = page === undefined ? undefined : packetInPage(page);
    if (page === undefined || json === undefined) {
      const mend = 'give an invoice, a charge as S-1/LFT, or a carrier invoice as rdwy/R-77';
      throw new UserError({ what: 'nothing that can be disputed is known by that name', where: ref, mend });
    }
    const folder = resolve(cwd, options.out ?? '.');
    const name = join(folder, `packet-${ref.replace(/[^A-Za-z0-9._-]+/g, '-')}`);
    await writeOutput(`${name}.html`, page);
    await writeOutput(`${name}.json`, `${json}\n`);
    for (const file of [`${name}.html`, `${name}.json`]) stdout.line(relative(cwd, file));
    return 0;
  },
});

// The running hub signs with its own key; without one the database is asked.
async function pageFor(
  context: Pick<CommandContext, 'env' | 'stderr'>,
  ref: string,
  key: string | undefined,
): Promise<string | undefined> {
  const hub = await findRunningHub(context.env, key);
  if (hub === undefined) {
    const signer = await ensureSigner(context.env.LADING_DATA);
    const packet = await withDatabase(context, (pipeline) => makePacket(pipeline, ref, EVERYTHING, signer));
    return packet && sealPage(packetPage(packet), signer);
  }
  try {
    const headers = { accept: 'text/html' };
    return await hub.ask<string>('GET', `/v1/packets/${encodeURIComponent(ref)}`, { headers, asText: true });
  } catch (error) {
    if (error instanceof HubRefusal && error.status === 404) return undefined;
    throw error;
  }
}
