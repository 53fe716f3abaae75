// The door of the XML reader: other formats import from here.

export { elementAt, elementsOf, textAt, type XmlElement } from './element.ts';
export { readXml, type XmlFault, type XmlRead, type XmlReadOptions } from './read.ts';
