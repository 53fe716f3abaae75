// lading verify PACKET: checks a dispute packet with nothing but the packet. Needs no hub, database or network.

import { resolve } from 'node:path';
import { type Check, checkPacket, readPacket } from '../../insight/packet/check-packet.ts';
import { fingerprintOf } from '../../insight/packet/seal.ts';
import { defineCommand } from '../command.ts';
import { readInputFile } from '../input-file.ts';
import { UserError } from '../user-error.ts';

const MARKS: Readonly<Record<Check['holds'], string>> = {
  yes: 'holds      ',
  no: 'DOES NOT   ',
  unknown: 'not checked',
};

export const command = defineCommand({
  name: 'verify',
  summary: 'checks a dispute packet offline: signature, hashes, and the arithmetic done again',
  usage: 'PACKET.json|PACKET.html [--public-key FILE] [--json]',
  help: `Exit 1 when anything does not hold. Have the public key from the hub's owner, by another way than the packet:
"lading packet --public-key" prints it there.`,
  positionals: { name: 'PACKET', min: 1, max: 1 },
  options: {
    'public-key': { type: 'string', value: 'FILE', about: "the hub's public key, PEM" },
    json: { type: 'boolean', about: 'the checks as JSON' },
  },
  async run({ args, options, stdout, cwd }) {
    const [name = ''] = args;
    const read = readPacket((await readInputFile(resolve(cwd, name))).toString('utf8'));
    if (typeof read === 'string') {
      throw new UserError({
        what: 'not a packet',
        where: name,
        mend: `${read}; give a file that "lading packet" made`,
      });
    }
    const keyFile = options['public-key'];
    const checks = checkPacket(read, keyFile === undefined ? undefined : await publicKeyIn(resolve(cwd, keyFile)));
    const failed = checks.filter(({ holds }) => holds === 'no').length;
    if (options.json) stdout.line(JSON.stringify({ ref: read.packet.ref, holds: failed === 0, checks }));
    else {
      stdout.line(`${read.packet.about} ${read.packet.ref}, made ${read.packet.madeAt}`);
      for (const { holds, says } of checks) stdout.line(`  ${MARKS[holds]}  ${says}`);
      stdout.line(
        failed === 0 ? 'Everything that can be checked holds.' : `${failed} of ${checks.length} do not hold.`,
      );
    }
    return failed === 0 ? 0 : 1;
  },
});

async function publicKeyIn(file: string): Promise<string> {
  const pem = (await readInputFile(file)).toString('utf8');
  if (fingerprintOf(pem) !== undefined) return pem;
  const mend = 'give the PEM file that "lading packet --public-key" prints';
  throw new UserError({ what: 'not an Ed25519 public key', where: file, mend });
}
