// SPDX-License-Identifier: Apache-2.0
//
// The page: ask, read the answer, ask why.

import { get, Refusal } from './api.js';
import { boxesMax, drawFlow, tooManyBoxes } from './draw.js';
import { makeTable } from './table.js';
import { amount, itemName, moment, placeName, shortCode, switchLanguage, t, translate, isEnglish, zone } from './text.js';

const $ = (id) => document.getElementById(id);
const form = $('ask');
const input = $('code');
const state = { running: null, answer: null, request: null };

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === 'class') {
      element.className = value;
    } else if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name in element && name !== 'list') {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// ---- asking ----

function readForm() {
  const fields = new FormData(form);
  const request = {};
  for (const [name, value] of fields) {
    if (value) {
      request[name] = String(value).trim();
    }
  }
  return request;
}

function writeForm(request) {
  input.value = request.q ?? '';
  for (const radio of form.elements.direction) {
    radio.checked = radio.value === (request.direction ?? 'full');
  }
  for (const name of ['from', 'to', 'asOf']) {
    form.elements[name].value = request[name] ?? '';
  }
  form.elements.escalate.checked = request.escalate === 'true';
}

function apiParameters(request) {
  const { q, ...rest } = request;
  return { code: q, ...rest };
}

function showStatus(text, isBad) {
  const status = $('status');
  status.hidden = !text;
  status.textContent = text ?? '';
  status.classList.toggle('bad', Boolean(isBad));
}

const mergeList = (all, more) => all.push(...more);

// Pages of one answer, put together; the first is shown at once.
function merge(answer, more) {
  for (const half of ['back', 'forward']) {
    if (answer.parts[half] && more.parts[half]) {
      mergeList(answer.parts[half].positions, more.parts[half].positions);
      mergeList(answer.parts[half].moves, more.parts[half].moves);
    }
  }
  for (const list of ['sources', 'operators', 'sites', 'vehicles', 'people', 'open_ends', 'violations']) {
    mergeList(answer[list], more[list]);
  }
  answer.page = { ...more.page, first: 0 };
}

async function ask(request, { remembers }) {
  state.running?.abort();
  state.running = new AbortController();
  const { signal } = state.running;
  hideHints();
  state.request = request;
  if (remembers) {
    history.pushState(request, '', `/?${new URLSearchParams(request)}`);
  }
  document.title = request.q ? `${request.q} · ${t('brand')}` : t('brand');
  $('welcome').hidden = true;
  $('answer').hidden = true;
  $('answer').setAttribute('aria-busy', 'true');
  showStatus(t('loading'));
  try {
    const answer = await get('/api/v1/trace', apiParameters(request), signal);
    state.answer = answer;
    while (answer.page.next) {
      showStatus(`${t('loadingMore')}${countOf(answer)} / ${answer.totals.back_positions + answer.totals.forward_positions}`);
      const parameters = { ...apiParameters(request), cursor: answer.page.next };
      merge(answer, await get('/api/v1/trace', parameters, signal));
    }
    showStatus(null);
    showAnswer();
  } catch (error) {
    if (error.name === 'AbortError') {
      return;
    }
    if (!(error instanceof Refusal)) {
      throw error;
    }
    showStatus(error.message, true);
    await showSuggestions(request);
  }
}

const countOf = (answer) => (answer.parts.back?.positions.length ?? 0) + (answer.parts.forward?.positions.length ?? 0);

// Nothing bears the code: what looks similar.
async function showSuggestions(request) {
  const page = await get('/api/v1/search', { q: request.q }).catch(() => null);
  if (!page?.hits.length) {
    return;
  }
  const list = make('ul', { class: 'suggestions' }, ...page.hits.map((hit) => make('li', {}, linkTo(hit.kind, hit.code, hit.name))));
  $('answer').replaceChildren(make('h2', {}, t('suggestions')), list);
  $('answer').hidden = false;
}

function linkTo(kind, code, name) {
  const request = { q: code, direction: state.request?.direction ?? 'full' };
  return make(
    'a',
    {
      href: `/?${new URLSearchParams(request)}`,
      onclick: (event) => {
        event.preventDefault();
        writeForm(request);
        ask(request, { remembers: true });
      },
    },
    make('span', { class: 'tag' }, t(`seed_${kind}`)),
    ` ${name ?? ''} `,
    make('code', {}, shortCode(code)),
  );
}

// ---- hints while typing ----

let hintTimer = null;
let hintAt = -1;

function hideHints() {
  clearTimeout(hintTimer);
  $('hints').hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
  hintAt = -1;
}

async function showHints() {
  const typed = input.value.trim();
  if (typed.length < 1) {
    return hideHints();
  }
  const page = await get('/api/v1/search', { q: typed, perPage: '8' }).catch(() => null);
  if (!page || input.value.trim() !== typed || document.activeElement !== input) {
    return undefined;
  }
  const hints = $('hints');
  hints.replaceChildren(
    ...page.hits.map((hit, i) =>
      make(
        'li',
        {
          id: `hint-${i}`,
          role: 'option',
          onpointerdown: (event) => {
            event.preventDefault();
            take(hit);
          },
        },
        make('span', { class: 'tag' }, t(`seed_${hit.kind}`)),
        make('span', { class: 'hint-name' }, hit.name ?? ''),
        make('code', {}, shortCode(hit.code)),
      ),
    ),
  );
  hints.hits = page.hits;
  hints.hidden = page.hits.length === 0;
  input.setAttribute('aria-expanded', String(page.hits.length > 0));
  hintAt = -1;
  return undefined;
}

function take(hit) {
  input.value = hit.code;
  form.requestSubmit();
}

function moveHint(turn) {
  const options = [...$('hints').children];
  if ($('hints').hidden || !options.length) {
    return;
  }
  hintAt = (hintAt + turn + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === hintAt)));
  input.setAttribute('aria-activedescendant', options[hintAt].id);
  options[hintAt].scrollIntoView({ block: 'nearest' });
}

// ---- the answer ----

function placeCell(position) {
  const cell = make('div', { class: 'place' }, make('strong', {}, placeName(position.site ?? position.owner)));
  if (position.site && position.owner) {
    cell.append(make('span', { class: 'quiet' }, placeName(position.owner)));
  }
  if (position.owner?.is_stub || position.site?.is_stub) {
    cell.append(make('span', { class: 'tag warn' }, t('stub')));
  }
  return cell;
}

const placeText = (position) => `${placeName(position.site)} ${placeName(position.owner)}`;
const onHand = (position) => position.balances.map((balance) => amount(balance.on_hand, balance.unit)).join('，');

function statusCell(position) {
  const cell = make('span', {}, make('span', { class: `tag ${position.status}` }, t(`status_${position.status}`)));
  if (position.is_blocked) {
    cell.append(' ', make('span', { class: 'tag blocked' }, t('blocked')));
  }
  return cell;
}

const statusText = (position) => `${t(`status_${position.status}`)}${position.is_blocked ? t('blocked') : ''}`;

function positionColumns(half) {
  return [
    { title: t('place'), text: placeText, node: placeCell },
    { title: t('item'), text: (position) => itemName(position.item) },
    {
      title: `${half === 'back' ? t('departure') : t('arrival')} (${zone()})`,
      text: (position) => `${moment(position.possible)} ${position.is_certain ? t('certain') : t('possible')}`,
      sort: (position) => position.possible ?? '',
    },
    { title: t('onHand'), text: onHand, sort: (position) => Number(position.balances[0]?.on_hand ?? 0) },
    { title: t('status'), text: statusText, node: statusCell },
    {
      title: t('why'),
      isPlain: true,
      text: () => '',
      node: (position) =>
        make('button', { type: 'button', class: 'small', onclick: () => explain(position, half), 'aria-label': `${t('why')}：${placeText(position)}` }, t('why')),
    },
  ];
}

function section(id, title, ...children) {
  return make('section', { id, class: 'block', tabIndex: -1 }, make('h2', {}, title), ...children);
}

function eventText(event) {
  return event ? `${moment(event.time.first)}${event.papers.length ? ` · ${event.papers.map(shortCode).join('、')}` : ''}` : '';
}

function eventCell(event) {
  return event ? make('a', { href: `/api/v1/events/${event.record}`, target: '_blank', rel: 'noopener' }, eventText(event)) : document.createTextNode('');
}

const markColumns = [
  { title: () => t('place'), text: (row) => placeText(row.position), node: (row) => placeCell(row.position) },
  { title: () => t('item'), text: (row) => itemName(row.position.item) },
  { title: () => t('event'), text: (row) => eventText(row.event), node: (row) => eventCell(row.event) },
];
const named = (columns) => columns.map((column) => ({ ...column, title: column.title() }));

function touchedColumns() {
  return [
    { title: t('name'), text: (row) => row.name ?? placeName(row), node: (row) => make('span', {}, row.name ?? placeName(row)) },
    { title: t('code'), text: (row) => shortCode(row.code) },
    { title: `${t('first')} (${zone()})`, text: (row) => moment(row.first), sort: (row) => row.first ?? '' },
    { title: `${t('last')} (${zone()})`, text: (row) => moment(row.last), sort: (row) => row.last ?? '' },
  ];
}

const balanceFields = ['created', 'produced', 'received', 'on_hand', 'shipped', 'in_transit', 'sold', 'used', 'destroyed', 'left', 'unexplained'];
const balanceLabel = (field) => t({ in_transit: 'in_transit_amount', on_hand: 'on_hand_amount' }[field] ?? field);

function balanceBlock(answer) {
  const list = answer.balances.map((balance) =>
    make(
      'dl',
      { class: 'balance' },
      ...balanceFields.map((field) =>
        make(
          'div',
          { class: field === 'unexplained' && balance[field] !== '0' ? 'warn' : '' },
          make('dt', {}, balanceLabel(field)),
          make('dd', {}, amount(balance[field], balance.unit)),
        ),
      ),
    ),
  );
  return section('balance', t('balance'), make('p', { class: 'quiet' }, t('balanceNote')), ...(list.length ? list : [make('p', { class: 'quiet' }, t('none'))]));
}

function figure(id, label, number, tone) {
  return make('a', { class: `figure ${number ? (tone ?? '') : ''}`, href: `#${id}` }, make('strong', {}, String(number)), make('span', {}, label));
}

function csvLink(request) {
  return `/api/v1/trace?${new URLSearchParams({ ...apiParameters(request), format: 'csv' })}`;
}

function summaryBlock(answer) {
  const seed = answer.seed;
  const facts = make(
    'p',
    { class: 'quiet facts' },
    `${t('cutOff')} ${moment(answer.cut_off)} (${zone()}) · ${t('took')} ${answer.seconds} ${t('seconds')} · ${t('digest')} `,
    make('code', { title: answer.digest }, answer.digest.slice(0, 12)),
  );
  const others = answer.other_readings.length
    ? make('p', { class: 'quiet' }, `${t('otherReadings')}：`, ...answer.other_readings.flatMap((other) => [linkTo(other.kind, other.code, other.name), ' ']))
    : null;
  return make(
    'section',
    { class: 'summary' },
    make('h1', {}, make('span', { class: 'tag' }, t(`seed_${seed.kind}`)), ` ${seed.name ?? shortCode(seed.code)}`),
    make('p', { class: 'code-line' }, make('code', {}, shortCode(seed.code)), ' ', make('a', { href: csvLink(state.request), download: 'trace.csv' }, t('download'))),
    facts,
    others,
    make(
      'div',
      { class: 'figures' },
      figure('violations', t('violations'), answer.totals.violations, 'bad'),
      figure('open-ends', t('openEnds'), answer.totals.open_ends, 'warn'),
      figure('positions', t('positions'), answer.totals.positions),
      figure('operators', t('operators'), answer.totals.operators),
      figure('sites', t('sites'), answer.totals.sites),
      figure('vehicles', t('vehicles'), answer.totals.vehicles),
      figure('people', t('people'), answer.totals.people),
      figure('sources', t('sources'), answer.totals.sources),
    ),
  );
}

// The halves of an answer, forward first, behind tabs where there are two.
function halves(answer, id, title, render) {
  const present = ['forward', 'back'].filter((half) => answer.parts[half]);
  const root = section(id, title);
  const content = make('div', {});
  const show = (half) => {
    content.replaceChildren(...render(half, answer.parts[half]));
    for (const tab of root.querySelectorAll('[role=tab]')) {
      tab.setAttribute('aria-selected', String(tab.dataset.half === half));
    }
  };
  if (present.length > 1) {
    root.append(
      make(
        'div',
        { class: 'tabs', role: 'tablist', 'aria-label': title },
        ...present.map((half) =>
          make('button', { type: 'button', role: 'tab', 'data-half': half, onclick: () => show(half) }, `${t(half === 'back' ? 'partBack' : 'partForward')} (${answer.parts[half].positions.length})`),
        ),
      ),
    );
  }
  root.append(content);
  show(present[0]);
  return root;
}

function showAnswer() {
  const { answer } = state;
  const openEndColumns = [{ title: t('kind'), text: (row) => t(`end_${row.kind}`) }, ...named(markColumns)];
  const violationColumns = [
    ...named(markColumns),
    { title: t('blockedBy'), text: (row) => eventText(row.block_event), node: (row) => eventCell(row.block_event) },
  ];
  const sourceColumns = [
    { title: t('place'), text: placeText, node: placeCell },
    { title: t('item'), text: (position) => itemName(position.item) },
  ];
  $('answer').replaceChildren(
    summaryBlock(answer),
    answer.violations.length ? section('violations', t('violations'), makeTable(t('violations'), violationColumns, answer.violations)) : make('span', { id: 'violations' }),
    halves(answer, 'flow', t('flow'), (half, part) => [
      make('p', { class: 'quiet' }, tooManyBoxes(part) ? `${t('flowTooLarge')} ${boxesMax} ${t('rows')}。` : t('flowHint')),
      drawFlow(part, half === 'back', (position) => explain(position, half)),
    ]),
    halves(answer, 'positions', t('positions'), (half, part) => [makeTable(t('positions'), positionColumns(half), part.positions)]),
    section('open-ends', t('openEnds'), makeTable(t('openEnds'), openEndColumns, answer.open_ends)),
    balanceBlock(answer),
    section('sources', t('sources'), makeTable(t('sources'), sourceColumns, answer.sources)),
    section('operators', t('operators'), makeTable(t('operators'), touchedColumns(), answer.operators)),
    section('sites', t('sites'), makeTable(t('sites'), touchedColumns(), answer.sites)),
    section('vehicles', t('vehicles'), makeTable(t('vehicles'), touchedColumns(), answer.vehicles)),
    section('people', t('people'), makeTable(t('people'), touchedColumns(), answer.people)),
  );
  $('answer').hidden = false;
  $('answer').removeAttribute('aria-busy');
}

// ---- why ----

async function explain(position, half) {
  const dialog = $('why');
  const title = make('h2', { id: 'why-title' }, `${t('whyTitle')}：${placeName(position.site ?? position.owner)}`);
  const body = make('div', {}, make('p', { class: 'quiet' }, t('loading')));
  const close = make('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, t('close'));
  dialog.replaceChildren(title, body, close);
  dialog.showModal();
  try {
    const answer = await get('/api/v1/trace/explain', {
      ...apiParameters(state.request),
      position: position.key,
      part: half,
      cursor: state.answer.page.cursor,
    });
    const language = isEnglish() ? 'en' : 'zh';
    body.replaceChildren(
      make('p', {}, answer.summary[language]),
      make(
        'ol',
        { class: 'steps' },
        ...answer.steps.map((step) => make('li', {}, step.sentence[language], ...step.move.events.flatMap((event) => [' ', eventCell(event)]))),
      ),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    body.replaceChildren(make('p', { class: 'bad' }, error.message));
  }
}

// ---- the start ----

async function showWelcome() {
  document.title = t('brand');
  state.answer = null;
  $('answer').hidden = true;
  showStatus(null);
  const counts = make('p', { class: 'quiet' });
  const kinds = ['welcomeLot', 'welcomePallet', 'welcomePaper', 'welcomeVehicle', 'welcomePlace'];
  const welcome = $('welcome');
  welcome.hidden = false;
  welcome.replaceChildren(
    make('h1', {}, t('welcomeTitle')),
    make('p', {}, t('welcomeHow')),
    make('ul', { class: 'kinds' }, ...kinds.map((kind) => make('li', {}, t(kind)))),
    counts,
  );
  const stats = await get('/api/v1/stats').catch((error) => error);
  if (stats instanceof Refusal) {
    showStatus(stats.message, true);
  } else if (stats) {
    counts.textContent = `${t('welcomeCounts')} ${stats.events} ${t('statEvents')} · ${stats.items} ${t('statItems')} · ${stats.operators} ${t('statOperators')} · ${stats.sites} ${t('statSites')}`;
  }
}

function start(request) {
  writeForm(request);
  if (request.q) {
    ask(request, { remembers: false });
  } else {
    showWelcome();
    input.focus();
  }
}

function readAddress() {
  return Object.fromEntries([...new URLSearchParams(location.search)].filter(([, value]) => value));
}

function refreshWords() {
  translate(document);
  $('language').textContent = t('otherLanguage');
  $('language').lang = isEnglish() ? 'zh-CN' : 'en';
  input.placeholder = t('askLabel');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const request = readForm();
  if (request.q) {
    input.blur();
    ask(request, { remembers: true });
  }
});
$('direction').addEventListener('change', () => {
  if (input.value.trim()) {
    form.requestSubmit();
  }
});
input.addEventListener('input', () => {
  clearTimeout(hintTimer);
  hintTimer = setTimeout(showHints, 180);
});
input.addEventListener('blur', hideHints);
input.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    moveHint(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Escape') {
    hideHints();
  } else if (event.key === 'Enter' && hintAt >= 0) {
    event.preventDefault();
    take($('hints').hits[hintAt]);
  }
});
$('language').addEventListener('click', () => {
  switchLanguage();
  refreshWords();
  if (state.answer) {
    showAnswer();
  } else {
    start(state.request ?? readAddress());
  }
});
$('large').addEventListener('click', () => {
  const isLarge = document.documentElement.classList.toggle('large');
  $('large').setAttribute('aria-pressed', String(isLarge));
  localStorage.setItem('large', isLarge ? 'yes' : '');
});
window.addEventListener('popstate', () => start(readAddress()));

if (localStorage.getItem('large')) {
  document.documentElement.classList.add('large');
  $('large').setAttribute('aria-pressed', 'true');
}
refreshWords();
start(readAddress());
