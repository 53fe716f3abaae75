// How a packet looks: on paper, on a phone, in the light and in the dark. Fonts of the system; nothing is loaded.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1e23, #e6e8eb); --dim: light-dark(#565d68, #a6adb8); --line: light-dark(#d8dbe0, #3a3f47); --soft: light-dark(#f4f5f7, #22262c); --good: light-dark(#17663a, #7fd6a0); --bad: light-dark(#a3241b, #ff9d94); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; color: var(--ink); background: light-dark(#fff, #16191d); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; } .dim { color: var(--dim); } .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .9375rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; color: var(--dim); white-space: nowrap; } .money { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .15rem 1rem; margin: .5rem 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
ul.steps { margin: .15rem 0; padding-left: 1.1rem; color: var(--dim); } code, pre { font: .8125rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; } pre { white-space: pre-wrap; background: var(--soft); padding: .6rem; border-radius: .375rem; max-height: 24rem; overflow: auto; margin: .25rem 0; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); background: #fff; } a { color: inherit; } details { margin: .25rem 0 .75rem; } summary { cursor: pointer; padding: .25rem 0; } summary:focus-visible, a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media (max-width: 40rem) { thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; } td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; border: 0; padding: .1rem 0; } td::before { content: attr(data-label); color: var(--dim); } .money { text-align: left; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .35rem; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3 { break-after: avoid; } tr, img { break-inside: avoid; } pre { max-height: none; } .screen { display: none; } }
`;
