// SPDX-License-Identifier: Apache-2.0
//
// How things of an answer are called on screen.

import type { Balance, EventReference, Item, Moment, Place, Position, Quantity, StockPosition } from '../api/types';
import { groupDigits, isZero } from '../format/amount';
import { shortCode } from '../format/code';
import { minuteOf, shortMinuteOf } from '../format/moment';
import { isEnglish } from '../state/settings';
import { stepName } from './steps';
import { t } from './words';

const units: Record<string, readonly [string, string]> = {
  KGM: ['公斤', 'kg'],
  LTR: ['升', 'l'],
};

export function unitName(unit: string | null): string {
  return unit ? (units[unit]?.[isEnglish() ? 1 : 0] ?? unit) : t('pieces');
}

export const amountText = (amount: string, unit: string | null): string => `${groupDigits(amount)} ${unitName(unit)}`;

export const quantityText = (quantity: Quantity | null): string => (quantity ? amountText(quantity.amount, quantity.unit) : '');

// "1 site", "1,000 sites".
export const countText = (count: number, thing: 'position' | 'operator' | 'site'): string =>
  t(count === 1 ? `n_${thing}` : `n_${thing}s`, { n: groupDigits(String(count)) });

export function momentText(moment: Moment): string {
  return moment ? minuteOf(new Date(moment)) : t('unknownTime');
}

export function shortMomentText(moment: Moment): string {
  return moment ? shortMinuteOf(new Date(moment)) : t('unknownTime');
}

export function placeName(place: Place | null): string {
  if (!place) {
    return t('unknown');
  }
  return place.name ?? shortCode(place.code);
}

// Where a position is: its site where one is known, else its owner.
export const whereName = (position: Position): string => placeName(position.site ?? position.owner);

export function itemName(item: Item | null): string {
  if (!item) {
    return t('unknownItem');
  }
  const detail = item.lot ?? item.serial;
  if (item.name) {
    return detail ? `${item.name} · ${detail}` : item.name;
  }
  return shortCode(item.code);
}

// The two halves of itemName, for tables: what it is, and which one.
export const itemKindName = (item: Item | null): string => (item ? (item.name ?? shortCode(item.code)) : t('unknownItem'));
export const lotText = (item: Item | null): string => item?.lot ?? item?.serial ?? '';
// Where room is short, which one matters more than what.
export const lotFirst = (item: Item | null): string => [lotText(item), itemKindName(item)].filter(Boolean).join(' · ');

export function onHandText(position: StockPosition): string {
  return position.balances.map((balance: Balance) => amountText(balance.on_hand, balance.unit)).join(isEnglish() ? ', ' : '，');
}

export const statusText = (position: StockPosition): string =>
  t(`status_${position.status}`) + (position.is_blocked ? ` · ${t('blocked')}` : '');

// Goods that lie somewhere and that nothing holds back.
export function isFree(position: StockPosition): boolean {
  return !position.is_blocked && position.balances.some((balance) => !balance.on_hand.startsWith('-') && !isZero(balance.on_hand));
}

export function eventText(event: EventReference): string {
  const papers = event.papers.map(shortCode).join('、');
  return [momentText(event.time.first), stepName(event.biz_step), papers].filter(Boolean).join(' · ');
}
