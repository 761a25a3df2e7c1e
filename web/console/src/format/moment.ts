// SPDX-License-Identifier: Apache-2.0
//
// Moments in the zone of whoever looks, written the same way in both languages.

const pad = (number: number): string => String(number).padStart(2, '0');

export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function minuteOf(date: Date): string {
  return `${dayOf(date)} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

export function shortMinuteOf(date: Date): string {
  return `${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

// "UTC+8"; said once beside moments.
export function zone(minutesBehind: number = new Date().getTimezoneOffset()): string {
  const minutes = -minutesBehind;
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${pad(rest)}` : ''}`;
}
