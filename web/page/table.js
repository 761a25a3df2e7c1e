// SPDX-License-Identifier: Apache-2.0
//
// A table that filters, sorts, pages and becomes cards on a phone.

import { t } from './text.js';

const pageRows = 50;

// columns: [{ title, text(row), sort?(row), node?(row), isPlain? }]; a plain one cannot be sorted.
export function makeTable(caption, columns, rows) {
  const root = document.createElement('div');
  root.className = 'table';
  let shown = rows;
  let page = 0;
  let sorted = null;

  const tools = document.createElement('div');
  tools.className = 'table-tools';
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.placeholder = t('filter');
  filter.setAttribute('aria-label', `${t('filter')}：${caption}`);
  const count = document.createElement('span');
  count.className = 'quiet';
  if (rows.length > 8) {
    tools.append(filter, count);
    root.append(tools);
  }

  const table = document.createElement('table');
  const title = document.createElement('caption');
  title.className = 'unseen';
  title.textContent = caption;
  const head = document.createElement('thead');
  const headRow = document.createElement('tr');
  columns.forEach((column, i) => {
    const cell = document.createElement('th');
    cell.scope = 'col';
    if (column.isPlain) {
      cell.textContent = column.title;
    } else {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = column.title;
      button.addEventListener('click', () => sortBy(i));
      cell.append(button);
    }
    headRow.append(cell);
  });
  head.append(headRow);
  const body = document.createElement('tbody');
  table.append(title, head, body);
  root.append(table);

  const pager = document.createElement('nav');
  pager.className = 'pager';
  root.append(pager);

  const keyOf = (column, row) => (column.sort ? column.sort(row) : column.text(row)) ?? '';

  function sortBy(i) {
    const falls = sorted?.column === i && !sorted.falls;
    sorted = { column: i, falls };
    const column = columns[i];
    const order = (a, b) => {
      const [x, y] = [keyOf(column, a), keyOf(column, b)];
      const result = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh-CN');
      return falls ? -result : result;
    };
    shown = [...shown].sort(order);
    [...headRow.children].forEach((cell, at) => {
      cell.setAttribute('aria-sort', at === i ? (falls ? 'descending' : 'ascending') : 'none');
    });
    page = 0;
    render();
  }

  function button(label, isOn, turn) {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = label;
    element.disabled = !isOn;
    element.addEventListener('click', () => {
      page += turn;
      render();
    });
    return element;
  }

  function render() {
    const pages = Math.max(1, Math.ceil(shown.length / pageRows));
    body.replaceChildren(
      ...shown.slice(page * pageRows, (page + 1) * pageRows).map((row) => {
        const line = document.createElement('tr');
        for (const column of columns) {
          const cell = document.createElement('td');
          cell.dataset.title = column.title;
          const node = column.node?.(row);
          cell.append(node ?? column.text(row));
          line.append(cell);
        }
        return line;
      }),
    );
    if (!shown.length) {
      const cell = document.createElement('td');
      cell.colSpan = columns.length;
      cell.className = 'quiet';
      cell.textContent = rows.length ? t('noRows') : t('none');
      const line = document.createElement('tr');
      line.append(cell);
      body.append(line);
    }
    count.textContent = `${shown.length} ${t('rows')}`;
    pager.replaceChildren();
    if (pages > 1) {
      const where = document.createElement('span');
      where.textContent = `${page + 1} / ${pages}`;
      pager.append(button(t('previous'), page > 0, -1), where, button(t('next'), page + 1 < pages, 1));
    }
  }

  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase();
    shown = rows.filter((row) => columns.some((column) => column.text?.(row)?.toLowerCase().includes(wanted)));
    page = 0;
    render();
  });
  render();
  return root;
}
