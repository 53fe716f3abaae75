// Where cities lie, so that a map needs nobody outside: longitude and latitude in degrees, to a tenth. Those that freight
// of this kind most often goes through; others are drawn at the middle of their region.

const LIST = `
US AL Birmingham -86.8 33.5; US AL Mobile -88.0 30.7; US AK Anchorage -149.9 61.2; US AR Little Rock -92.3 34.7
US AZ Phoenix -112.1 33.4; US AZ Tucson -110.9 32.2; US CA Fresno -119.8 36.7; US CA Long Beach -118.2 33.8
US CA Los Angeles -118.2 34.1; US CA Oakland -122.3 37.8; US CA Ontario -117.6 34.1; US CA Sacramento -121.5 38.6
US CA San Diego -117.2 32.7; US CA San Francisco -122.4 37.8; US CA Stockton -121.3 38.0; US CO Denver -105.0 39.7
US CT Hartford -72.7 41.8; US FL Jacksonville -81.7 30.3; US FL Miami -80.2 25.8; US FL Orlando -81.4 28.5
US FL Tampa -82.5 27.9; US GA Atlanta -84.4 33.7; US GA Savannah -81.1 32.1; US IA Des Moines -93.6 41.6
US ID Boise -116.2 43.6; US IL Chicago -87.6 41.9; US IL Joliet -88.1 41.5; US IL Peoria -89.6 40.7
US IL Rockford -89.1 42.3; US IN Fort Wayne -85.1 41.1; US IN Gary -87.3 41.6; US IN Indianapolis -86.2 39.8
US KS Wichita -97.3 37.7; US KY Louisville -85.8 38.3; US LA New Orleans -90.1 30.0; US LA Shreveport -93.8 32.5
US MA Boston -71.1 42.4; US MD Baltimore -76.6 39.3; US MI Detroit -83.0 42.3; US MI Grand Rapids -85.7 43.0
US MN Minneapolis -93.3 45.0; US MN St. Paul -93.1 44.9; US MO Kansas City -94.6 39.1; US MO St. Louis -90.2 38.6
US MS Jackson -90.2 32.3; US MT Billings -108.5 45.8; US NC Charlotte -80.8 35.2; US NC Greensboro -79.8 36.1
US NC Raleigh -78.6 35.8; US ND Fargo -96.8 46.9; US NE Omaha -95.9 41.3; US NJ Edison -74.4 40.5
US NJ Newark -74.2 40.7; US NM Albuquerque -106.7 35.1; US NV Las Vegas -115.1 36.2; US NV Reno -119.8 39.5
US NY Albany -73.8 42.7; US NY Buffalo -78.9 42.9; US NY New York -74.0 40.7; US OH Cincinnati -84.5 39.1
US OH Cleveland -81.7 41.5; US OH Columbus -83.0 40.0; US OH Toledo -83.6 41.7; US OK Oklahoma City -97.5 35.5
US OK Tulsa -96.0 36.2; US OR Portland -122.7 45.5; US PA Harrisburg -76.9 40.3; US PA Philadelphia -75.2 40.0
US PA Pittsburgh -80.0 40.4; US SC Charleston -79.9 32.8; US SC Greenville -82.4 34.9; US TN Memphis -90.0 35.1
US TN Nashville -86.8 36.2; US TX Austin -97.7 30.3; US TX Dallas -96.8 32.8; US TX El Paso -106.4 31.8
US TX Fort Worth -97.3 32.8; US TX Houston -95.4 29.8; US TX Laredo -99.5 27.5; US TX San Antonio -98.5 29.4
US UT Salt Lake City -111.9 40.8; US VA Norfolk -76.3 36.9; US VA Richmond -77.4 37.5; US WA Seattle -122.3 47.6
US WA Spokane -117.4 47.7; US WA Tacoma -122.4 47.3; US WI Green Bay -88.0 44.5; US WI Madison -89.4 43.1
US WI Milwaukee -87.9 43.0; CA AB Calgary -114.1 51.0; CA AB Edmonton -113.5 53.5; CA BC Vancouver -123.1 49.3
CA MB Winnipeg -97.1 49.9; CA NS Halifax -63.6 44.6; CA ON Toronto -79.4 43.7; CA ON Windsor -83.0 42.3
CA QC Montreal -73.6 45.5; MX NLE Monterrey -100.3 25.7; MX CMX Mexico City -99.1 19.4; MX BCN Tijuana -117.0 32.5
MX JAL Guadalajara -103.3 20.7; MX TAM Nuevo Laredo -99.5 27.5; MX COL Manzanillo -104.3 19.1; PA . Colon -79.9 9.4
BR SP Santos -46.3 -24.0; CL . Valparaiso -71.6 -33.0; CO . Cartagena -75.5 10.4; DE . Hamburg 10.0 53.6
DE . Bremerhaven 8.6 53.5; DE . Duisburg 6.8 51.4; DE . Frankfurt 8.7 50.1; DE . Munich 11.6 48.1
NL . Rotterdam 4.5 51.9; NL . Amsterdam 4.9 52.4; BE . Antwerp 4.4 51.2; FR . Le Havre 0.1 49.5; FR . Paris 2.4 48.9
FR . Lyon 4.8 45.8; GB . Felixstowe 1.3 52.0; GB . London -0.1 51.5; GB . Southampton -1.4 50.9
IE . Dublin -6.3 53.3; ES . Valencia -0.4 39.5; ES . Barcelona 2.2 41.4; ES . Algeciras -5.4 36.1; ES . Madrid -3.7 40.4
PT . Lisbon -9.1 38.7; IT . Genoa 8.9 44.4; IT . Milan 9.2 45.5; PL . Gdansk 18.6 54.4; PL . Warsaw 21.0 52.2
AT . Vienna 16.4 48.2; CH . Basel 7.6 47.6; CZ . Prague 14.4 50.1; SE . Gothenburg 12.0 57.7; GR . Piraeus 23.6 37.9
TR . Istanbul 29.0 41.0; MA . Tangier -5.8 35.8; EG . Port Said 32.3 31.3; ZA . Durban 31.0 -29.9; AE . Dubai 55.3 25.2
IN . Mumbai 72.9 19.1; IN . Chennai 80.3 13.1; LK . Colombo 79.9 6.9; SG . Singapore 103.8 1.3; MY . Port Klang 101.4 3.0
TH . Laem Chabang 100.9 13.1; VN . Ho Chi Minh City 106.7 10.8; VN . Haiphong 106.7 20.9; ID . Jakarta 106.8 -6.2
HK . Hong Kong 114.2 22.3; CN . Shanghai 121.5 31.2; CN . Shenzhen 114.1 22.5; CN . Ningbo 121.5 29.9
CN . Qingdao 120.4 36.1; CN . Tianjin 117.2 39.1; CN . Xiamen 118.1 24.5; CN . Guangzhou 113.3 23.1
TW . Kaohsiung 120.3 22.6; KR . Busan 129.1 35.2; JP . Tokyo 139.7 35.7; JP . Yokohama 139.6 35.4; JP . Kobe 135.2 34.7
AU . Sydney 151.2 -33.9; AU . Melbourne 145.0 -37.8; NZ . Auckland 174.8 -36.8`;

/** Longitude, latitude; degrees. */
export type Position = readonly [number, number];

const CITIES: ReadonlyMap<string, Position> = new Map(
  LIST.trim()
    .split(/;|\n/)
    .flatMap((entry) => {
      const [, country = '', region = '', city = '', longitude, latitude] =
        /^(\w+) (\S+) (.+) (-?[\d.]+) (-?[\d.]+)$/.exec(entry.trim()) ?? [];
      const position: Position = [Number(longitude), Number(latitude)];
      return city === '' ? [] : [[keyOf(country, region === '.' ? '' : region, city), position] as const];
    }),
);

/** Outside North America a city's name is enough within its country. */
export function cityAt(country: string, region: string | undefined, city: string | undefined): Position | undefined {
  if (city === undefined) return undefined;
  return CITIES.get(keyOf(country, region ?? '', city)) ?? CITIES.get(keyOf(country, '', city));
}

function keyOf(country: string, region: string, city: string): string {
  const plain = city
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^saint /i, 'st. ')
    .toLowerCase();
  return `${country} ${region} ${plain}`;
}
