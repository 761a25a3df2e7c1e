// SPDX-License-Identifier: Apache-2.0
//
// What a user chose about the looks, remembered by the browser. "?lang=en" overrides and is remembered.

import { reactive, watchEffect } from 'vue';

export type Language = 'zh' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

interface Settings {
  language: Language;
  theme: Theme;
  isElder: boolean;
}

// Private windows may refuse storage; the page then simply forgets.
function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return (asked ?? recall('language')) === 'en' ? 'en' : 'zh';
}

function firstTheme(): Theme {
  const kept = recall('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export const settings = reactive<Settings>({
  language: typeof location === 'undefined' ? 'zh' : firstLanguage(),
  theme: firstTheme(),
  isElder: recall('large') === 'yes',
});

export const isEnglish = (): boolean => settings.language === 'en';

const darkQuery = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');
const system = reactive({ isDark: darkQuery?.matches ?? false });

export const isDark = (): boolean => (settings.theme === 'auto' ? system.isDark : settings.theme === 'dark');

// What is remembered outlives a sign-out, which empties the browser's storage for this server.
export function rememberSettings(): void {
  remember('language', settings.language);
  remember('theme', settings.theme);
  remember('large', settings.isElder ? 'yes' : '');
}

// Puts the settings on the document and keeps them there.
export function applySettings(): void {
  darkQuery?.addEventListener('change', (event) => {
    system.isDark = event.matches;
  });
  watchEffect(() => {
    const root = document.documentElement;
    root.lang = isEnglish() ? 'en' : 'zh-CN';
    root.classList.toggle('dark', isDark());
    root.classList.toggle('elder', settings.isElder);
    rememberSettings();
  });
}
