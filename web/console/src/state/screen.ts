// SPDX-License-Identifier: Apache-2.0

import { ref, type Ref } from 'vue';

function watched(query: string): Ref<boolean> {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  list.addEventListener('change', (event) => {
    matches.value = event.matches;
  });
  return matches;
}

export const isPhone = watched('(max-width: 720px)');
// Room for columns that say more.
export const isWide = watched('(min-width: 1600px)');
