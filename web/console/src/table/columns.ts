// SPDX-License-Identifier: Apache-2.0
//
// The columns of every table. Made anew when the language changes.

import type { EventReference, Fact, Item, OpenEnd, Position, StockPosition, StockRow, Touched, Violation } from '../api/types';
import { shortCode } from '../format/code';
import { zone } from '../format/moment';
import { regionName, type RegionsByCode } from '../regions/names';
import type { PositionRow } from '../trace/answer_index';
import { amountText, eventText, itemKindName, itemName, lotText, momentText, onHandText, placeName, quantityText, statusText, whereName } from '../wording/names';
import { stepName } from '../wording/steps';
import { capital, t } from '../wording/words';
import type { Column } from './column';

const ownerName = (position: Position): string => (position.site ? placeName(position.owner) : '');
const firstOnHand = (position: StockPosition): number => Number(position.balances[0]?.on_hand ?? 0);

// A lot's number is what one looks for, so it has a column that long names cannot push away.
const itemColumns = <Row>(itemOf: (row: Row) => Item | null): Column<Row>[] => [
  { key: 'item', title: t('item'), text: (row) => itemKindName(itemOf(row)), width: 1.7, isOnPhone: true },
  { key: 'lot', title: t('lot'), text: (row) => lotText(itemOf(row)), width: 1.2, isOnPhone: true },
];

const regionText = (regions: RegionsByCode, code: string | null): string => (code ? regionName(regions, code) : '');

export function positionColumns(regions: RegionsByCode): Column<PositionRow>[] {
  return [
    { key: 'place', title: t('place'), text: (row) => whereName(row.position), width: 2 },
    { key: 'owner', title: t('owner'), text: (row) => ownerName(row.position), width: 1.9, isOnPhone: true },
    ...itemColumns<PositionRow>((row) => row.position.item),
    { key: 'region', title: t('region'), text: (row) => regionText(regions, row.position.region), width: 1.5, isWide: true },
    { key: 'part', title: t('part'), text: (row) => t(row.half === 'back' ? 'backPart' : 'forwardPart'), width: 0.8 },
    { key: 'hop', title: t('hop'), text: (row) => String(row.position.hops), sort: (row) => row.position.hops, width: 0.6, isNumber: true },
    {
      key: 'reached',
      title: t('arrival'),
      hint: zone(),
      text: (row) => momentText(row.position.possible),
      sort: (row) => (row.position.possible ? Date.parse(row.position.possible) : 0),
      width: 1.6,
      isOnPhone: true,
    },
    { key: 'certain', title: t('certainty'), text: (row) => t(row.position.is_certain ? 'certain' : 'possible'), width: 0.9 },
    {
      key: 'on_hand',
      title: t('onHand'),
      text: (row) => onHandText(row.position),
      sort: (row) => firstOnHand(row.position),
      width: 1,
      isNumber: true,
      isOnPhone: true,
    },
    {
      key: 'status',
      title: t('status'),
      text: (row) => statusText(row.position) + (row.isViolation ? ` · ${t('violation')}` : ''),
      width: 1.9,
      isOnPhone: true,
    },
  ];
}

// With `places`, of operators or sites: in how many positions each stands, and where it is. Codes have a
// column where something has a name beside its code: a plate is both.
export function touchedColumns(rows: readonly Touched[], places: { counts: ReadonlyMap<string, number>; regions: RegionsByCode } | null): Column<Touched>[] {
  const code: Column<Touched> = { key: 'code', title: t('code'), text: (row) => shortCode(row.code), width: 1.8, isOnPhone: true };
  const columns: Column<Touched>[] = [
    { key: 'name', title: t('name'), text: (row) => placeName(row), width: 2.2 },
    ...(rows.some((row) => placeName(row) !== shortCode(row.code)) ? [code] : []),
    { key: 'first', title: t('first'), hint: zone(), text: (row) => momentText(row.first), sort: (row) => row.first ?? '', width: 1.2, isOnPhone: true },
    { key: 'last', title: t('last'), hint: zone(), text: (row) => momentText(row.last), sort: (row) => row.last ?? '', width: 1.2, isOnPhone: true },
  ];
  if (places) {
    const { counts, regions } = places;
    columns.splice(
      -2,
      0,
      { key: 'region', title: t('region'), text: (row) => regionText(regions, row.region), width: 1.4, isOnPhone: true },
      {
        key: 'positions',
        title: t('positions'),
        text: (row) => String(counts.get(row.code) ?? 0),
        sort: (row) => counts.get(row.code) ?? 0,
        width: 0.7,
        isNumber: true,
        isOnPhone: true,
      },
    );
  }
  return columns;
}

const eventColumn = <Row>(key: string, title: string, eventOf: (row: Row) => EventReference | null): Column<Row> => ({
  key,
  title,
  text: (row) => {
    const event = eventOf(row);
    return event ? eventText(event) : '';
  },
  sort: (row) => eventOf(row)?.time.first ?? '',
  width: 2.2,
  isOnPhone: true,
});

const markedColumns = <Row extends { position: Position }>(): Column<Row>[] => [
  { key: 'place', title: t('place'), text: (row) => whereName(row.position), width: 2 },
  { key: 'owner', title: t('owner'), text: (row) => ownerName(row.position), width: 1.8, isOnPhone: true },
  ...itemColumns<Row>((row) => row.position.item),
];

export function openEndColumns(): Column<OpenEnd>[] {
  const [place, ...others] = markedColumns<OpenEnd>();
  return [
    place!,
    { key: 'kind', title: t('kind'), text: (row) => t(`end_${row.kind}`), width: 1.7, isOnPhone: true },
    ...others,
    eventColumn('event', t('event'), (row) => row.event),
  ];
}

export function violationColumns(): Column<Violation>[] {
  const blockColumn = eventColumn<Violation>('block', t('blockedBy'), (row) => row.block_event);
  return [
    ...markedColumns<Violation>(),
    eventColumn('event', t('event'), (row) => row.event),
    { ...blockColumn, text: (row) => blockColumn.text(row) + (row.is_possible ? ` · ${t('possible')}` : '') },
  ];
}

export function sourceColumns(): Column<Position>[] {
  return [
    { key: 'place', title: t('place'), text: whereName, width: 2 },
    { key: 'owner', title: t('owner'), text: ownerName, width: 2, isOnPhone: true },
    ...itemColumns<Position>((row) => row.item),
  ];
}

export function stockPositionColumns(): Column<StockPosition>[] {
  return [
    { key: 'place', title: t('place'), text: whereName, width: 2 },
    { key: 'owner', title: t('owner'), text: ownerName, width: 2, isOnPhone: true },
    ...itemColumns<StockPosition>((row) => row.item),
    { key: 'on_hand', title: t('onHand'), text: onHandText, sort: firstOnHand, width: 1, isNumber: true, isOnPhone: true },
    { key: 'status', title: t('status'), text: statusText, width: 1.2, isOnPhone: true },
  ];
}

export function stockColumns(): Column<StockRow>[] {
  return [
    { key: 'item', title: t('item'), text: (row) => itemName(row.item), width: 2.2 },
    { key: 'place', title: t('place'), text: whereName, width: 2, isOnPhone: true },
    { key: 'amount', title: t('onHand'), text: (row) => amountText(row.amount, row.unit), sort: (row) => Number(row.amount), width: 1, isNumber: true, isOnPhone: true },
    { key: 'status', title: t('status'), text: (row) => t(row.disposition === 'blocked' ? 'blocked' : 'available'), width: 0.8, isOnPhone: true },
  ];
}

export const factName = (fact: Fact): string =>
  [t(fact.sink ? `sink_${fact.sink}` : `fact_${fact.kind}`), fact.is_return ? t('isReturn') : '', fact.is_effective ? '' : t('ineffective')]
    .filter(Boolean)
    .join(' · ');

export const peerName = (fact: Fact): string => (fact.peer_site || fact.peer_owner ? placeName(fact.peer_site ?? fact.peer_owner) : fact.other ? itemName(fact.other) : '');

export function factColumns(): Column<Fact>[] {
  return [
    { key: 'fact', title: t('kind'), text: factName, width: 0.9 },
    { key: 'time', title: t('time'), hint: zone(), text: (row) => momentText(row.event.time.first), sort: (row) => row.event.time.first ?? '', width: 1.4, isOnPhone: true },
    ...itemColumns<Fact>((row) => row.item),
    { key: 'quantity', title: t('quantity'), text: (row) => quantityText(row.quantity), sort: (row) => Number(row.quantity?.amount ?? 0), width: 0.9, isNumber: true, isOnPhone: true },
    { key: 'place', title: t('place'), text: (row) => placeName(row.site ?? row.owner), width: 1.6 },
    { key: 'peer', title: t('peer'), text: peerName, width: 1.7, isOnPhone: true },
    { key: 'step', title: t('bizStep'), text: (row) => capital(stepName(row.event.biz_step)), width: 1.15 },
    { key: 'papers', title: t('papers'), text: (row) => row.event.papers.map(shortCode).join('、'), width: 1.4, isOnPhone: true },
  ];
}
