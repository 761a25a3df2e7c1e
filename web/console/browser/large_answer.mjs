// SPDX-License-Identifier: Apache-2.0
//
// A made-up answer of many positions: layers that fan out, some returns, every status. The same numbers
// give the same answer.

const gtin = '06909999000012';
const lotOf = (n) => ({
  code: `https://id.gs1.org/01/${gtin}/10/L${n}`,
  kind: 'lot',
  name: n % 3 === 0 ? '进口冷冻牛腩 20kg/箱' : '混合肉馅 500g',
  gtin,
  lot: `L${n}`,
  serial: null,
});
const towns = ['南关', '北郊', '东街', '西湖', '铁西', '河口', '新城', '高新', '柳林', '石桥'];
const trades = ['农产品批发市场', '肉类批发部', '超市', '食堂', '面馆', '早市', '冷链配送有限公司', '肉制品加工厂'];
const statuses = ['on_hand', 'on_hand', 'on_hand', 'closed', 'in_transit', 'on_hand', 'unknown', 'negative'];

const ownerOf = (n) => ({ code: `https://id.gs1.org/417/69${String(n).padStart(11, '0')}`, name: `${towns[n % 10]}${trades[n % 8]}第 ${n} 号`, is_stub: n % 97 === 0 });
const siteOf = (n) => ({ code: `https://id.gs1.org/414/69${String(n).padStart(11, '0')}`, name: `${towns[(n * 7) % 10]}${trades[(n * 3) % 8]} ${n} 号档`, is_stub: false });
// Sixty counties in six prefectures of one province.
const codeOf = (prefecture, county) => `41${String(prefecture).padStart(2, '0')}${String(county).padStart(2, '0')}`;
const regionOf = (n) => codeOf(1 + (n % 6), 1 + (n % 10));
const regions = [
  { code: '410000', name: '河南省', parent: null },
  ...Array.from({ length: 6 }, (_, i) => ({ code: codeOf(i + 1, 0), name: `${towns[i]}市`, parent: '410000' })),
  ...Array.from({ length: 60 }, (_, i) => ({ code: codeOf(1 + (i % 6), 1 + Math.floor(i / 6)), name: `${towns[Math.floor(i / 6)]}区`, parent: codeOf(1 + (i % 6), 0) })),
];

const momentOf = (hours) => new Date(Date.UTC(2026, 2, 1) + hours * 3_600_000).toISOString().replace('.000', '');

// Small, fast and the same everywhere (Lehmer, multiplier 48271).
function makeDice(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function positionOf(n, hops, operators) {
  const status = statuses[(n * 5) % 8];
  const amount = status === 'closed' ? '0' : String(10 + (n % 90));
  return {
    region: regionOf(n),
    key: `${n % 40}.${n % operators}.${n}`,
    item: lotOf(n % 40),
    owner: ownerOf(n % operators),
    site: siteOf(n),
    possible: momentOf(hops * 20 + (n % 30)),
    certain: momentOf(hops * 20 + (n % 30)),
    is_certain: n % 11 !== 0,
    is_seed: n === 0,
    hops,
    explained_by: null,
    status,
    is_blocked: n % 4 === 0,
    balances: [{ unit: 'KGM', created: n === 0 ? '90000' : '0', produced: '0', received: '100', shipped: '40', in_transit: '0', sold: '20', used: '0', destroyed: '0', left: '0', on_hand: amount, unexplained: '0' }],
  };
}

const bare = ({ key, item, owner, site }) => ({ key, item, owner, site });

function moveOf(number, from, to) {
  const at = { first: to.possible, last: to.possible };
  const event = { record: number + 1, event_id: null, hash_id: `ni:///sha-256;${String(number).padStart(64, '0')}?ver=CBV2.0`, biz_step: 'receiving', papers: [`DN-${number}`], time: at, record_time: to.possible };
  return {
    number, kind: 'shipment', from: bare(from), to: bare(to), leave: at, arrive: at, quantity: { amount: '20', unit: 'KGM' }, carrier: null,
    is_certain: number % 13 !== 0, is_skewed: false, is_in_transit: false, is_all_to_all: false, is_timeless: false, events: [event],
  };
}

// Pages as the server would send them.
export function largePages({ positions: count = 20_000, operators = 4_000, layers = 9, perPage = 5_000, firstPage = 1_000 } = {}) {
  const dice = makeDice(20260301);
  const starts = Array.from({ length: layers + 1 }, (_, i) => (i === 0 ? 0 : Math.round(count ** (i / layers))));
  starts[layers] = count;
  const positions = [];
  const moves = [];
  for (let layer = 0; layer < layers; layer += 1) {
    for (let n = starts[layer]; n < starts[layer + 1]; n += 1) {
      const position = positionOf(n, layer, operators);
      positions.push(position);
      if (layer > 0) {
        const width = starts[layer] - starts[layer - 1];
        const nearest = starts[layer - 1] + Math.min(width - 1, Math.floor(((n - starts[layer]) * width) / (starts[layer + 1] - starts[layer])));
        position.explained_by = moves.length;
        moves.push(moveOf(moves.length, positions[nearest], position));
        if (dice(10) < 7) {
          moves.push(moveOf(moves.length, positions[starts[layer - 1] + dice(width)], position));
        }
        if (dice(200) === 0) {
          moves.push(moveOf(moves.length, position, positions[nearest]));
        }
      }
    }
  }
  const touched = (place, region) => ({ ...place, region, first: momentOf(0), last: momentOf(200) });
  const lists = {
    sources: [bare(positions[0])],
    operators: Array.from({ length: operators }, (_, n) => touched(ownerOf(n), regionOf(n))),
    sites: positions.map((position) => touched(position.site, position.region)),
    vehicles: [],
    people: [],
    open_ends: positions.filter((_, n) => n % 500 === 7).map((position) => ({ kind: 'in_transit', position: bare(position), event: null })),
    violations: positions.filter((_, n) => n % 700 === 9).map((position) => ({ position: bare(position), event: moves[0].events[0], block_event: moves[0].events[0] })),
  };
  const movesByTarget = new Map();
  moves.forEach((move) => movesByTarget.set(move.to.key, [...(movesByTarget.get(move.to.key) ?? []), move]));
  const pages = [];
  for (let first = 0; first < count; first += first === 0 ? firstPage : perPage) {
    const end = Math.min(count, first + (first === 0 ? firstPage : perPage));
    const cut = positions.slice(first, end);
    const slice = (list) => list.slice(Math.floor((list.length * first) / count), Math.floor((list.length * end) / count));
    pages.push({
      text: 'L0',
      seed: { kind: 'lot', code: lotOf(0).code, name: lotOf(0).name, has_events: true },
      other_readings: [],
      question: { direction: 'forward', owner: null, site: null, from: null, to: null, as_of: null, escalate: false },
      cut_off: momentOf(300),
      digest: '0'.repeat(64),
      seconds: 0.31,
      totals: {
        positions: count, back_positions: 0, forward_positions: count, moves: moves.length, sources: 1, operators, sites: count,
        vehicles: 0, people: 0, open_ends: lists.open_ends.length, violations: lists.violations.length,
      },
      balances: [],
      regions,
      page: { first, positions: cut.length, rows: cut.length, cursor: `c.${first}`, next: end < count ? `c.${end}` : null },
      parts: { back: null, forward: { positions: cut, moves: cut.flatMap((position) => movesByTarget.get(position.key) ?? []) } },
      ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, slice(list)])),
    });
  }
  return pages;
}
