// The Odoos that cases run against: the stand-in as any version, and the real one that the environment names, through a proxy
// that loses answers when it is told to.
import { after, before } from 'node:test';
import { type StandInOptions, startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { startFaultProxy } from '../../../../examples/odoo-stand-in/proxy.ts';
import type { Session } from '../../contract.ts';
import { odooConnector } from '../index.ts';
import type { OdooSettings } from '../settings.ts';
import { type Eye, liveSettings, openEye } from './live-odoo.ts';

export type FaultyServer = Awaited<ReturnType<typeof startFaultProxy>>;
export type OdooPlace = { readonly settings: OdooSettings; readonly server: FaultyServer };

export async function openStandIn(options: StandInOptions): Promise<OdooPlace> {
  const server = await startOdooStandIn(options);
  const { url, database, user, key } = server;
  return { settings: { url, database, user, key }, server };
}

/** Only for tests that are skipped where `withoutLive` says so. */
export async function openLive(): Promise<OdooPlace> {
  const settings = liveSettings as OdooSettings;
  const server = await startFaultProxy(settings.url);
  return { settings: { ...settings, url: server.url }, server };
}

export type Opened = { place: OdooPlace; eye: Eye; session: Session };

/** Opened before the tests of the suite that is being described, with a session of ours and an eye past it; closed after them. */
export function openedForSuite(openPlace: () => Promise<OdooPlace>): Readonly<Opened> {
  const opened = {} as Opened;
  before(async () => {
    opened.place = await openPlace();
    opened.eye = openEye(opened.place.settings);
    opened.session = odooConnector.open(opened.place.settings, { now: Date.now });
  });
  after(async () => {
    await Promise.all([opened.session?.close(), opened.eye?.close()]);
    await opened.place?.server.stop();
  });
  return opened;
}
