// Its stops on a map; drawn only when there is one to draw, for the outlines weigh more than the page.
import { lazy, Suspense } from 'react';
import { Section } from '../../shared/section.tsx';
import { Loading } from '../../shared/states.tsx';
import type { ExplainedStop } from './explained.ts';

const PlaceMap = lazy(() => import('../../shared/map/place-map.tsx'));

export function StopMap({ stops }: { readonly stops: readonly ExplainedStop[] }) {
  if (stops.length === 0) return null;
  const places = stops.map(({ city, region, country, name }) => ({
    label: [city ?? name, region ?? country].filter(Boolean).join(', '),
    city,
    region,
    country,
  }));
  return (
    <Section title="Map" id="map">
      <Suspense fallback={<Loading what="the map" />}>
        <PlaceMap places={places} />
      </Suspense>
    </Section>
  );
}
