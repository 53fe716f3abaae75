export { type EdifactDelimiters, type EdifactLayout, type EdifactSegment, layOutEdifact } from './layout.ts';
