// How a figure came about, in words, a step a line.

/** Put into words only when somebody asks: every event decides anew, and nearly no decision is explained. */
export type Derivation = () => readonly string[];
