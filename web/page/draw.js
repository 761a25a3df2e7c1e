// SPDX-License-Identifier: Apache-2.0
//
// The flow as layers: column = moves from the seed, rows ordered by where their goods come from.
// O(positions + moves).

import { amount, itemName, moment, placeName, t } from './text.js';

const box = { width: 190, height: 58, gapX: 70, gapY: 14 };
const boxesMax = 300;

const svgElement = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
};

// Cut so that it fits `columns` half-width columns.
function fit(text, columns) {
  let used = 0;
  for (let i = 0; i < text.length; i += 1) {
    used += text.charCodeAt(i) > 0x2e7f ? 2 : 1;
    if (used > columns) {
      return `${text.slice(0, i - 1)}…`;
    }
  }
  return text;
}

function placeBoxes(positions, moves, isBack) {
  const layers = new Map();
  for (const position of positions) {
    const layer = layers.get(position.hops) ?? [];
    layer.push(position);
    layers.set(position.hops, layer);
  }
  const depth = Math.max(...layers.keys());
  const before = new Map();
  for (const move of moves) {
    const [near, far] = isBack ? [move.to.key, move.from.key] : [move.from.key, move.to.key];
    before.set(far, [...(before.get(far) ?? []), near]);
  }
  const spots = new Map();
  for (const hops of [...layers.keys()].sort((a, b) => a - b)) {
    const layer = layers.get(hops);
    const weight = (position) => {
      const rows = (before.get(position.key) ?? []).map((key) => spots.get(key)?.row).filter((row) => row !== undefined);
      return rows.length ? rows.reduce((a, b) => a + b, 0) / rows.length : 0;
    };
    const order = layer.map((position, i) => ({ position, i, weight: weight(position) }));
    order.sort((a, b) => a.weight - b.weight || a.i - b.i);
    order.forEach(({ position }, row) => {
      spots.set(position.key, { position, row, column: isBack ? depth - hops : hops });
    });
  }
  return { spots, columns: depth + 1, rows: Math.max(...[...layers.values()].map((layer) => layer.length)) };
}

const toneOf = (position) => {
  if (position.is_seed) {
    return 'seed';
  }
  return position.is_blocked ? 'blocked' : position.status;
};

function drawBox(spot, onOpen) {
  const { position } = spot;
  const x = spot.column * (box.width + box.gapX) + 8;
  const y = spot.row * (box.height + box.gapY) + 8;
  const label = `${placeName(position.site ?? position.owner)}，${itemName(position.item)}，${t(`status_${position.status}`)}`;
  const group = svgElement('g', {
    class: `box ${toneOf(position)}${position.is_certain ? '' : ' only-possible'}`,
    transform: `translate(${x} ${y})`,
    tabindex: 0,
    role: 'button',
    'aria-label': label,
  });
  const title = svgElement('title', {});
  title.textContent = `${label}，${moment(position.possible)}`;
  group.append(title, svgElement('rect', { width: box.width, height: box.height, rx: 8 }));
  const balance = position.balances.find((entry) => entry.on_hand !== '0') ?? position.balances[0];
  const lines = [
    fit(placeName(position.site ?? position.owner), 24),
    fit(itemName(position.item), 27),
    fit(balance ? `${t(`status_${position.status}`)} ${amount(balance.on_hand, balance.unit)}` : t(`status_${position.status}`), 27),
  ];
  lines.forEach((line, i) => {
    const text = svgElement('text', { x: 10, y: 18 + i * 16, class: i === 0 ? 'strong' : '' });
    text.textContent = line;
    group.append(text);
  });
  const open = () => onOpen(position);
  group.addEventListener('click', open);
  group.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open();
    }
  });
  return group;
}

function drawMove(move, spots) {
  const from = spots.get(move.from.key);
  const to = spots.get(move.to.key);
  if (!from || !to || from === to) {
    return null;
  }
  const point = (spot, side) => [
    spot.column * (box.width + box.gapX) + 8 + (side ? box.width : 0),
    spot.row * (box.height + box.gapY) + 8 + box.height / 2,
  ];
  const [x1, y1] = point(from, true);
  const [x2, y2] = point(to, false);
  const bend = x2 > x1 ? (x2 - x1) / 2 : 60;
  return svgElement('path', {
    class: `move ${move.kind}${move.is_certain ? '' : ' only-possible'}`,
    d: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 5} ${y2}`,
    'marker-end': 'url(#arrow)',
  });
}

// The drawing of one half of the answer, in a frame that scrolls.
export function drawFlow(part, isBack, onOpen) {
  const frame = document.createElement('div');
  frame.className = 'flow-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', t('flow'));
  const shown = part.positions.slice(0, boxesMax);
  if (!shown.length) {
    return frame;
  }
  const { spots, columns, rows } = placeBoxes(shown, part.moves, isBack);
  const width = columns * (box.width + box.gapX) - box.gapX + 16;
  const height = rows * (box.height + box.gapY) - box.gapY + 16;
  const svg = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}`, class: 'flow' });
  const marker = svgElement('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' });
  marker.append(svgElement('path', { d: 'M0 0 8 4 0 8z', class: 'arrow' }));
  const definitions = svgElement('defs', {});
  definitions.append(marker);
  svg.append(definitions);
  for (const move of part.moves) {
    const path = drawMove(move, spots);
    if (path) {
      svg.append(path);
    }
  }
  for (const spot of spots.values()) {
    svg.append(drawBox(spot, onOpen));
  }
  frame.append(svg);
  return frame;
}

export const tooManyBoxes = (part) => part.positions.length > boxesMax;
export { boxesMax };
