// Places on a map that lies here: outlines of states and countries come with the console, nothing is fetched from outside.
import { type GeoPermissibleObjects, geoAlbersUsa, geoCentroid, geoMercator, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import states from 'us-atlas/states-10m.json';
import countries from 'world-atlas/countries-110m.json';
import { cityAt, type Position } from './cities.ts';
import { COUNTRY_NUMBERS, STATE_NUMBERS } from './regions.ts';

export type Place = {
  /** Said beside its mark. */
  readonly label: string;
  readonly city?: string;
  readonly region?: string;
  readonly country: string;
};

type Placed = Place & { readonly position: Position; readonly isExact: boolean };
type Atlas = Topology<{ [name: string]: GeometryCollection }>;

const WIDTH = 720;
const HEIGHT = 380;
/** Room for the names, which stand under their marks. */
const MARGIN = { x: 120, y: 60 };

const shapesOf = (atlas: unknown, name: string) =>
  feature(atlas as Atlas, (atlas as Atlas).objects[name] as GeometryCollection) as FeatureCollection;
const STATES = shapesOf(states, 'states');
const COUNTRIES = shapesOf(countries, 'countries');

export default function PlaceMap({ places }: { readonly places: readonly Place[] }) {
  const placed = places.flatMap((place) => locate(place) ?? []);
  const lost = places.filter((place) => !placed.some(({ label }) => label === place.label));
  if (placed.length === 0) return <p>Where this is, is not on the map that lies here.</p>;
  const { shapes, projection } = viewOf(placed);
  const path = geoPath(projection);
  const points = placed.flatMap((place) => {
    const at = projection([...place.position] as [number, number]);
    return at === null ? [] : [{ ...place, x: at[0], y: at[1] }];
  });
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <figure className="map">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Map: ${places.map(({ label }) => label).join(', then ')}`}
      >
        <g className="map-land">
          {shapes.features.map((shape, index) => (
            <path key={shape.id ?? index} d={path(shape as GeoPermissibleObjects) ?? ''} />
          ))}
        </g>
        <polyline points={line} className="map-way" />
        {points.map(({ label, x, y, isExact }, index) => (
          <g key={label} transform={`translate(${x},${y})`}>
            <circle r={9} className={isExact ? 'map-place' : 'map-place map-about'} />
            <text className="map-number" textAnchor="middle" dy="0.35em">
              {index + 1}
            </text>
            <text className="map-label" textAnchor="middle" y={12} dy="0.8em">
              {label}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        {points.some(({ isExact }) => !isExact) && 'A dashed mark is at the middle of its region. '}
        {lost.length > 0 && `Not on this map: ${lost.map(({ label }) => label).join(', ')}.`}
      </figcaption>
    </figure>
  );
}

function locate(place: Place): Placed | undefined {
  const { country, region, city } = place;
  const exact = cityAt(country, region, city);
  if (exact !== undefined) return { ...place, position: exact, isExact: true };
  const state = country === 'US' ? shapeOf(STATES, STATE_NUMBERS.get(region ?? '')) : undefined;
  const shape = state ?? shapeOf(COUNTRIES, COUNTRY_NUMBERS.get(country));
  return shape === undefined ? undefined : { ...place, position: geoCentroid(shape), isExact: false };
}

function shapeOf({ features }: FeatureCollection, id: string | undefined): Feature | undefined {
  return id === undefined ? undefined : features.find((each) => String(each.id) === id);
}

// The part of the world that holds them all, with some land around. Alaska and Hawaii stand beside the other States.
function viewOf(placed: readonly Placed[]) {
  const isWithinStates = placed.every(({ country }) => country === 'US');
  const isAmerican = placed.every(({ country }) => country === 'US' || country === 'CA' || country === 'MX');
  const shapes = isAmerican ? { ...COUNTRIES, features: [...COUNTRIES.features, ...STATES.features] } : COUNTRIES;
  const projection = isWithinStates ? geoAlbersUsa() : geoMercator();
  const extent: [[number, number], [number, number]] = [
    [MARGIN.x, MARGIN.y],
    [WIDTH - MARGIN.x, HEIGHT - MARGIN.y],
  ];
  return {
    shapes: isWithinStates ? STATES : shapes,
    projection: projection.fitExtent(extent, around(placed, isWithinStates ? 1.5 : 4) as GeoPermissibleObjects),
  };
}

// Two stops of one town would else fill the picture with a street.
function around(placed: readonly Placed[], degrees: number) {
  const coordinates = placed.flatMap(({ position: [x, y] }) => [
    [x, y],
    [x - degrees, y - degrees],
    [x + degrees, y + degrees],
  ]);
  return { type: 'MultiPoint', coordinates };
}
