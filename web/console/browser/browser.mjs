// SPDX-License-Identifier: Apache-2.0
//
// A browser that looks at the console as built. Needs `npm run build`, a server with the demo story on
// 127.0.0.1:8091 and `npm run preview`.

import { chromium } from 'playwright-core';

export const address = process.env.CONSOLE_ADDRESS ?? 'http://127.0.0.1:4173';

export const screens = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};

export const story = '/?q=A20260301&direction=full';

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// A page that collects what the console complains about, refused styles and scripts included.
export async function openPage(browser, { screen = 'desktop', language = 'zh', theme = 'light', isElder = false } = {}) {
  const context = await browser.newContext({
    viewport: screens[screen],
    hasTouch: screen === 'phone',
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    (kept) => {
      for (const [name, value] of Object.entries(kept)) {
        localStorage.setItem(name, value);
      }
    },
    { language, theme, large: isElder ? 'yes' : '' },
  );
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Refusals are part of some pages; the browser logs them as errors of its own.
    if ((message.type() === 'error' || message.type() === 'warning') && !/status of 40[04]/.test(message.text())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  return { page, complaints };
}

export async function settle(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(250);
}
